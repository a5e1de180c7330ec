"""Serving and training without TensorFlow, and the parts of Rasa that this leans on."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
import rasa

from assistant.tensorflow_free import REPLACED
from tests.conftest import ROOT

TURN = """
import sys
from tests import conftest
from assistant import tensorflow_free, training
from tests.assistant.lab import actions as lab
from tests.support import talk
from rasa_sdk.executor import ActionExecutor
executor = ActionExecutor()
executor.register_action(lab.ValidateForm)
agent = conftest.load_agent(training.ensure_model(conftest.LAB, conftest.ROOT / ".cache" / "lab-models"), executor)
assert talk(agent, "x", "moet ik inburgeren").text
print(tensorflow_free.loaded_modules())
"""


def run(code):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=ROOT)


def test_no_tensorflow_module_is_loaded_after_a_turn_of_free_text(lab_model):
    done = run(TURN)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_leans_on_this_version_of_rasa():
    assert version("rasa") == "3.6.21"


@pytest.mark.parametrize("module", REPLACED)
def test_each_replaced_module_exists_in_rasa_and_has_the_names_of_ours(module):
    done = run(
        f"import importlib, assistant.tensorflow_free as t\n"
        f"t.install(); print(*sorted(n for n in vars(importlib.import_module({module!r})) if n[0].isupper()))"
    )
    ours = set(done.stdout.split())
    # Rasa's own file is read, not imported: it would import TensorFlow.
    stock = (Path(rasa.__file__).parent.parent / f"{module.replace('.', '/')}.py").read_text()
    assert ours, done.stderr
    assert [name for name in ours if name not in stock] == []


def test_installing_too_late_is_an_error():
    done = run("import sys, types; sys.modules['tensorflow'] = types.ModuleType('tensorflow')\n"
               "from assistant import tensorflow_free; tensorflow_free.install()")  # fmt: skip
    assert "too late" in done.stderr


def test_wegwijzer_imports_neither_rasa_nor_tensorflow():
    done = run(
        "import sys, wegwijzer.texts; print([m for m in sys.modules if m.split('.')[0] in ('rasa', 'tensorflow')])"
    )
    assert done.stdout.strip() == "[]", done.stderr
