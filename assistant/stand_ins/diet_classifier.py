"""Stands in for rasa.nlu.classifiers.diet_classifier: Rasa's configuration check asks whether it is in use."""

from __future__ import annotations


class DIETClassifier:
    """Not available without TensorFlow."""
