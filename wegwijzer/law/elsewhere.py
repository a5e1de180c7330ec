"""Wallonia and the German-speaking Community: no Flemish or Brussels duty, but another duty may exist (law.md 9)."""

from __future__ import annotations

from datetime import date

from wegwijzer.law import terms as t
from wegwijzer.law.provision import Citation, Provision

WALLONIA = Provision(
    "elsewhere.wallonia",
    t.in_region("wallonia"),
    Citation("WALLONIA", "-", date(2016, 4, 28)),
    Citation("D13", "26 §1", date(2016, 2, 29), date(2016, 4, 27)),
)
GERMAN_COMMUNITY = Provision(
    "elsewhere.german_community",
    t.in_region("german_community"),
    Citation("GERMAN", "-", date(2018, 1, 1)),
    Citation("D13", "26 §1", date(2016, 2, 29), date(2017, 12, 31)),
)
# Both programmes free EU+ nationals, and neither is for Belgians.
NO_DUTY_THERE = t.EU_NATIONAL | t.BELGIAN
