"""The launcher with the lab assistant: ``python -m tests.assistant.lab.serve``, PORT from the environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from assistant import launcher

LAB = Path(__file__).parent
MODELS = LAB.parent.parent.parent / ".cache" / "lab-models"

if __name__ == "__main__":
    sys.exit(
        launcher.main(
            "127.0.0.1", int(os.environ["PORT"]), root=LAB, actions="tests.assistant.lab.actions", models=MODELS
        )
    )
