"""Stands in for rasa.core.policies.ted_policy: Rasa's configuration check asks whether it is in use."""

from __future__ import annotations


class TEDPolicy:
    """Not available without TensorFlow."""
