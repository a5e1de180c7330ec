"""Stands in for rasa.utils.tensorflow.callback: names that Rasa imports and never uses without a neural component."""

from __future__ import annotations


class RasaTrainingLogger:
    """Progress of neural training."""


class RasaModelCheckpoint:
    """Checkpoints of neural training."""
