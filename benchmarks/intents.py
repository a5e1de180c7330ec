"""How many held-out messages the assistant understands, and how many it takes wrongly without asking back.

The messages of ``tests/nlu/messages`` are never trained on. They were written by the hand that wrote the training data,
so what newcomers really write will be understood less well. "Taken wrongly" is a wrong intent that is sure enough to be
acted on; the others are asked back ("did you mean ...?").

    python -m benchmarks.intents [--wrong]
"""

from __future__ import annotations

import argparse
import asyncio
import math
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
MESSAGES = ROOT / "tests" / "nlu" / "messages"
FALLBACK = "nlu_fallback"


@dataclass
class Result:
    """What came of one language's messages: ``pairs`` of (intent meant, intent taken); a fallback is asked back."""

    language: str
    pairs: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)
    first: int = 0  # the best guess was right, asked back or not

    @property
    def accuracy(self) -> float:
        """Share whose best guess is right."""
        return self.first / len(self.pairs)

    @property
    def taken_wrongly(self) -> float:
        """Share acted on as something else than what was meant."""
        return sum(taken not in (meant, FALLBACK) for meant, taken in self.pairs) / len(self.pairs)

    @property
    def asked_back(self) -> float:
        """Share that is asked back."""
        return sum(taken == FALLBACK for _, taken in self.pairs) / len(self.pairs)

    def macro_f1(self) -> float:
        """F1 of each intent, averaged over the intents of the messages; asked back counts as not found."""
        meant = Counter(pair[0] for pair in self.pairs)
        taken = Counter(pair[1] for pair in self.pairs)
        right = Counter(pair[0] for pair in self.pairs if pair[0] == pair[1])
        return sum(2 * right[name] / (meant[name] + taken[name]) for name in meant) / len(meant)


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share of ``count`` messages."""
    z = 1.96
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (middle - spread) / (1 + z * z / count), (middle + spread) / (1 + z * z / count)


async def measure(agent: Any, language: str) -> Result:
    """Parse every held-out message of ``language`` with ``agent`` (a rasa.core.agent.Agent with the model)."""
    result = Result(language)
    for message in YAML(typ="safe").load(MESSAGES / f"{language}.yml"):
        parsed = await agent.parse_message(message["text"])
        taken, meant = parsed["intent"]["name"], message["intent"]
        best = next((item["name"] for item in parsed["intent_ranking"] if item["name"] != FALLBACK), FALLBACK)
        result.pairs.append((meant, taken))
        result.first += best == meant
        if taken not in (meant, FALLBACK):
            result.wrong.append((message["text"], meant, taken))
    return result


def languages() -> list[str]:
    """Languages that have held-out messages."""
    return sorted(path.stem for path in MESSAGES.glob("*.yml"))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="print each message that was taken wrongly")
    wanted = parser.parse_args()

    from assistant import logs, tensorflow_free, training

    tensorflow_free.install()
    logs.configure()
    from rasa.core.agent import Agent

    agent = Agent.load(training.ensure_model(ROOT, ROOT / ".cache" / "models"))
    print("language  messages  best guess right (95 %)    macro F1  asked back  taken wrongly")
    for language in languages():
        result = asyncio.run(measure(agent, language))
        low, high = wilson(result.accuracy, len(result.pairs))
        print(
            f"{language:8}  {len(result.pairs):8}  {result.accuracy:12.1%} ({low:.0%} to {high:.0%})  "
            f"{result.macro_f1():8.1%}  {result.asked_back:10.1%}  {result.taken_wrongly:13.1%}"
        )
        if wanted.wrong:
            for text, meant, taken in result.wrong:
                print(f"    {text!r}: {meant} taken as {taken}")


if __name__ == "__main__":
    main()
