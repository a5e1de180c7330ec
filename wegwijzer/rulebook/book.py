"""The rule book as one HTML page, printed from the running rules.

Nothing in it is written twice: conditions, articles, dates, questions, cases and parameters are the engine's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from ruamel.yaml import YAML

from wegwijzer.assessment import assess, open_points, provisions
from wegwijzer.coverage import CASES, named_cases
from wegwijzer.facts import Facts
from wegwijzer.law import flanders
from wegwijzer.law.case import CHECKED_UNTIL, LAW_VERSION, read_yaml
from wegwijzer.law.provision import Citation, Provision
from wegwijzer.logic import Atom, Not, OpenPoint, Truth
from wegwijzer.rulebook.conditions import Sentence, fact_name, sentence, title, unit, words, written
from wegwijzer.rulebook.flow import svg
from wegwijzer.rulebook.review import Review, reviews
from wegwijzer.texts import OTHER, SOURCE, catalogue, for_subject, format_day, text

FOLDER = Path(__file__).parent
#: So many cases are named for each truth value of a provision; the number of all is given.
_NAMED = 6


@dataclass(frozen=True)
class Rule:
    """What the page shows of one provision."""

    id: str
    title: str
    reason: str
    in_force: bool
    citations: list[dict[str, Any]]
    condition: Sentence
    questions: list[tuple[str, str]]
    defeated_by: list[str]
    points: list[str]
    cases: list[tuple[str, int, list[str]]]
    review: Review


def read(name: str) -> Any:
    """A YAML file of this folder."""
    return YAML(typ="safe").load((FOLDER / name).read_text(encoding="utf-8"))


def facts_of(provision: Provision) -> list[str]:
    """The facts that a provision may read, each once."""
    return sorted({fact for part in provision.walk() if isinstance(part, Atom) for fact in part.facts})


@cache
def _truths() -> Mapping[str, Mapping[Truth, list[str]]]:
    """For each provision the cases of tests/law in which it is true, false and open."""
    rules = provisions()
    seen: dict[str, dict[Truth, list[str]]] = {id: {True: [], False: [], None: []} for id in rules}
    for id, facts, as_of in named_cases(CASES):
        case = assess(Facts.from_json(facts), as_of).case
        if case.values:  # empty before the law is modelled
            for rule, provision in rules.items():
                seen[rule][provision(case)].append(id)
    return seen


def _question(fact: str) -> str:
    return text(SOURCE, for_subject(SOURCE, f"ask.{fact}", OTHER))


def _reason(id: str) -> str:
    return text(SOURCE, for_subject(SOURCE, f"reason.{id}", OTHER))


def _defeating(provision: Provision) -> list[str]:
    """The exemptions that can lift a duty; those that do not hold for ministers are left out of theirs."""
    if not provision.id.startswith("duty.") or provision.id in ("duty.dutch_only", "duty.suspended"):
        return []
    from wegwijzer.law import brussels

    module = brussels if provision.id.startswith("duty.brussels") else flanders
    found = [exemption for _, exemption in module.EXEMPTIONS]
    if provision is flanders.MINISTER:
        found = [exemption for exemption in found if not _not_for_ministers(exemption)]
    return [exemption.id for exemption in found]


def _not_for_ministers(exemption: Provision) -> bool:
    from wegwijzer.law.terms import RECOGNISED_MINISTER

    return any(isinstance(part, Not) and part.children[0] is RECOGNISED_MINISTER for part in exemption.walk())


def rule(id: str, day: date, review: Review) -> Rule:
    """One provision by the law of ``day``."""
    provision = provisions()[id]
    truths = _truths()[id]
    return Rule(
        id,
        title(id),
        _reason(id),
        provision.citation(day) is not None,
        [_citation(citation, day) for citation in provision.citations],
        sentence(provision.children[0], day),
        [(fact_name(fact), _question(fact)) for fact in facts_of(provision)],
        _defeating(provision),
        sorted({part.id for part in provision.walk() if isinstance(part, OpenPoint)}),
        [
            (name, len(truths[truth]), truths[truth][:_NAMED])
            for name, truth in (("geldt", True), ("geldt niet", False), ("open", None))
        ],
        review,
    )


def _citation(citation: Citation, day: date) -> dict[str, Any]:
    return {
        **citation.to_json(),
        "since": format_day(SOURCE, citation.since.toordinal()),
        "until": format_day(SOURCE, citation.until.toordinal()) if citation.until else None,
        "now": citation.in_force(day),
    }


def _points(day: date) -> list[dict[str, Any]]:
    return [
        {
            "id": point.id,
            "text": text(SOURCE, for_subject(SOURCE, f"uncertain.{point.id}", OTHER)),
            "condition": sentence(point.children[0], day),
            "ask": [text(SOURCE, f"office.ask.{who}") for who in point.ask],
            "sources": point.sources,
        }
        for point in open_points().values()
    ]


def _parameters(day: date) -> Iterable[dict[str, Any]]:
    for name, parameter in read_yaml("parameters.yml")["parameters"].items():
        for entry in parameter["values"]:
            yield {
                "name": name,
                "value": written(entry["value"]),
                "unit": unit(parameter["unit"]),
                "since": format_day(SOURCE, entry["from"].toordinal()),
                "future": entry["from"] > day,
                "source": parameter["source"],
                "confidence": parameter["confidence"],
            }


def follows() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can follow from a result, as the person reads it: parts with who need not, terms, costs, coming changes."""
    texts = sorted(id for id in catalogue(SOURCE).texts if not id.endswith(".other"))
    return [
        (heading, [(id, text_as_it_is(id)) for id in texts if id.startswith(f"{kind}.")])
        for kind, heading in words()["follows"].items()
    ]


def text_as_it_is(id: str) -> str:
    """A text with its placeholders shown."""
    return catalogue(SOURCE).texts[id][-1]


def answered_by(id: str) -> str:
    """How the page names what answers a statement: a provision by its title, a text by its first sentence."""
    return title(id) if id in provisions() else text_as_it_is(id).split(". ")[0].rstrip(".") + "."


def page(day: date) -> str:
    """The whole rule book as HTML, by the law of ``day``.

    Raises:
        KeyError: a provision, open point or condition has no words.
    """
    state = {review.id: review for review in reviews(day)}
    chapters = [
        {
            "title": chapter["title"],
            "rules": [rule(id, day, state[id]) for id in words()["titles"] if id.startswith(tuple(chapter["prefix"]))],
        }
        for chapter in words()["chapters"]
    ]
    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("book.html.j2").render(
        day=format_day(SOURCE, day.toordinal()),
        version=LAW_VERSION,
        checked=format_day(SOURCE, CHECKED_UNTIL.toordinal()),
        chapters=chapters,
        flows=[(flow["title"], svg(flow)) for flow in words()["flow"].values()],
        points=_points(day),
        parameters=list(_parameters(day)),
        follows=follows(),
        map=read("map.yml"),
        seed=[{**entry, "by": [answered_by(id) for id in entry["rules"]]} for entry in read("seed.yml")],
        future=read("future.yml"),
        states=read("words.yml")["states"],
    )
