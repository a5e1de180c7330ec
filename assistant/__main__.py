"""``python -m assistant serve|train|transcript``: the service, only its model, or a conversation with it as Markdown.

HOST and PORT come from the environment.
"""

from __future__ import annotations

import argparse
import os
import sys


def main() -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m assistant", description=__doc__)
    parser.add_argument("command", choices=["serve", "train", "transcript"])
    parser.add_argument("--lang", default="nl", help="language of the transcript")
    arguments = parser.parse_args()
    command = arguments.command
    if command == "serve":
        from assistant import launcher

        port = os.environ.get("PORT") or "5005"
        if not port.isdigit() or not 0 < int(port) < 65536:
            print(f"PORT must be a number from 1 to 65535, not {port!r}", file=sys.stderr)
            return 1
        return launcher.main(os.environ.get("HOST") or "127.0.0.1", int(port))

    from assistant import logs, training, transcripts

    logs.configure()
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    try:
        print(training.ensure_model() if command == "train" else transcripts.play(arguments.lang))
    except (training.TrainingError, transcripts.ScriptError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
