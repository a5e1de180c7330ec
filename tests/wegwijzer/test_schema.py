"""docs/assessment.schema.json: every result fits it, and it is no wider than the law."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from tests.wegwijzer.people import KNOWN, Person, known_people, people
from wegwijzer import Facts, assess
from wegwijzer.assessment import ASKING_ORDER

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "docs" / "assessment.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
CONTRACT_FIELDS = {
    "as_of", "law_version", "notices", "regime", "verdict", "right", "duty", "exemption", "reasons", "missing_facts",
    "uncertain", "deadlines", "upcoming", "programme", "office", "elsewhere",
}  # fmt: skip


def errors(person: Person, lang: str | None) -> list[str]:
    facts, as_of = person
    result = assess(Facts.from_json(facts), as_of).to_json(lang)
    # What is sent is JSON text, so that is what is checked.
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(json.loads(json.dumps(result)))]


def all_objects(schema: Any) -> list[dict[str, Any]]:
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    found = [entry for part in inner for entry in all_objects(part)]
    return (
        [schema, *found]
        if isinstance(schema, dict) and schema.get("type") == "object" and "required" in schema
        else found
    )


def test_the_schema_is_valid_and_strict() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    objects = all_objects(SCHEMA)
    assert len(objects) >= 10
    for entry in objects:
        assert entry["additionalProperties"] is False
        assert set(entry["required"]) == set(entry["properties"])


def test_the_contracts_fields_and_facts_are_there() -> None:
    assert set(SCHEMA["required"]) == CONTRACT_FIELDS
    assert tuple(SCHEMA["$defs"]["fact"]["enum"]) == ASKING_ORDER


@pytest.mark.parametrize("lang", [None, "nl", "en", "fr"])
def test_every_case_fits(lang: str | None) -> None:
    wrong = {str(person): found for person in known_people() if (found := errors(person, lang))}
    assert wrong == {}


@given(people())
@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_everybody_fits(person: Person) -> None:
    assert errors(person, None) == []


def test_every_text_is_there_when_a_language_is_asked_for_and_none_otherwise() -> None:
    def texts(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [text for name, text in value.items() if name in ("text", "reason_text")]
            return own + [text for part in value.values() for text in texts(part)]
        return [text for part in value for text in texts(part)] if isinstance(value, list) else []

    for facts, as_of in KNOWN:
        assessment = assess(Facts.from_json(facts), as_of)
        assert not any(texts(assessment.to_json(None)))
        assert all(texts(assessment.to_json("nl")))


def test_ids_dates_and_articles_do_not_depend_on_the_language() -> None:
    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: bare(part) for name, part in value.items() if name not in ("text", "reason_text")}
        return [bare(part) for part in value] if isinstance(value, list) else value

    for facts, as_of in KNOWN[::5]:
        assessment = assess(Facts.from_json(facts), as_of)
        assert bare(assessment.to_json("fr")) == bare(assessment.to_json(None))


def test_the_schema_refuses_what_is_wrong() -> None:
    facts, as_of = KNOWN[0]
    good = assess(Facts.from_json(facts), as_of).to_json(None)
    for change in (
        {"verdict": "perhaps"},
        {"right": "yes"},
        {"extra": 1},
        {"exemption": "other"},
        {"missing_facts": ["shoe_size"]},
        {"as_of": "2026-11-31"},
        {"verdict": "exempt", "exemption": None},
        {"deadlines": [{"id": "come_forward"}]},
        {"elsewhere": {"regime": "wallonia", "may_have_duty": True, "ask": None}},
    ):
        assert list(VALIDATOR.iter_errors({**good, **change})), change
    assert not list(VALIDATOR.iter_errors(good))
    assert good["as_of"] == date.fromisoformat(good["as_of"]).isoformat()
