"""Custom actions: one file each. They read the tracker, call wegwijzer, and say catalogue texts; and decide nothing."""

from actions import guard

guard.install()
