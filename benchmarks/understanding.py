"""What is understood of messages that were never trained on: intents, facts, language, and what is taken wrongly.

``tests/nlu/messages`` measures: nothing is trained on it and nothing is chosen by it. ``tests/nlu/development`` is
where weights and thresholds are chosen. Other hands wrote each of the two, and others again the training messages.

    python -m benchmarks.understanding [--development] [--wrong] [--write]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from actions.constants import SURE

ROOT = Path(__file__).parent.parent
MESSAGES = ROOT / "tests" / "nlu" / "messages"
DEVELOPMENT = ROOT / "tests" / "nlu" / "development"
QUALITY = ROOT / "docs" / "quality.md"
#: The figures of the page for the test that holds them.
FIGURES = ROOT / "docs" / "quality.json"
FALLBACK, OUT_OF_SCOPE = "nlu_fallback", "out_of_scope"
#: So many messages about the programme may be turned away when out-of-scope recall is measured.
FALSE_REJECTION = 0.03
#: Language is measured on messages of so many words.
_LANGUAGE_WORDS = 3
_WORST = 3
#: Intents that two careful people may tell apart differently, under the name of the first.
NEAR_TWINS = (
    ("faq_cost", "faq_cost_reduction"),
    ("faq_certificate", "faq_certificate_use"),
    ("faq_where_register", "faq_how_register"),
    ("faq_what_is", "faq_programme"),
    ("faq_fine", "faq_appeal"),
    ("faq_dutch_level", "faq_b1"),
    ("faq_who_must", "faq_who_may", "faq_exemptions"),
    ("faq_deadline", "faq_postpone"),
    ("faq_vdab", "faq_finding_work"),
    ("faq_refugee", "faq_asylum_seeker"),
    ("help", "repeat"),
    ("goodbye", "stop"),
)
_TWIN = {name: names[0] for names in NEAR_TWINS for name in names}

_HEAD = """# What is understood

Printed by `python -m benchmarks.understanding --write`; do not edit. The messages of `tests/nlu/messages` are never
trained on and nothing was chosen by them; other hands wrote them than those that wrote the training messages and the
lexicons. No person who speaks the language has read them yet, and no real newcomer wrote one: real messages will be
understood less well.

- *intent*: the best guess is the intent that was meant, asked back or not; with its 95 % interval (Wilson).
- *two best*: it is among the two best guesses, which is what "did you mean" offers.
- *F1*: macro F1 over the intents; *twins merged*: with the near twins at the end of this page taken as one.
- *asked back*: not sure enough; the person gets the likely meanings as buttons. *Harm*: a wrong intent that was acted
  on, or a wrong fact that was sure enough not to be asked back.
- *out of scope*: share of the messages about something else that is turned away when 3 % of the others are.
- *values*: facts of the messages whose type and normalised value were found exactly; *language*: told right, of
  messages of three words or more in the language's own script.
"""


@dataclass(frozen=True)
class Message:
    """One message that measures: what was meant, the facts in it (entity, value, role), written in Latin letters?"""

    text: str
    intent: str
    entities: tuple[dict[str, Any], ...] = ()
    romanised: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of a message."""

    message: Message
    taken: str  # the intent acted on, or FALLBACK
    guesses: tuple[str, ...]  # best first
    in_scope: float  # how much surer the best guess inside the scope is than out_of_scope
    found: tuple[dict[str, Any], ...]
    language: str | None

    @property
    def right(self) -> bool:
        """Is the best guess what was meant?"""
        return self.guesses[:1] == (self.message.intent,)

    @property
    def taken_wrongly(self) -> bool:
        """Was it acted on as something else?"""
        return self.taken not in (self.message.intent, FALLBACK)

    @property
    def wrong_facts(self) -> list[tuple[str, Any]]:
        """Values that nobody said, read so surely that nothing asks them back."""
        said = {_key(entity) for entity in self.message.entities}
        return [_key(entity) for entity in self.found if entity["confidence"] >= SURE and _key(entity) not in said]

    @property
    def harm(self) -> bool:
        """A wrong answer or a wrong fact without asking back."""
        return self.taken_wrongly or bool(self.wrong_facts)


def _key(entity: dict[str, Any]) -> tuple[str, str]:
    return entity["entity"], str(entity["value"])


def load(language: str, folder: Path = MESSAGES) -> list[Message]:
    """The messages of ``<folder>/<language>.yml``."""
    return [
        Message(item["text"], item["intent"], tuple(item.get("entities", ())), item.get("romanised", False))
        for item in YAML(typ="safe").load(folder / f"{language}.yml")
    ]


def languages(folder: Path = MESSAGES) -> list[str]:
    """Languages that have messages to measure with."""
    return sorted(path.stem for path in folder.glob("*.yml"))


async def measure(agent: Any, language: str, folder: Path = MESSAGES) -> list[Outcome]:
    """Parse every message of ``language`` with ``agent`` (a rasa.core.agent.Agent with the model)."""
    outcomes = []
    for message in load(language, folder):
        parsed = await agent.parse_message(message.text)
        ranking = [item for item in parsed["intent_ranking"] if item["name"] != FALLBACK]
        outside = max((item["confidence"] for item in ranking if item["name"] == OUT_OF_SCOPE), default=0.0)
        inside = max((item["confidence"] for item in ranking if item["name"] != OUT_OF_SCOPE), default=0.0)
        outcomes.append(
            Outcome(
                message,
                parsed["intent"]["name"] or FALLBACK,
                tuple(item["name"] for item in ranking),
                inside - outside,
                tuple(parsed["entities"]),
                parsed["language"]["code"],
            )
        )
    return outcomes


# --- figures ----------------------------------------------------------------------------------------------------------


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share of ``count`` messages."""
    z = 1.96
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (middle - spread) / (1 + z * z / count), (middle + spread) / (1 + z * z / count)


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """F1 of each intent of (meant, guessed), averaged over the intents that were meant."""
    meant, guessed = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    right = Counter(pair[0] for pair in pairs if pair[0] == pair[1])
    return sum(2 * right[name] / (meant[name] + guessed[name]) for name in meant) / len(meant)


def out_of_scope_recall(outcomes: Sequence[Outcome]) -> float:
    """Share of out-of-scope messages turned away by the strictest limit that turns away 3 % of the others at most."""
    inside = sorted(outcome.in_scope for outcome in outcomes if outcome.message.intent != OUT_OF_SCOPE)
    limit = inside[int(FALSE_REJECTION * len(inside))]
    outside = [outcome.in_scope for outcome in outcomes if outcome.message.intent == OUT_OF_SCOPE]
    return sum(score < limit for score in outside) / len(outside) if outside else math.nan


@dataclass
class Values:
    """Facts of one type: how many were said, found exactly, and found though nobody said them."""

    said: int = 0
    exact: int = 0
    invented: int = 0
    roles: int = 0
    roles_right: int = 0


def values(outcomes: Iterable[Outcome]) -> dict[str, Values]:
    """The facts of the messages by type of entity."""
    table: dict[str, Values] = {}
    for outcome in outcomes:
        found = {_key(entity): entity for entity in outcome.found}
        for entity in outcome.message.entities:
            row = table.setdefault(entity["entity"], Values())
            row.said += 1
            row.exact += _key(entity) in found
            if entity.get("role") and _key(entity) in found:
                row.roles += 1
                row.roles_right += found[_key(entity)].get("role") == entity["role"]
        for name, _ in outcome.wrong_facts:
            table.setdefault(name, Values()).invented += 1
    return table


def _share(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> float:
    return sum(map(holds, outcomes)) / len(outcomes) if outcomes else math.nan


def figures(language: str, outcomes: Sequence[Outcome]) -> dict[str, float]:
    """All figures of one language's messages as shares from 0 to 1, with their number; absent where none applies."""
    pairs = [(outcome.message.intent, (*outcome.guesses, FALLBACK)[0]) for outcome in outcomes]
    table = values(outcomes).values()
    said = sum(row.said for row in table)
    long = [outcome for outcome in outcomes if len(outcome.message.text.split()) >= _LANGUAGE_WORDS]
    native = [outcome for outcome in long if not outcome.message.romanised]
    romanised = [outcome for outcome in outcomes if outcome.message.romanised]

    def told(outcome: Outcome) -> bool:
        return outcome.language == language

    found = {
        "messages": len(outcomes),
        "intent": _share(outcomes, lambda outcome: outcome.right),
        "two_best": _share(outcomes, lambda outcome: outcome.message.intent in outcome.guesses[:2]),
        "f1": macro_f1(pairs),
        "f1_twins_merged": macro_f1([(_TWIN.get(meant, meant), _TWIN.get(name, name)) for meant, name in pairs]),
        "asked_back": _share(outcomes, lambda outcome: outcome.taken == FALLBACK),
        "harm": _share(outcomes, lambda outcome: outcome.harm),
        "out_of_scope": out_of_scope_recall(outcomes),
        "values": sum(row.exact for row in table) / said if said else math.nan,
        "values_said": said,
        "language_native": _share(native, told),
        "language_romanised": _share([outcome for outcome in long if outcome.message.romanised], told),
        "intent_romanised": _share(romanised, lambda outcome: outcome.right),
    }
    return {name: round(figure, 4) for name, figure in found.items() if not math.isnan(figure)}


# --- the page ---------------------------------------------------------------------------------------------------------


def _percent(found: dict[str, float], name: str) -> str:
    return f"{found[name]:.1%}" if name in found else "–"


def table(found: dict[str, dict[str, float]]) -> Iterator[str]:
    """The figures of each language as lines of a Markdown table."""
    columns = ["language", "messages", "intent (95 %)", "two best", "F1", "twins merged", "asked back", "harm"]
    columns += ["out of scope", "values", "language"]
    yield f"| {' | '.join(columns)} |"
    yield "| --- " * len(columns) + "|"
    for language, row in found.items():
        low, high = wilson(row["intent"], int(row["messages"]))
        shares = ["two_best", "f1", "f1_twins_merged", "asked_back", "harm", "out_of_scope", "values"]
        shares.append("language_native")
        cells = [f"{row['intent']:.1%} ({low:.0%} to {high:.0%})", *(_percent(row, name) for name in shares)]
        yield f"| {language} | {int(row['messages'])} | {' | '.join(cells)} |"


def romanised_table(found: dict[str, dict[str, float]]) -> Iterator[str]:
    """The languages of other scripts, written in Latin letters."""
    yield "\n## Written in Latin letters\n"
    yield "| language | intent | language told |"
    yield "| --- | --- | --- |"
    for language, row in found.items():
        if "intent_romanised" in row:
            yield f"| {language} | {_percent(row, 'intent_romanised')} | {_percent(row, 'language_romanised')} |"


def values_table(outcomes: dict[str, list[Outcome]]) -> Iterator[str]:
    """Exact values by type and language: found of said, and how many nobody said."""
    by_language = {language: values(items) for language, items in outcomes.items()}
    types = sorted({name for table in by_language.values() for name in table})
    yield "\n## Facts by type: found exactly / said, + surely read though nobody said it\n"
    yield f"| language | {' | '.join(types)} | roles |"
    yield "| --- " * (len(types) + 2) + "|"
    for language, rows in by_language.items():
        cells = []
        for name in types:
            row = rows.get(name, Values())
            cells.append(f"{row.exact}/{row.said}" + (f" +{row.invented}" if row.invented else ""))
        roles = sum(row.roles for row in rows.values()), sum(row.roles_right for row in rows.values())
        yield f"| {language} | {' | '.join(cells)} | {roles[1]}/{roles[0]} |"


def confusions(outcomes: dict[str, list[Outcome]]) -> Iterator[str]:
    """What the best guess takes for something else most often, in each language."""
    yield "\n## Taken for something else most often\n"
    for language, items in outcomes.items():
        counts = Counter((one.message.intent, (*one.guesses, FALLBACK)[0]) for one in items if not one.right)
        said = "; ".join(f"{meant} as {guess} ({count})" for (meant, guess), count in counts.most_common(_WORST))
        yield f"- {language}: {said or 'nothing'}"


def page(outcomes: dict[str, list[Outcome]]) -> str:
    """The whole quality page."""
    found = {language: figures(language, items) for language, items in outcomes.items()}
    twins = "; ".join(" / ".join(name.removeprefix("faq_") for name in names) for names in NEAR_TWINS)
    lines = [*table(found), *romanised_table(found), *values_table(outcomes), *confusions(outcomes)]
    return "\n".join([_HEAD, *lines, f"\nNear twins taken as one: {twins}.", ""])


def mistakes(outcomes: dict[str, list[Outcome]]) -> Iterator[str]:
    """Every message that was not fully understood."""
    for language, items in outcomes.items():
        for one in items:
            said, found = {_key(entity) for entity in one.message.entities}, {_key(entity) for entity in one.found}
            notes = [] if one.right else [f"{one.message.intent} as {(*one.guesses, FALLBACK)[0]} ({one.taken})"]
            notes += [f"missed {name} {value}" for name, value in sorted(said - found)]
            notes += [f"invented {name} {value}" for name, value in one.wrong_facts]
            if one.language != language and len(one.message.text.split()) >= _LANGUAGE_WORDS:
                notes.append(f"language {one.language}")
            if notes:
                yield f"{language} {one.message.text!r}: {'; '.join(notes)}"


def main() -> None:
    """Print the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--development", action="store_true", help="measure the messages that choices are made by")
    parser.add_argument("--wrong", action="store_true", help="print each message that was not fully understood")
    parser.add_argument("--write", action="store_true", help=f"write {QUALITY.relative_to(ROOT)} and its figures")
    wanted = parser.parse_args()
    if wanted.write and wanted.development:
        parser.error("the quality page is about the measuring messages: leave out --development")

    from assistant import logs, tensorflow_free, training

    tensorflow_free.install()
    logs.configure()
    from rasa.core.agent import Agent

    folder = DEVELOPMENT if wanted.development else MESSAGES
    agent = Agent.load(training.ensure_model(ROOT, ROOT / ".cache" / "models"))
    outcomes = {language: asyncio.run(measure(agent, language, folder)) for language in languages(folder)}
    print(page(outcomes))
    if wanted.wrong:
        print("\n".join(mistakes(outcomes)))
    if wanted.write:
        QUALITY.write_text(page(outcomes), encoding="utf-8")
        found = {language: figures(language, items) for language, items in outcomes.items()}
        FIGURES.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
