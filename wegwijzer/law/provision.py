"""Provisions: conditions with the article that they stand in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from wegwijzer.law.case import MODELLED_FROM, read_yaml
from wegwijzer.logic import Condition


@dataclass(frozen=True)
class Citation:
    """Where a rule stands: ``act`` (key of sources.yml), ``article``, and the days on which it is the law."""

    act: str
    article: str
    since: date
    until: date | None = None
    confidence: str = "high"

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def to_json(self) -> dict[str, Any]:
        source = read_yaml("sources.yml")[self.act]
        return {
            "act": source["title"],
            "article": self.article,
            "url": source["url"],
            "in_force_from": self.since.isoformat(),
            "in_force_to": self.until.isoformat() if self.until else None,
            "last_checked": source["checked"].isoformat(),
            "confidence": self.confidence,
        }


class Provision(Condition):
    """A rule of law with a name. Outside the days of its citations it is no law, so it is false."""

    def __init__(self, id: str, condition: Condition, *citations: Citation) -> None:
        self.id = id
        self.children = (condition,)
        self.citations = citations

    def citation(self, day: date) -> Citation | None:
        """The citation in force on ``day``."""
        return next((citation for citation in self.citations if citation.in_force(day)), None)

    def code(self, value: Callable[[Condition], str]) -> str:
        if any(citation.since <= MODELLED_FROM and citation.until is None for citation in self.citations):
            return value(self.children[0])  # the law on every day that is modelled
        # Days compare as ordinals: two integers, for each provision and case.
        windows = " or ".join(
            f"{citation.since.toordinal()} <= case.day"
            + (f" <= {citation.until.toordinal()}" if citation.until else "")
            for citation in self.citations
        )
        return f"{value(self.children[0])} if {windows} else False"

    def __repr__(self) -> str:
        return f"Provision({self.id})"
