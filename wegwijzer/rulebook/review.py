"""Who signed which provision, and what is unsigned, changed since, or read too long ago."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from wegwijzer.assessment import provisions
from wegwijzer.coverage import CASES
from wegwijzer.law.case import read_yaml
from wegwijzer.law.provision import Provision
from wegwijzer.logic import Atom, Condition
from wegwijzer.timeline import add_months

REVIEWS = Path(__file__).parent / "reviews.yml"
#: A signature holds for so many months.
VALID_MONTHS = 12

UNSIGNED, CHANGED, OLD, SIGNED = "unsigned", "changed", "old", "signed"


@dataclass(frozen=True)
class Review:
    """The state of one provision: ``state`` is unsigned, changed, old or signed."""

    id: str
    state: str
    by: str | None
    on: date | None
    hash: str


def provision_hash(provision: Provision) -> str:
    """16 hex digits that change with the condition, the code and the parameters below it, and with the citations."""
    digest = hashlib.sha256()
    parameters = read_yaml("parameters.yml")["parameters"]
    for condition in provision.walk():
        digest.update(_own(condition).encode())
        for name in sorted(parameters):
            if name in _own(condition):
                digest.update(repr(parameters[name]).encode())
    digest.update(repr(provision.citations).encode())
    return digest.hexdigest()[:16]


def _own(condition: Condition) -> str:
    """What a condition is by itself: its form, and of an atom the code that decides."""
    if not isinstance(condition, Atom):
        return f"{condition!r}\n"
    code = condition.test if isinstance(condition.test, str) else inspect.getsource(condition.test)
    return f"{condition!r} {code}\n"


def reviews(today: date, signed: Mapping[str, Mapping[str, Any]] | None = None) -> list[Review]:
    """Every provision with its review state on ``today``; ``signed`` as reviews.yml has it, which is read if not given.

    Raises:
        ValueError: a signature of a provision that does not exist.
    """
    if signed is None:
        signed = YAML(typ="safe").load(REVIEWS.read_text(encoding="utf-8")) or {}
    known = provisions()
    strange = sorted(set(signed) - set(known))
    if strange:
        raise ValueError(f"reviews.yml signs {', '.join(strange)}, which the law does not have")
    return [_review(id, provision, signed.get(id), today) for id, provision in known.items()]


def unsigned_cases() -> list[str]:
    """The ids of the cases of tests/law that nobody signed."""
    return [
        case["id"]
        for path in sorted(CASES.glob("*/**/*.yaml"))
        for case in YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        if not case.get("signed_by")
    ]


def _review(id: str, provision: Provision, entry: Mapping[str, Any] | None, today: date) -> Review:
    now = provision_hash(provision)
    if entry is None:
        return Review(id, UNSIGNED, None, None, now)
    if entry["hash"] != now:
        state = CHANGED
    elif date.fromordinal(add_months(entry["on"].toordinal(), VALID_MONTHS)) < today:
        state = OLD
    else:
        state = SIGNED
    return Review(id, state, entry["by"], entry["on"], now)
