"""Stands in for rasa.nlu.selectors.response_selector: Rasa's configuration check asks whether it is in use."""

from __future__ import annotations


class ResponseSelector:
    """Not available without TensorFlow."""
