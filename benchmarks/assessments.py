"""Full assessments a second on one core, without rendered texts and without any cache of results.

One assessment is what the command line does for one line of input, texts left out: facts from JSON (validated), the law
evaluated, reasons with their facts, missing facts, programme, costs, deadlines, what will change. The inputs are the
public cases of tests/law and, of each, variants with one fact blanked or one date made partial: people in the middle of
an interview. Time is processor time of this process; the best of the rounds counts, because other work on the machine
can only slow a round down; all rounds are printed.

    python -m benchmarks.assessments [--rounds 10]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from wegwijzer import Facts, assess

CASES = Path(__file__).parent.parent / "tests" / "law" / "public_cases.jsonl"
DATES = ("birth_date", "registration_date", "first_registration_date")

Input = tuple[dict[str, Any], date]


def complete_cases() -> list[Input]:
    """The public cases as they are."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [(case["facts"], date.fromisoformat(case["as_of"])) for case in map(json.loads, lines)]


def partial_cases(cases: Sequence[Input]) -> list[Input]:
    """Of each case: each fact blanked once, each date cut to its year once."""
    variants: list[Input] = []
    for facts, as_of in cases:
        for fact, value in facts.items():
            variants.append(({name: facts[name] for name in facts if name != fact}, as_of))
            if fact in DATES:
                variants.append(({**facts, fact: value[:4]}, as_of))
    return variants


def rate(inputs: Sequence[Input]) -> float:
    """Assessments a second of processor time over all inputs once."""
    start = time.process_time()
    for facts, as_of in inputs:
        assess(Facts.from_json(facts), as_of)
    return len(inputs) / (time.process_time() - start)


def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser(description="Assessments a second, without texts, on one core.")
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    complete = complete_cases()
    partial = partial_cases(complete)
    # Enough passes that a round of the small set lasts as long as one of the large set.
    sets = {"complete facts": complete * (len(partial) // len(complete)), "partial facts": partial}
    sets["both together"] = complete + partial
    for name, inputs in sets.items():
        rates = [rate(inputs) for _ in range(rounds)]
        shown = " ".join(f"{value:.0f}" for value in rates)
        print(f"{name}: {max(rates):.0f} assessments/s (best of {rounds} rounds of {len(inputs)}: {shown})")


if __name__ == "__main__":
    main()
