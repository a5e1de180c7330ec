"""The interview asks only what can still change the outcome, and nothing is taken as "no" that was not answered."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wegwijzer import Facts, assess
from wegwijzer.interview import ITEM_BY_ID, SPECIAL, Answers, next_step, settle_special

TODAY = date(2026, 11, 23)
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "law" / "public_cases.jsonl").read_text(encoding="utf-8").splitlines()
]
REFUGEE = {
    "municipality": "Gent",
    "age": 34,
    "nationalities": ["SY"],
    "residence_document": "A",
    "stay_reason": "refugee",
    "first_registration": True,
    "registration_date": "2026-05",
}


def ask(stated: dict[str, Any], **more: Any) -> str | None:
    question = next_step(Answers(stated=dict(stated), **more), TODAY).question
    return question.fact if question else None


def test_where_age_and_nationality_come_first() -> None:
    assert ask({}) == "municipality"
    assert ask({"municipality": "Gent"}) == "age"
    assert ask({"municipality": "Gent", "age": 34}) == "nationalities"


def test_an_eu_national_hears_not_obliged_after_three_questions() -> None:
    step = next_step(Answers(stated={"municipality": "Gent", "age": 34, "nationalities": ["NL"]}), TODAY)
    assert step.assessment.duty is False
    assert step.assessment.right is None
    assert step.question is not None
    assert step.question.fact == "registered"


def test_elsewhere_one_question_is_enough() -> None:
    step = next_step(Answers(stated={"municipality": "Namur"}), TODAY)
    assert step.question is None
    assert step.assessment.verdict == "other_region"


def test_the_card_is_asked_before_what_it_tells() -> None:
    assert ask({"municipality": "Gent", "age": 34, "nationalities": ["SY"]}) == "residence_document"
    step = next_step(
        Answers(stated={"municipality": "Gent", "age": 34, "nationalities": ["SY"], "residence_document": "A"}), TODAY
    )
    assert step.implied["registered"].value == "yes"
    assert step.question is not None
    assert step.question.fact == "stay_reason"


def test_what_is_implied_never_overrides_what_is_stated() -> None:
    stated = {"municipality": "Gent", "age": 34, "nationalities": ["SY"], "residence_document": "A", "registered": "no"}
    step = next_step(Answers(stated=stated), TODAY)
    assert step.assessment.right is False
    assert [(item.fact, item.value) for item in step.contradictions] == [("registered", "yes")]


def test_rare_situations_are_asked_together_and_private_ones_last() -> None:
    first = next_step(Answers(stated=REFUGEE), TODAY).question
    assert first is not None
    assert first.fact == SPECIAL
    assert not first.private
    assert {"attest", "diploma", "duty_done"} <= set(first.answers)
    stated = {**REFUGEE, **settle_special(first, [])}
    second = next_step(Answers(stated=stated), TODAY).question
    assert second is not None
    assert second.private
    assert "medical" in second.answers
    done = next_step(Answers(stated={**stated, **settle_special(second, [])}), TODAY)
    assert done.question is None
    assert done.assessment.verdict == "obliged"


def test_a_chosen_situation_gets_its_own_question() -> None:
    assert ask(REFUGEE, chosen=["diploma"]) == "diploma"


def test_what_was_chosen_is_not_settled_as_no() -> None:
    question = next_step(Answers(stated=REFUGEE), TODAY).question
    assert question is not None
    assert "diploma" not in settle_special(question, ["diploma"])
    assert settle_special(question, ["diploma"])["civic_certificate"] == "none"


def test_an_unanswered_situation_leaves_the_result_open() -> None:
    facts = {fact for item in ITEM_BY_ID.values() for fact in item.facts} | {"sponsor_nationalities"}
    step = next_step(Answers(stated=REFUGEE, unanswered=facts | {"sponsor_used_free_movement"}), TODAY)
    assert step.question is None
    assert step.assessment.duty is None
    assert step.assessment.missing_facts


def test_the_year_is_enough_until_the_day_matters() -> None:
    young = {**REFUGEE, "age": 18, "registration_date": "2025"}
    answered = {"civic_certificate": "none", "diploma": "none", "reception_class_months": 0, "family_relation": "none",
                "duty_fulfilled": False, "medical": "none", "minister_of_religion": "none", "school": "none",
                "home_language_dutch": False}  # fmt: skip
    step = next_step(Answers(stated={**young, **answered}), TODAY)
    assert step.question is not None
    assert step.question.fact in ("birth_date", "registration_date")
    assert ask({**REFUGEE, **answered}) is None


def test_a_date_that_cannot_be_said_better_is_not_asked_again() -> None:
    stated = {**REFUGEE, "birth_date": "1961"}
    del stated["age"]
    answered = {"civic_certificate": "none", "diploma": "none", "reception_class_months": 0, "family_relation": "none",
                "duty_fulfilled": False, "medical": "none", "minister_of_religion": "none"}  # fmt: skip
    question = next_step(Answers(stated={**stated, **answered}), TODAY).question
    assert question is not None
    assert (question.fact, question.exact) == ("birth_date", True)
    assert ask({**stated, **answered}, inexact={"birth_date"}) is None


def test_every_question_says_which_provisions_need_it() -> None:
    for stated in ({"municipality": "Gent"}, {"municipality": "Gent", "age": 34}, REFUGEE):
        question = next_step(Answers(stated=dict(stated)), TODAY).question
        assert question is not None
        assert question.why


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_interview_reaches_what_the_facts_say(case: dict[str, Any]) -> None:
    """Answering from a case's facts never ends in another right or duty than the case has, and it does end."""
    as_of = date.fromisoformat(case["as_of"])
    answers = Answers()
    for _ in range(40):
        step = next_step(answers, as_of)
        if step.question is None:
            break
        _answer(answers, step.question, case["facts"], as_of)
    else:
        pytest.fail("the interview does not end")
    for key in ("right", "duty"):
        reached = getattr(step.assessment, key)
        if case["expected"][key] is not None:
            assert reached in (None, case["expected"][key])
    if None not in (case["expected"]["right"], case["expected"]["duty"]):
        assert (step.assessment.right, step.assessment.duty) == (case["expected"]["right"], case["expected"]["duty"])


def _answer(answers: Answers, question: Any, facts: dict[str, Any], as_of: date) -> None:
    fact = question.fact
    if fact == SPECIAL:
        true_items = [
            item.id
            for item in question.items
            if item.id not in answers.chosen
            and item.id != "eu_family"
            and any(facts.get(name, value) != value for name, value in item.facts.items())
        ]
        if true_items:
            answers.chosen = [*answers.chosen, true_items[0]]
        else:
            answers.stated.update(settle_special(question, answers.chosen))
    elif fact == "municipality" and "municipality" not in facts and "region" in facts:
        answers.stated["region"] = facts["region"]
    elif fact == "age" and "birth_date" in facts:
        answers.stated["birth_date"] = facts["birth_date"]
    elif fact in facts and fact not in answers.stated:
        answers.stated[fact] = facts[fact]
    elif question.exact:
        answers.inexact.add(fact)
    else:
        answers.unanswered.add(fact)


def test_implied_facts_agree_with_the_law_that_is_stated() -> None:
    """The interview's implied facts must themselves be facts that the engine takes."""
    from wegwijzer.implications import table

    for implication in table():
        facts = {fact: sorted(values)[0] for fact, values in implication.when.items()}
        if "nationalities" in facts:
            facts["nationalities"] = [facts["nationalities"]]
        assess(Facts.from_json({**facts, **implication.implies}), TODAY)
        assert implication.source
        assert implication.confidence in ("high", "medium")
