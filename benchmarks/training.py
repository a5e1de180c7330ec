"""Training time and model size, ours (without TensorFlow) beside ``rasa train`` on the same data.

Each training runs in a fresh process and an empty folder, so that nothing is cached; the time includes the imports.

    python -m benchmarks.training
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.training import ROOT

MARK_SECONDS = 60
OURS = "import sys, pathlib; from assistant import training; training.ensure_model(models=pathlib.Path(sys.argv[1]))"


def train(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Run one training that writes a model into ``folder``: seconds, and MB of the model."""
    environment = {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        # Rasa keeps what it trained beside the project; here nothing was trained before.
        "RASA_CACHE_DIRECTORY": str(folder / "cache"),
    }
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    seconds = time.perf_counter() - begin
    models = list(folder.glob("*.tar.gz"))
    if done.returncode or len(models) != 1:
        raise RuntimeError(f"no model: {done.stderr[-2000:]}")
    return seconds, models[0].stat().st_size / 1e6


def peak() -> float:
    """The most memory in MB that a process which has ended took, of all so far."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    print(f"load at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    rasa = str(Path(sys.executable).parent / "rasa")
    rows = []
    # Ours first: the peak is the most of all children, and stock takes more.
    for stock in (False, True):
        with tempfile.TemporaryDirectory() as name:
            out = ["train", "--out", name, "--force"]
            command = [rasa, *out] if stock else [sys.executable, "-c", OURS, name]
            rows.append((*train(command, Path(name)), peak()))
    ours, stock_row = rows
    print("| training | Wegwijzer | stock `rasa train` | ratio |")
    print("| --- | --- | --- | --- |")
    for label, unit, mine, theirs in zip(
        ("time", "model", "peak memory"), ("s", "MB", "MB"), ours, stock_row, strict=True
    ):
        print(f"| {label} | {mine:.1f} {unit} | {theirs:.1f} {unit} | {mine / theirs:.2f} |")
    print(f"mark: training <= {MARK_SECONDS} s: {'reached' if ours[0] <= MARK_SECONDS else 'not reached'}")


if __name__ == "__main__":
    main()
