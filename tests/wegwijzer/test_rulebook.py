"""The rule book: everything in it comes from the running rules, and nothing of the rules is left out."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from wegwijzer.__main__ import main
from wegwijzer.assessment import DUTY, RIGHT, open_points, provisions
from wegwijzer.facts import FactError, Facts
from wegwijzer.law import flanders
from wegwijzer.law.announced import ANNOUNCED
from wegwijzer.law.case import CHECKED_UNTIL, MODELLED_FROM, read_yaml
from wegwijzer.law.provision import Citation, Provision
from wegwijzer.rulebook.book import answered_by, follows, page, read, rule
from wegwijzer.rulebook.cases import as_case
from wegwijzer.rulebook.changes import changes
from wegwijzer.rulebook.conditions import Sentence, sentence, words
from wegwijzer.rulebook.review import CHANGED, OLD, SIGNED, UNSIGNED, provision_hash, reviews

#: An Indian on a single permit, in Flanders since October 2027.
EMPLOYEE = {
    "birth_date": "1990-05-14", "nationalities": ["IN"], "birth_country": "IN", "region": "flanders",
    "registered": "yes", "registration_date": "2027-10-05", "first_registration": True, "residence_document": "A",
    "stay_reason": "employee", "permit_months": 24, "max_stay_months": 60, "minister_of_religion": "none",
    "sponsor_used_free_movement": False, "family_relation": "none", "civic_certificate": "none", "diploma": "none",
    "reception_class_months": 0, "medical": "none", "duty_fulfilled": False,
}  # fmt: skip
ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def book() -> str:
    return page(CHECKED_UNTIL)


def lines(said: Sentence) -> list[str]:
    return [said.text, *(line for part in said.below for line in lines(part))]


def test_the_page_in_docs_is_the_one_of_the_running_rules(book: str) -> None:
    assert (ROOT / "docs" / "rulebook" / "index.html").read_text(encoding="utf-8") == book, "run `make rulebook`"


def test_every_provision_open_point_and_parameter_is_on_the_page(book: str) -> None:
    assert [id for id in provisions() if f'<article id="{id}"' not in book] == []
    assert [id for id in open_points() if f'id="punt-{id}"' not in book] == []
    assert [name for name in read_yaml("parameters.yml")["parameters"] if f"<code>{name}</code>" not in book] == []
    assert len(re.findall(r"<svg ", book)) == len(words()["flow"])


def test_every_link_within_the_page_leads_somewhere(book: str) -> None:
    targets = set(re.findall(r' id="([^"]+)"', book))
    assert set(re.findall(r'href="#([^"]+)"', book)) <= targets


def test_titles_are_there_for_every_provision_and_no_other() -> None:
    assert set(words()["titles"]) == set(provisions())
    assert len(set(words()["titles"].values())) == len(provisions())


@pytest.mark.parametrize("day", [MODELLED_FROM, date(2022, 2, 28), date(2023, 12, 31), DAY])
def test_every_condition_has_words_for_holding_and_for_failing(day: date) -> None:
    for provision in provisions().values():
        for holds in (True, False):
            said = lines(sentence(provision.children[0], day, holds))
            assert not [line for line in said if not line or re.search(r"[{}]", line)], provision.id


def test_the_opposite_says_something_else() -> None:
    for provision in provisions().values():
        for part in provision.walk():
            assert sentence(part, DAY) != sentence(part, DAY, holds=False), part


def test_the_words_of_conditions_are_not_more_than_the_law_has() -> None:
    roots = (RIGHT, DUTY, *provisions().values())
    known = {getattr(part, "id", None) for root in roots for part in root.walk()}
    assert set(words()["conditions"]) <= known


def test_not_all_is_at_least_one_not() -> None:
    said = sentence(flanders.RETURNED, DAY, holds=False)
    assert said.text == words()["any"]
    assert all(part.text != words()["all"] for part in sentence(flanders.RETURNED, DAY).below)  # one flat list


def test_a_minister_is_not_freed_by_age_or_diploma() -> None:
    review = reviews(DAY, {})[0]
    own, other = (rule(id, DAY, review).defeated_by for id in ("duty.minister", "duty.first_registration"))
    assert set(other) - set(own) == {
        "exempt.age_65", "exempt.diploma", "exempt.reception_year", "exempt.provisional_stay",
        "exempt.temporary_protection",
    }  # fmt: skip


def test_what_follows_a_result_is_on_the_page(book: str) -> None:
    for heading, rows in follows():
        assert heading in book
        assert len(rows) >= 5
    for id in ("part.network", "deadline.vdab", "cost.dutch_course", "exemption.age_65.proof"):
        assert f"<code>{id}</code>" in book


# --- the map of the decree --------------------------------------------------------------------------------------------


def cited() -> set[tuple[str, str]]:
    return {(citation.act, citation.article) for provision in provisions().values() for citation in provision.citations}


def test_every_cited_article_is_on_the_map_and_every_form_on_the_map_is_cited() -> None:
    mapped = {(act, form) for act, rows in read("map.yml").items() for row in rows for form in row.get("cited", ())}
    of_mapped_acts = {(act, article) for act, article in cited() if act in read("map.yml")}
    assert of_mapped_acts == mapped


def test_what_is_modelled_is_cited_and_what_is_not_says_why() -> None:
    for act, rows in read("map.yml").items():
        assert len({row["article"] for row in rows}) == len(rows)
        for row in rows:
            if row["status"] == "modelled":
                assert row.get("cited"), (act, row["article"])
            else:
                assert row.get("why"), (act, row["article"])
            assert row["status"] in read("words.yml")["states"]


@pytest.mark.parametrize("article", ["26", "27", "28", "29", "30", "31", "32", "33", "39", "40"])
def test_no_article_of_the_chapter_is_left_out(article: str) -> None:
    assert any(re.match(rf"{article}(?!\d)", row["article"]) for row in read("map.yml")["D13"])


# --- the seed ---------------------------------------------------------------------------------------------------------


def test_every_statement_of_the_seed_is_answered() -> None:
    statements = read("seed.yml")
    assert len(statements) >= 28
    for entry in statements:
        assert entry["today"] and entry["state"]
        assert entry["rules"] and all(answered_by(id) for id in entry["rules"])  # KeyError for an unknown one


def test_announced_law_decides_nothing_and_names_known_rules() -> None:
    for entry in read("future.yml"):
        assert entry["status"] in ("announced", "unknown")
        assert set(entry["rules"]) <= set(provisions())


def test_every_announced_part_that_is_modelled_stands_in_the_book() -> None:
    assert {entry["id"] for entry in read("future.yml") if "id" in entry} == set(ANNOUNCED)


def test_a_supposition_ends_with_its_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(EMPLOYEE))
    obliging = ["assess", str(facts), "--as-of", "2027-11-01", "--suppose", "labour_package=2027-09-01"]
    assert main(obliging) == 0
    supposed = capsys.readouterr()
    assert json.loads(supposed.out)["verdict"] == "obliged"
    assert "not in force" in supposed.err
    assert main(obliging[:4]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "exempt"


@pytest.mark.parametrize("wrong", ["labour_package", "labour_package=soon", "free_courses=2027-01-01"])
def test_a_wrong_supposition_is_refused_in_one_sentence(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["assess", "--suppose", wrong])
    assert wrong.partition("=")[2] in capsys.readouterr().err


# --- time -------------------------------------------------------------------------------------------------------------


def test_changes_between_two_days_name_rules_and_numbers() -> None:
    said = "\n".join(changes(date(2022, 2, 28), date(2022, 3, 1)))
    assert "right.excluded.asylum_seeker" in said
    assert "right.excluded.asylum_four_months" in said
    assert "vdab_days: 60 dagen" in said
    assert changes(date(2022, 3, 1), date(2022, 5, 31)) == []
    assert "GB" in "".join(changes(date(2020, 12, 31), date(2021, 1, 1)))


def test_days_in_the_wrong_order_are_one_sentence() -> None:
    with pytest.raises(ValueError, match="2022-01-01 is before 2023-01-01"):
        changes(date(2023, 1, 1), date(2022, 1, 1))
    with pytest.raises(ValueError, match="2016-02-29"):
        changes(date(2010, 1, 1), date(2022, 1, 1))


# --- signatures -------------------------------------------------------------------------------------------------------


def test_a_signature_holds_for_a_year_and_falls_with_the_rule() -> None:
    id = "exempt.age_65"
    good = {"by": "mr. X", "on": date(2026, 1, 10), "hash": provision_hash(provisions()[id])}

    def state(entry: dict[str, object], today: date) -> str:
        return next(review.state for review in reviews(today, {id: entry}) if review.id == id)

    assert state(good, date(2027, 1, 10)) == SIGNED
    assert state(good, date(2027, 1, 11)) == OLD
    assert state({**good, "hash": "0" * 16}, date(2026, 1, 11)) == CHANGED
    assert {review.state for review in reviews(DAY, {})} == {UNSIGNED}


def test_the_hash_follows_condition_citation_and_parameter(monkeypatch: pytest.MonkeyPatch) -> None:
    provision = provisions()["exempt.age_65"]
    before = provision_hash(provision)
    other = Citation("D13", "27 §2 al. 9", date(2016, 2, 29))
    assert provision_hash(Provision("exempt.age_65", provision.children[0], other)) != before
    assert provision_hash(Provision("exempt.age_65", ~provision.children[0], *provision.citations)) != before
    monkeypatch.setitem(read_yaml("parameters.yml")["parameters"]["exempt_age"]["values"][0], "value", 67)
    assert provision_hash(provision) != before
    assert len({provision_hash(each) for each in provisions().values()}) == len(provisions())


def test_a_signature_of_a_rule_that_is_gone_is_named() -> None:
    with pytest.raises(ValueError, match=r"exempt\.nobody"):
        reviews(DAY, {"exempt.nobody": {"by": "x", "on": DAY, "hash": "0"}})


# --- cases ------------------------------------------------------------------------------------------------------------


def test_facts_become_a_case_without_the_town() -> None:
    facts = {"municipality": "Gent", "nationalities": ["NL"], "registered": "yes", "age": 34}
    (case,) = YAML(typ="safe").load(as_case(facts, DAY))
    assert "municipality" not in case["facts"]
    assert case["facts"]["region"] == "flanders"
    assert case["expect"] == {"right": True, "duty": False, "exemption": "eu_national", "regime": "flemish",
                              "verdict": "exempt"}  # fmt: skip
    assert case["signed_by"] is None
    Facts.from_json(case["facts"])


def test_bad_facts_become_no_case() -> None:
    with pytest.raises(FactError, match="colour"):
        as_case({"colour": "red"}, DAY)


# --- the commands -----------------------------------------------------------------------------------------------------


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"nationalities": ["NL"]}), encoding="utf-8")
    assert main(["rulebook", "--to", str(tmp_path / "book"), "--as-of", "2022-02-15"]) == 0
    assert "15 februari 2022" in (tmp_path / "book" / "index.html").read_text(encoding="utf-8")
    assert main(["changes", "2023-08-31", "2023-09-01"]) == 0
    assert main(["changes", "2023-09-01", "2023-08-31"]) == 2
    assert main(["review"]) == 0
    assert main(["case", str(facts)]) == 0
    assert main(["case", str(tmp_path / "none.json")]) == 2
    shown = capsys.readouterr()
    assert "fee_dutch_course gaat van 0 naar 180 euro" in shown.out
    assert "77 provisions" in shown.out
    assert "cannot be read" in shown.err


def test_the_sources_of_open_points_can_be_looked_up() -> None:
    acts = {source.split(" art")[0] for point in open_points().values() for source in point.sources}
    assert acts <= set(read_yaml("sources.yml"))
    assert {entry["source"] for entry in read("future.yml") if entry["source"]} <= set(read_yaml("sources.yml"))
