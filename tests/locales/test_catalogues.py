"""The catalogues: the same texts in every language, everything the code and the engine ask for, nothing half filled."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po

from tests.law.test_cases import CASES, PUBLIC_CASES, facts_of
from wegwijzer import Facts, assess
from wegwijzer.assessment import provisions
from wegwijzer.facts import PARSERS, codes
from wegwijzer.interview import ITEMS, SPECIAL, Answers, Question, next_step, settle_special
from wegwijzer.law import brussels, flanders, target_group
from wegwijzer.logic import Condition, OpenPoint
from wegwijzer.texts import (
    LOCALES,
    OTHER,
    SELF,
    SOURCE,
    catalogue,
    format_euro,
    has_text,
    languages,
    placeholders,
    text,
)
from wegwijzer.wording import answer_title, question_text, value_text, verdict_messages

ROOT = Path(__file__).parent.parent.parent
OTHERS = [lang for lang in languages() if lang != SOURCE]
#: The languages that say everything; the others borrow their answers to the many questions.
COMPLETE = (SOURCE, "en", "fr")
KINDS = (
    "ask", "bring", "button", "cost", "deadline", "exemption", "fact", "faq", "notice", "office", "part", "reason",
    "say", "ui", "uncertain", "upcoming", "value", "verdict", "why",
)  # fmt: skip
TEXT_ID = re.compile(rf"(?:{'|'.join(KINDS)})\.[a-z0-9_]+(?:\.[a-z0-9_]+)*")

# Texts that are rightly the same as in Dutch: names, international words, and forms without words.
SAME_AS_SOURCE = {
    "cost.line_free", "ui.title", "verdict.rule", "value.pair", "value.stay_reason.au_pair",
    # Somali keeps the Dutch names of the regions.
    "value.region.flanders", "value.region.wallonia",
    "value.first_registration_region.flanders", "value.first_registration_region.wallonia",
}  # fmt: skip
# A button is one line on a phone.
BUTTON_CHARACTERS = 60
# What must be named in full, because "family" alone would be chosen by the wrong people.
LONG_BUTTONS = {"value.special.eu_family": 100}
# No blank line: it would part these texts into bubbles where one line is meant.
ONE_LINE = ("button.", "value.", "fact.", "ui.", "reason.", "deadline.", "upcoming.", "cost.", "part.", "bring.")


@cache
def po(lang: str) -> Any:
    with (LOCALES / lang / "LC_MESSAGES" / "wegwijzer.po").open("rb") as file:
        return read_po(file, locale=lang)


@cache
def entries(lang: str) -> dict[str, Any]:
    return {message.context: message for message in po(lang) if message.id}


def forms(lang: str, id: str) -> tuple[str, ...]:
    """The text of the file itself, without the fallback to Dutch: one, or one a plural form."""
    entry = entries(lang)[id]
    said = entry.id if lang == SOURCE else entry.string or ""
    return tuple(said) if isinstance(said, (tuple, list)) else (said,)


def wording(lang: str, id: str) -> str:
    """The text as it mostly is: of a plural the last form, for many."""
    return forms(lang, id)[-1]


def lacking(lang: str, id: str) -> bool:
    """Is this one of the texts that a language may still lack (answers, variants about somebody else), and does it?"""
    about_somebody_else = id.endswith(".other") and not id.startswith("value.")
    return lang not in COMPLETE and (id.startswith("faq.") or about_somebody_else) and not any(forms(lang, id))


# --- the files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", languages())
def test_the_header_names_language_and_review(lang: str) -> None:
    header = dict(po(lang).mime_headers)
    assert header["Language"] == lang
    assert "nplurals" in header["Plural-Forms"]
    raw = (LOCALES / lang / "LC_MESSAGES" / "wegwijzer.po").read_text(encoding="utf-8")
    assert re.search(r'^"X-Reviewed-By: \S.*\\n"$', raw, re.MULTILINE)


@pytest.mark.parametrize("lang", languages())
def test_every_text_has_an_id_and_stands_once(lang: str) -> None:
    raw = (LOCALES / lang / "LC_MESSAGES" / "wegwijzer.po").read_text(encoding="utf-8")
    ids = re.findall(r'^msgctxt "(.*)"$', raw, re.MULTILINE)
    assert len(ids) == len(set(ids)) == len(entries(lang))
    assert [id for id in ids if not re.fullmatch(rf"({'|'.join(KINDS)})(\.[A-Za-z0-9_+]+)+", id)] == []


@pytest.mark.parametrize("lang", OTHERS)
def test_every_language_has_the_same_ids_and_the_same_dutch_source(lang: str) -> None:
    source, other = entries(SOURCE), entries(lang)
    assert set(source) == set(other)
    assert [id for id in source if source[id].id != other[id].id] == []


@pytest.mark.parametrize("lang", languages())
def test_no_text_is_empty_or_has_spaces_around_it(lang: str) -> None:
    every = [(id, form) for id in entries(lang) if not lacking(lang, id) for form in forms(lang, id)]
    assert [id for id, form in every if not form.strip()] == []
    assert [id for id, form in every if form != form.strip()] == []
    assert [id for id, entry in entries(lang).items() if entry.fuzzy] == []


@pytest.mark.parametrize("lang", OTHERS)
def test_every_language_has_the_placeholders_of_the_source(lang: str) -> None:
    said = [id for id in entries(lang) if not lacking(lang, id)]
    assert [id for id in said if placeholders(wording(lang, id)) != placeholders(wording(SOURCE, id))] == []


@pytest.mark.parametrize("lang", languages())
def test_placeholders_are_names_only(lang: str) -> None:
    names = {name for id in entries(lang) for name in placeholders(wording(lang, id))}
    assert [name for name in names if not re.fullmatch(r"[a-z_]+", name)] == []


@pytest.mark.parametrize("lang", OTHERS)
def test_nothing_was_left_in_dutch(lang: str) -> None:
    same = {id for id in entries(lang) if wording(lang, id) == wording(SOURCE, id)}
    assert same <= SAME_AS_SOURCE


def test_the_list_of_texts_that_may_be_the_same_is_not_longer_than_needed() -> None:
    assert {
        id for id in SAME_AS_SOURCE if any(wording(lang, id) == wording(SOURCE, id) for lang in OTHERS)
    } == SAME_AS_SOURCE


@pytest.mark.parametrize("lang", languages())
def test_buttons_are_short_and_lines_are_lines(lang: str) -> None:
    buttons = [id for id in entries(lang) if id.startswith(("button.", "value."))]
    assert [id for id in buttons if len(wording(lang, id)) > LONG_BUTTONS.get(id, BUTTON_CHARACTERS)] == []
    assert [id for id in entries(lang) if id.startswith(ONE_LINE) and "\n" in wording(lang, id)] == []


@pytest.mark.parametrize("lang", languages())
def test_a_text_about_another_person_has_the_placeholders_of_its_own(lang: str) -> None:
    variants = [id for id in entries(lang) if id.endswith(".other") and not id.startswith("value.")]
    variants = [id for id in variants if not lacking(lang, id)]
    own = [id.removesuffix(".other") for id in variants]
    assert len(variants) > 30 or lang not in COMPLETE
    assert [id for id in own if id not in entries(lang)] == []
    differ = [id for id in own if placeholders(wording(lang, id)) != placeholders(wording(lang, f"{id}.other"))]
    assert differ == []


# --- what the code names ----------------------------------------------------------------------------------------------


def ids_in_python() -> Iterator[tuple[str, str]]:
    """(file, id) of every string constant with the form of a text id."""
    for folder in ("actions", "assistant", "wegwijzer"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            in_f_strings: set[int] = set()
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.JoinedStr):
                    in_f_strings |= {id(part) for part in node.values}
            for node in ast.walk(tree):
                if not isinstance(node, ast.Constant) or id(node) in in_f_strings:
                    continue
                if isinstance(node.value, str) and TEXT_ID.fullmatch(node.value):
                    yield str(path.relative_to(ROOT)), node.value


def test_every_id_in_the_code_is_in_the_catalogue() -> None:
    found = list(ids_in_python())
    assert {"say.echo", "say.technical_problem", "verdict.disclaimer"} <= {id for _, id in found}
    assert [(file, id) for file, id in found if not has_text(id)] == []


def test_every_intent_button_of_the_actions_has_a_text() -> None:
    calls = [
        name
        for path in (ROOT / "actions").glob("*.py")
        for name in re.findall(r'intent_button\([\w.]+, "(\w+)"', path.read_text(encoding="utf-8"))
    ]
    assert "start" in calls
    assert [name for name in calls if not has_text(f"button.{name}")] == []


def test_every_id_of_the_page_is_in_the_catalogue() -> None:
    files = [*(ROOT / "web").glob("*.js"), *(ROOT / "web").glob("*.html")]
    found = {id for path in files for id in re.findall(r'"(ui\.[a-z_]+)"', path.read_text(encoding="utf-8"))}
    assert len(found) > 10
    assert {id for id in found if not has_text(id)} == set()


def test_every_response_of_the_domain_is_in_the_catalogue() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert domain["responses"]
    for variations in domain["responses"].values():
        for message in variations:
            assert has_text(message["text"])
            assert all(has_text(button["title"]) for button in message.get("buttons", []))


def test_every_question_on_the_programme_has_an_answer() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    topics = [intent.removeprefix("faq_") for intent in domain["intents"] if intent.startswith("faq_")]
    assert len(topics) >= 18
    assert [topic for topic in topics if not has_text(f"faq.{topic}")] == []


# --- what the engine can say ------------------------------------------------------------------------------------------


def test_every_fact_can_be_asked_named_and_explained() -> None:
    kinds = ("ask.{}", "ask.{}.again", "fact.{}", "why.{}")
    assert [kind.format(fact) for fact in PARSERS for kind in kinds if not has_text(kind.format(fact))] == []


def test_every_value_has_a_name() -> None:
    assert [f"{fact}.{code}" for fact in PARSERS for code in codes(fact) if not has_text(f"value.{fact}.{code}")] == []
    special = [*(item.id for item in ITEMS), "none", "unknown", "no_others"]
    assert [id for id in special if not has_text(f"value.special.{id}")] == []


def test_every_provision_has_a_reason() -> None:
    assert [id for id in provisions() if not has_text(f"reason.{id}")] == []


def open_points() -> set[str]:
    """The ids of all points that the law leaves open, as the law modules name them."""
    found: set[str] = set()
    for module in (brussels, flanders, target_group):
        for value in vars(module).values():
            for item in value if isinstance(value, (tuple, list)) else (value,):
                if isinstance(item, OpenPoint):
                    found.add(item.id)
                elif isinstance(item, Condition):
                    found |= {part.id for part in item.walk() if isinstance(part, OpenPoint)}
    return found


def test_every_open_point_is_explained() -> None:
    assert len(open_points()) > 10
    assert [id for id in sorted(open_points()) if not has_text(f"uncertain.{id}")] == []


def inputs() -> list[tuple[str, dict[str, Any], date]]:
    """The law's cases, and of the public ones each with one fact blanked: people in the middle of an interview."""
    whole = [(case["id"], facts_of(case), date.fromisoformat(case["as_of"])) for case in CASES]
    for case in PUBLIC_CASES:
        as_of = date.fromisoformat(case["as_of"])
        whole.append((case["id"], case["facts"], as_of))
        whole += [
            (
                f"{case['id']} without {fact}",
                {name: case["facts"][name] for name in case["facts"] if name != fact},
                as_of,
            )
            for fact in case["facts"]
        ]
    return whole


def without_texts(value: Any) -> Any:
    """A result without what depends on the language."""
    if isinstance(value, dict):
        return {key: without_texts(item) for key, item in value.items() if key not in ("text", "reason_text")}
    return [without_texts(item) for item in value] if isinstance(value, list) else value


def test_every_verdict_is_said_in_every_language_with_the_same_articles_and_dates() -> None:
    for id, facts, as_of in inputs():
        assessment = assess(Facts.from_json(facts), as_of)
        results = {lang: assessment.to_json(lang) for lang in languages()}
        assert len({json.dumps(without_texts(result), sort_keys=True) for result in results.values()}) == 1, id
        said: dict[str, list[list[str]]] = {}
        for lang, result in results.items():
            said[lang] = [verdict_messages(lang, result, subject) for subject in (SELF, OTHER)]
            for bubbles in said[lang]:
                assert all(bubble.strip() for bubble in bubbles), id
                assert not re.search(r"[{}]|\bNone\b", "\n".join(bubbles)), (id, lang)
        # As many bubbles, and in each as many lines, in every language.
        shapes = {lang: [[bubble.count("\n") for bubble in bubbles] for bubbles in both] for lang, both in said.items()}
        assert len({str(shape) for shape in shapes.values()}) == 1, id
        links = {lang: re.findall(r"https?://[^\s),]+", "\n".join(both[0])) for lang, both in said.items()}
        assert len({str(found) for found in links.values()}) == 1, id


def ask_everything(facts: dict[str, Any], as_of: date) -> Iterator[Question]:
    """The questions of an interview with a person who has these facts."""
    answers = Answers()
    while (question := next_step(answers, as_of).question) is not None:
        yield question
        if question.fact == SPECIAL:
            answers.stated.update(settle_special(question, ()))
        elif question.exact:
            answers.inexact.add(question.fact)
        elif question.fact in facts:
            answers.stated[question.fact] = facts[question.fact]
        else:
            answers.unanswered.add(question.fact)


def test_every_question_and_button_is_said_in_every_language() -> None:
    asked = {}
    for case in PUBLIC_CASES:
        for question in ask_everything(case["facts"], date.fromisoformat(case["as_of"])):
            asked[question.fact, question.answers] = question
    assert len({fact for fact, _ in asked}) > 15
    for lang in languages():
        for question in asked.values():
            for subject in (SELF, OTHER):
                assert question_text(lang, question, subject).strip()
                assert not re.search(r"[{}]", question_text(lang, question, subject, again=True))
            titles = [answer_title(lang, question.fact, answer) for answer in (*question.answers, "unknown")]
            assert len(set(titles)) == len(titles), (lang, question.fact)


def test_a_missing_answer_is_lent_in_english_and_says_so() -> None:
    for lang in languages():
        lacks = [id for id in entries(lang) if id.startswith("faq.") and lacking(lang, id)]
        assert all(text(lang, id) == f"{text(lang, 'say.answer_in_english')}\n\n{text('en', id)}" for id in lacks)
    with pytest.raises(KeyError):
        text("nl", "faq.no_such_topic")


@pytest.mark.parametrize("lang", languages())
def test_a_text_without_its_placeholder_is_an_error_and_not_a_brace(lang: str) -> None:
    with_placeholders = {id: placeholders(wording(lang, id)) for id in catalogue(lang).texts}
    with_placeholders = {id: names for id, names in with_placeholders.items() if names}
    assert with_placeholders
    for id, names in with_placeholders.items():
        assert not re.search(r"[{}]", text(lang, id, **dict.fromkeys(names, "x")))
        with pytest.raises(KeyError):
            text(lang, id, other="x")


# --- numbers, money, and whom a text speaks of ------------------------------------------------------------------------


@pytest.mark.parametrize("lang", languages())
def test_every_plural_form_of_the_language_is_there(lang: str) -> None:
    plurals = {id: forms(lang, id) for id, entry in entries(lang).items() if isinstance(entry.id, (tuple, list))}
    assert {"value.months", "value.age_years"} <= set(plurals)
    assert {len(said) for said in plurals.values()} == {po(lang).num_plurals}
    assert [id for id, said in plurals.items() if any(placeholders(form) - {"n"} for form in said)] == []


@pytest.mark.parametrize(
    ("lang", "one", "more"), [("nl", "1 maand", "3 maanden"), ("en", "1 month", "3 months"), ("fr", "1 mois", "3 mois")]
)
def test_a_number_has_its_form_of_the_word(lang: str, one: str, more: str) -> None:
    assert [value_text(lang, "max_stay_months", months) for months in (1, 3)] == [one, more]


@pytest.mark.parametrize(
    ("lang", "whole", "broken"),
    [("nl", "€ 90", "€ 90,50"), ("en", "€90", "€90.50"), ("fr", "90 €", "90,50 €")],
)
def test_money_is_written_as_the_language_writes_it(lang: str, whole: str, broken: str) -> None:
    assert [re.sub(r"\s", " ", format_euro(lang, amount)) for amount in (90.0, 90.5)] == [whole, broken]


# "You" and "your"; an order such as "Contact the office" is meant for who reads it, and may stay.
ADDRESSED = {
    "nl": r"\b(u|uw|uzelf)\b",
    "en": r"\b(you|your|yours|yourself)\b",
    "fr": r"\b(votre|vos|vous)\b",
}


def test_a_verdict_about_another_person_does_not_say_you() -> None:
    for id, facts, as_of in inputs():
        assessment = assess(Facts.from_json(facts), as_of)
        for lang, pattern in ADDRESSED.items():
            said = verdict_messages(lang, assessment.to_json(lang, OTHER), OTHER)
            found = [line for bubble in said for line in bubble.split("\n") if re.search(pattern, line, re.IGNORECASE)]
            assert found == [], (id, lang)
