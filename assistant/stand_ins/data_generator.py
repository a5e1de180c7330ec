"""Stands in for rasa.utils.tensorflow.data_generator: names that only neural components use."""

from __future__ import annotations


class RasaDataGenerator:
    """Batches for neural training."""


class RasaBatchDataGenerator(RasaDataGenerator):
    """Batches of growing size for neural training."""
