"""Questions to a verdict, over the public cases and over a weighted population.

A question is a message that waits for an answer: the rare situations asked together are one, the follow-up of a chosen
one is one, an answer that contradicts what a card implies is asked back and is one more. People answer truthfully; a
fact that is not stated for them is answered with "I don't know". The law and the wording of answers play no part here,
only ``wegwijzer.interview`` as the conversation uses it.

    python -m benchmarks.questions [--each]
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from wegwijzer.interview import SPECIAL, Answers, Question, next_step, settle_special

CASES = Path(__file__).parent.parent / "tests" / "law" / "public_cases.jsonl"
POPULATION = Path(__file__).parent / "population.yml"
MARK_MEDIAN, MARK_NINE_TENTHS = 9, 14
# More would be an interview that never ends; it is an error, not a result.
LIMIT = 60


@dataclass(frozen=True)
class Interview:
    """How one check went: the facts asked, in order, and what came out."""

    id: str
    weight: int
    asked: tuple[str, ...]
    right: bool | None
    duty: bool | None


def public_cases() -> list[tuple[str, int, Mapping[str, Any], date]]:
    """(id, weight 1, facts, day) of the public cases."""
    cases = map(json.loads, CASES.read_text(encoding="utf-8").splitlines())
    return [(case["id"], 1, case["facts"], date.fromisoformat(case["as_of"])) for case in cases]


def population() -> list[tuple[str, int, Mapping[str, Any], date]]:
    """(id, people a year, facts, day) of ``population.yml``."""
    data = YAML(typ="safe").load(POPULATION.read_text(encoding="utf-8"))
    return [(entry["id"], entry["people"], entry["facts"], data["as_of"]) for entry in data["people"]]


def interview(id: str, weight: int, true: Mapping[str, Any], as_of: date) -> Interview:
    """Ask until the interview is over."""
    answers = Answers()
    asked: list[str] = []
    told: set[str] = set()
    while len(asked) < LIMIT:
        step = next_step(answers, as_of)
        for implied in step.contradictions:
            if implied.fact not in told:
                told.add(implied.fact)
                asked.append(f"{implied.fact} (contradiction)")
        if step.question is None:
            return Interview(id, weight, tuple(asked), step.assessment.right, step.assessment.duty)
        asked.append(step.question.fact)
        answer(answers, step.question, true, as_of)
    raise RuntimeError(f"{id}: no end after {LIMIT} questions: {asked}")


def answer(answers: Answers, question: Question, true: Mapping[str, Any], as_of: date) -> None:
    """What the person says to the question, written into ``answers``."""
    fact = question.fact
    if fact == SPECIAL:
        for item in question.items:
            applies = any(true.get(name, usual) != usual for name, usual in item.facts.items())
            if item.id not in answers.chosen and item.id != "eu_family" and applies:
                answers.chosen = [*answers.chosen, item.id]
                return
        settled = settle_special(question, answers.chosen)
        answers.stated.update({name: value for name, value in settled.items() if name not in answers.stated})
    elif question.exact and (fact not in true or answers.stated.get(fact) == true[fact]):
        answers.inexact.add(fact)
    elif fact == "age" and "birth_date" in true:
        born = true["birth_date"]
        if len(born) < len("YYYY-MM-DD"):
            answers.stated["birth_date"] = born
        else:
            day = date.fromisoformat(born)
            answers.stated["age"] = as_of.year - day.year - ((as_of.month, as_of.day) < (day.month, day.day))
    elif fact == "municipality" and "municipality" not in true and "region" in true:
        # A town was not stated in the case; the person says the region instead.
        answers.stated["region"] = true["region"]
    elif fact in true:
        if fact == "birth_date":
            answers.stated.pop("age", None)
        answers.stated[fact] = true[fact]
    else:
        answers.unanswered.add(fact)


def quantile(values: Sequence[tuple[int, int]], share: float) -> int:
    """The smallest count that at least ``share`` of the people (count, weight) do not exceed."""
    total = sum(weight for _, weight in values)
    running = 0
    for count, weight in sorted(values):
        running += weight
        if running >= share * total:
            return count
    return max(count for count, _ in values)


def report(name: str, interviews: Iterable[Interview], each: bool) -> bool:
    """Print one line (and one for each person); does it reach the marks?"""
    done = list(interviews)
    counts = [(len(one.asked), one.weight) for one in done]
    median, nine_tenths = quantile(counts, 0.5), quantile(counts, 0.9)
    mean = statistics.fmean(count for count, weight in counts for _ in range(weight))
    open_ = sum(one.weight for one in done if one.right is None or one.duty is None) / sum(w for _, w in counts)
    print(
        f"| {name} | {len(done)} | {median} | {nine_tenths} | {mean:.1f} | {max(c for c, _ in counts)} | {open_:.0%} |"
    )
    if each:
        for one in done:
            print(f"    {one.id}: {len(one.asked)}: {', '.join(one.asked)} -> right {one.right}, duty {one.duty}")
        often = Counter(fact for one in done for fact in one.asked)
        print("    asked most:", ", ".join(f"{fact} {count}" for fact, count in often.most_common(12)))
    return median <= MARK_MEDIAN and nine_tenths <= MARK_NINE_TENTHS


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Questions to a verdict.")
    parser.add_argument("--each", action="store_true", help="also every person, with the facts asked")
    each = parser.parse_args().each
    print("| questions to a verdict | people | median | 90 % | mean | most | undetermined at the end |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    reached = [
        report("public cases", (interview(*case) for case in public_cases()), each),
        report("weighted population", (interview(*person) for person in population()), each),
    ]
    print(f"mark: median <= {MARK_MEDIAN}, 90 % <= {MARK_NINE_TENTHS}: {'reached' if all(reached) else 'not reached'}")


if __name__ == "__main__":
    main()
