"""The interview in a terminal: the engine is usable without Rasa (``python -m wegwijzer interview``).

An answer is the number of a choice, or the value itself as contract section 2 has it (a list with commas).
"""

from __future__ import annotations

from datetime import date
from typing import Any, TextIO

from wegwijzer.facts import FactError, check
from wegwijzer.interview import DECLINED, NO_ANSWER, SPECIAL, UNKNOWN, Answers, Question, next_step, settle_special
from wegwijzer.texts import SELF, text
from wegwijzer.wording import answer_title, facts_text, question_text, verdict_messages

_LISTS = ("nationalities", "sponsor_nationalities")
_NUMBERS = ("age", "reception_class_months", "permit_months", "max_stay_months")


def run(lang: str, as_of: date, source: TextIO, out: TextIO) -> int:
    """Ask until the result is firm or nothing is left to ask; exit code 0, or 1 when the input ends before that."""
    answers = Answers()
    while True:
        step = next_step(answers, as_of)
        if step.question is None:
            print("\n\n".join(verdict_messages(lang, step.assessment.to_json(lang), SELF)), file=out)
            return 0
        choices = _choices(step.question)
        print(question_text(lang, step.question, SELF), file=out)
        for number, choice in enumerate(choices, 1):
            print(f"  {number}. {answer_title(lang, step.question.fact, choice)}", file=out)
        print("> ", end="", file=out, flush=True)
        line = source.readline()
        if not line:
            print(file=out)
            return 1
        try:
            _take(answers, step.question, choices, line.strip())
            next_step(answers, as_of)
        except FactError as error:
            answers.stated.pop(step.question.fact, None)
            print(f"{text(lang, 'say.not_understood_fact')} ({error})", file=out)
            continue
        if step.question.fact in answers.stated:
            what = facts_text(lang, {step.question.fact: answers.stated[step.question.fact]})
            print(text(lang, "say.echo", what=what), file=out)


def _choices(question: Question) -> tuple[str, ...]:
    if question.fact == SPECIAL:
        return (*question.answers, "none", UNKNOWN)
    return (*question.answers, UNKNOWN, DECLINED)


def _take(answers: Answers, question: Question, choices: tuple[str, ...], line: str) -> None:
    fact = question.fact
    numeric = fact in _NUMBERS and not question.answers
    if line.isascii() and line.isdigit() and not numeric and 1 <= int(line) <= len(choices):
        line = choices[int(line) - 1]
    if fact == SPECIAL:
        if line in ("none", UNKNOWN):
            settled = settle_special(question, answers.chosen)
            if line == UNKNOWN:
                answers.unanswered.update(settled)
            else:
                answers.stated.update(settled)
        elif line in question.answers:
            answers.chosen = [*answers.chosen, line]
        else:
            raise FactError(fact, f"it takes {', '.join(choices)}")
        return
    if line in NO_ANSWER:
        (answers.inexact if question.exact else answers.unanswered).add(fact)
        return
    value = _value(fact, line)
    check(fact, value)
    if question.exact and value == answers.stated[fact]:
        answers.inexact.add(fact)
    answers.stated[fact] = value


def _value(fact: str, line: str) -> Any:
    if line in ("true", "false"):
        return line == "true"
    if fact in _LISTS:
        return [part.strip() for part in line.split(",")]
    if fact in _NUMBERS and line.isascii() and line.isdigit():
        return int(line)
    return line
