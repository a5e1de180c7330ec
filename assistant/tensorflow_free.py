"""Keeps TensorFlow out of a process that serves or trains with Rasa 3.6.21.

Rasa imports TensorFlow whatever the configuration says (its training utilities and its configuration check name the
neural components). Nothing in our ``config.yml`` needs it: ``install()`` refuses the import of TensorFlow and hands
out small stand-in modules (``assistant/stand_ins``) for the few Rasa modules that import it at module level.

A model trained this way loads in stock Rasa and the other way round; see docs/decisions/0002.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

STAND_INS = Path(__file__).parent / "stand_ins"

# Rasa module -> the file that replaces it. All are private to Rasa: tests pin its version and these names.
REPLACED = {
    "rasa.utils.tensorflow.callback": "callback.py",
    "rasa.utils.tensorflow.data_generator": "data_generator.py",
    "rasa.nlu.classifiers.diet_classifier": "diet_classifier.py",
    "rasa.nlu.selectors.response_selector": "response_selector.py",
    "rasa.core.policies.ted_policy": "ted_policy.py",
    "rasa.engine.recipes.default_components": "default_components.py",
}

# Refused as if not installed. thinc (under spaCy) tries TensorFlow and takes the refusal for an answer.
REFUSED = frozenset(
    {"tensorflow", "tensorflow_hub", "tensorflow_text", "tensorflow_addons", "keras", "jax", "jaxlib", "tensorboard"}
)


class _Finder(importlib.abc.MetaPathFinder):
    """Answers imports before Python's own finders do."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] in REFUSED:
            raise ModuleNotFoundError(f"{fullname} is kept out of this process (assistant.tensorflow_free)")
        if fullname in REPLACED:
            # A real file, because Rasa fingerprints the source of graph components.
            return importlib.util.spec_from_file_location(fullname, STAND_INS / REPLACED[fullname])
        return None


def install() -> None:
    """Keep TensorFlow out from now on; call it before anything of ``rasa`` is imported. Repeating it does nothing.

    Raises:
        RuntimeError: TensorFlow, or a Rasa module that would be replaced, is in memory already.
    """
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return
    too_late = sorted(name for name in sys.modules if name in REPLACED or name.partition(".")[0] in REFUSED)
    if too_late:
        raise RuntimeError(f"too late to keep TensorFlow out: {too_late[0]} is imported already")
    sys.meta_path.insert(0, _Finder())


def loaded_modules() -> list[str]:
    """Names of TensorFlow modules in memory; empty when ``install()`` did its work."""
    return sorted(name for name in sys.modules if name.partition(".")[0] in REFUSED)
