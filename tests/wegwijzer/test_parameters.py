"""The law's numbers and lists: typed, dated, with their sources; every code in them is one that the facts take."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from wegwijzer.assessment import open_points, provisions
from wegwijzer.countries import is_country
from wegwijzer.facts import RESIDENCE_DOCUMENTS, STAY_REASONS
from wegwijzer.law.case import CHECKED_UNTIL, LAW_VERSION, MODELLED_FROM, Parameters, read_yaml
from wegwijzer.rulebook.book import read

DATA = read_yaml("parameters.yml")
PARAMETERS = DATA["parameters"]
SOURCES = read_yaml("sources.yml")
WHOLE_NUMBERS = frozenset({"years", "months", "days", "hours"})
LISTS = {"stay_reason": STAY_REASONS, "residence_document": RESIDENCE_DOCUMENTS}


def test_the_head_of_the_file() -> None:
    assert set(DATA) == {"law_version", "checked_until", "modelled_from", "parameters"}
    assert [part.isdigit() for part in LAW_VERSION.split(".")] == [True, True, True]
    assert isinstance(CHECKED_UNTIL, date) and isinstance(MODELLED_FROM, date)
    assert MODELLED_FROM < CHECKED_UNTIL


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_has_a_unit_a_source_and_dated_values(name: str) -> None:
    parameter = PARAMETERS[name]
    assert set(parameter) == {"unit", "source", "confidence", "values"}
    assert parameter["source"].strip()
    assert parameter["confidence"].split()[0] in ("high", "medium", "low")
    days = [entry["from"] for entry in parameter["values"]]
    assert days == sorted(set(days)), "newest last, each day once"
    assert days[0] >= MODELLED_FROM
    assert days[-1] <= CHECKED_UNTIL, "a value that was not checked"
    for before, after in pairwise(parameter["values"]):
        assert before["value"] != after["value"], "an entry that changes nothing"


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_source_of_a_parameter_is_known(name: str) -> None:
    for source in PARAMETERS[name]["source"].split("; "):
        assert source.split()[0].rstrip(",") in SOURCES


@pytest.mark.parametrize("name", PARAMETERS)
def test_values_have_the_type_of_their_unit(name: str) -> None:
    unit = PARAMETERS[name]["unit"]
    for entry in PARAMETERS[name]["values"]:
        assert set(entry) == {"from", "value"}
        assert type(entry["from"]) is date
        value = entry["value"]
        if unit in WHOLE_NUMBERS:
            assert type(value) is int and value > 0
        elif unit == "EUR":
            assert type(value) in (int, float) and value >= 0
        elif unit == "countries":
            assert value == sorted(set(value)) and all(is_country(code) for code in value)
        else:
            assert len(value) == len(set(value)) and set(value) <= set(LISTS[unit])


def test_parameters_change_on_their_day() -> None:
    assert Parameters.on(date(2020, 12, 31))["eu_plus"] - Parameters.on(date(2021, 1, 1))["eu_plus"] == {"GB"}
    assert Parameters.on(date(2023, 8, 31))["fee_dutch_course"] == 0.0
    assert Parameters.on(date(2023, 9, 1))["fee_dutch_course"] == 180.0
    assert Parameters.on(date(2022, 2, 28))["vdab_days"] is None
    assert Parameters.on(date(2022, 3, 1))["vdab_days"] == 60
    assert Parameters.on(date(2016, 2, 29))["adult_age"] == Parameters.on(date.max)["adult_age"] == 18


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_has_a_title_an_address_and_a_day(name: str) -> None:
    source = SOURCES[name]
    assert set(source) == {"title", "url", "checked"}
    assert source["title"].strip() and source["url"].startswith(("https://", "http://"))
    assert type(source["checked"]) is date and source["checked"] <= CHECKED_UNTIL


@pytest.mark.parametrize("id", provisions())
def test_a_provision_cites_known_sources_on_days_that_do_not_overlap(id: str) -> None:
    citations = sorted(provisions()[id].citations, key=lambda citation: citation.since)
    assert citations
    for citation in citations:
        assert citation.act in SOURCES
        assert citation.article.strip()
        assert citation.confidence in ("high", "medium", "low")
        assert citation.since >= MODELLED_FROM
        assert citation.until is None or citation.since <= citation.until
    for before, after in pairwise(citations):
        assert before.until is not None and before.until < after.since


def test_every_source_is_cited() -> None:
    citations = [citation for provision in provisions().values() for citation in provision.citations]
    told = [citation.article for citation in citations] + [parameter["source"] for parameter in PARAMETERS.values()]
    told += [source for point in open_points().values() for source in point.sources]
    told += [announced["source"] or "" for announced in read("future.yml")]
    words = {word.strip("(;,)") for text in told for word in text.split()}
    assert set(SOURCES) <= {citation.act for citation in citations} | words
