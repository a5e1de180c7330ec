"""How many held-out messages the assistant understands, and how many it takes wrongly without asking back.

The messages of ``tests/nlu/messages`` are never trained on. They were written by the hand that wrote the training data,
so what newcomers really write will be understood less well. "Taken wrongly" is a wrong intent that is sure enough to be
acted on; the others are asked back ("did you mean ...?").

    python -m benchmarks.intents [--wrong] [--write]
"""

from __future__ import annotations

import argparse
import asyncio
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
MESSAGES = ROOT / "tests" / "nlu" / "messages"
FALLBACK = "nlu_fallback"
QUALITY = ROOT / "docs" / "quality.md"
_WORST = 20
_HEAD = """# What is understood

Printed by `python -m benchmarks.intents --write`. The messages of `tests/nlu/messages` are never trained on; they were
written by the hand that wrote the training data, in the nine newer languages one message for each intent: what
newcomers really write will be understood less well. "Taken wrongly" is a wrong intent that is acted on; what is "asked
back" is not.
"""


@dataclass
class Result:
    """What came of one language's messages: ``pairs`` of (intent meant, intent taken); a fallback is asked back."""

    language: str
    pairs: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)
    first: int = 0  # the best guess was right, asked back or not
    among_two: int = 0  # one of the two best guesses was right
    identified: int = 0  # the language of the message was told

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
        guesses = [item["name"] for item in parsed["intent_ranking"] if item["name"] != FALLBACK]
        result.pairs.append((meant, taken))
        result.first += guesses[:1] == [meant]
        result.among_two += meant in guesses[:2]
        result.identified += parsed["language"]["code"] == language
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
    parser.add_argument("--write", action="store_true", help=f"write {QUALITY.relative_to(ROOT)} as well")
    wanted = parser.parse_args()

    from assistant import logs, tensorflow_free, training

    tensorflow_free.install()
    logs.configure()
    from rasa.core.agent import Agent

    agent = Agent.load(training.ensure_model(ROOT, ROOT / ".cache" / "models"))
    results = [asyncio.run(measure(agent, language)) for language in languages()]
    lines = list(table(results))
    print("\n".join(lines))
    if wanted.wrong:
        for result in results:
            for text, meant, taken in result.wrong:
                print(f"{result.language} {text!r}: {meant} taken as {taken}")
    if wanted.write:
        QUALITY.write_text("\n".join([_HEAD, *lines, *confusions(results), ""]), encoding="utf-8")


def table(results: list[Result]) -> Iterator[str]:
    """The figures of each language as lines of a Markdown table."""
    columns = ["language", "messages", "best guess right (95 %)", "among the two best", "macro F1", "asked back"]
    columns += ["taken wrongly", "language told"]
    yield f"| {' | '.join(columns)} |"
    yield "| --- " * len(columns) + "|"
    for result in results:
        count = len(result.pairs)
        low, high = wilson(result.accuracy, count)
        yield (
            f"| {result.language} | {count} | {result.accuracy:.1%} ({low:.0%} to {high:.0%}) "
            f"| {result.among_two / count:.1%} | {result.macro_f1():.1%} | {result.asked_back:.1%} "
            f"| {result.taken_wrongly:.1%} | {result.identified / count:.1%} |"
        )


def confusions(results: list[Result]) -> Iterator[str]:
    """What is taken for something else most often, over all languages."""
    counts = Counter((meant, taken) for result in results for _, meant, taken in result.wrong)
    yield "\n## Taken for something else most often\n"
    for (meant, taken), count in counts.most_common(_WORST):
        yield f"- {meant} as {taken}: {count}"


if __name__ == "__main__":
    main()
