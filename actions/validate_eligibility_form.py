"""The interview behind the form: reads the message, keeps the answers, asks the engine's next question."""

from __future__ import annotations

import json
import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions import reading
from actions.constants import (
    AFFIRM,
    ASSESSMENT,
    CLEAR_INTENT,
    COMPLETE,
    DENY,
    DIGRESSIONS,
    FORM,
    GO_BACK,
    LANGUAGE,
    OUT_OF_SCOPE,
    POLITE,
    START,
    SUBJECT,
    SURE,
)
from actions.reading import Said
from actions.speak import Button, Speaker, answer_button, correct_button, intent_button, payload
from actions.state import State
from wegwijzer.facts import PARSERS, FactError
from wegwijzer.interview import DECLINED, NO_ANSWER, SPECIAL, UNKNOWN, Question, Step, settle_special
from wegwijzer.places import municipality
from wegwijzer.reading.answers import Reading
from wegwijzer.reading.subject import asks, speaks_of
from wegwijzer.texts import OTHER, SELF, text
from wegwijzer.wording import facts_text, question_text, value_text

logger = logging.getLogger(__name__)


class ValidateEligibilityForm(Action):
    """Runs on every message while the form is active, and again after a digression, only to ask once more."""

    def name(self) -> str:
        return f"validate_{FORM}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return Turn(dispatcher, tracker).run()


# What people say of nobody but themselves or the one they ask for: "I am 40" is no question, whatever it resembles.
_OF_ONESELF = ("age", "birth_date", "nationalities", "birth_country")


class Turn:
    """One run of the form."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self.tracker = tracker
        self.speaker = Speaker(dispatcher, tracker)
        self.lang = self.speaker.lang
        self.state = State(tracker)
        self.said = Said.of(tracker)
        # What is written in another language is read in that one; the answers stay in the conversation's.
        self.reads = self.said.language or self.lang
        # Rasa puts the form's own run behind the message; any other action means that the form only comes back.
        since = _since_message(tracker)
        self.fresh = sum(event.get("event") == "action" for event in since) <= 1
        self.starts = any(event.get("event") == "active_loop" for event in since)
        self.again = False
        self.events: list[EventType] = []
        self.choices: list[Button] | None = None  # asked back instead of the next question

    def run(self) -> list[EventType]:
        """Read, keep, ask; the events end with the fact that is asked now (None when the check is complete)."""
        if self.fresh:
            if self.starts:
                self._start()
            else:
                self._answer()
        elif self.state.check.pending:
            self._confirm(self.state.check.pending)  # what was asked back before the digression
        step = self._step()
        self.events = [*self.state.events(), SlotSet(LANGUAGE, self.lang), SlotSet(SUBJECT, self.speaker.subject)]
        if self.choices is not None:
            self.speaker.say(self.choices)
            return [*self.events, *self._asking(self.state.asked or _fact_of(step) or self._last_answered())]
        if step.question is None:
            self.speaker.say()
            return [*self.events, SlotSet(COMPLETE, True), SlotSet("requested_slot", None)]
        self._ask(step, step.question)
        return [*self.state.events(), *self.events[-2:], *self._asking(step.question.fact)]

    def _last_answered(self) -> str:
        """After a verdict nothing is asked; the form then waits at the newest answer."""
        return next((facts[-1] for facts in reversed(self.state.check.history) if facts), "municipality")

    def _asking(self, fact: str | None) -> list[EventType]:
        return [SlotSet(COMPLETE, False), SlotSet(ASSESSMENT, None), SlotSet("requested_slot", fact)]

    def _step(self) -> Step:
        """The engine's view of the answers; an answer that cannot be true beside the others is taken back."""
        try:
            return self.state.step()
        except FactError as error:
            logger.info("answers contradict each other: %s", error.fact)
            self.speaker.bubbles = []
            last = self.state.check.history[-1] if self.state.check.history else [error.fact]
            self.state.go_back()
            impossible = {"birth_date", "registration_date", "first_registration_date", "lawful_stay_since"}
            self.speaker.add("say.date_impossible" if impossible & set(last) else "say.not_understood_fact")
            self.again = True
            return self.state.step()

    # --- the start ---------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        """The form begins: anew with "start", where it was with a correction or "back"."""
        said = self.said
        if said.intent == GO_BACK and self.state.started:
            self.state.go_back()
            return
        if said.corrects and self.state.started:
            self._correct()
            return
        if said.intent == START:
            self.state.restart()
            self.speaker.subject = SELF
        elif self.tracker.get_slot(COMPLETE) and self.state.started:
            self._correct()  # after a verdict, new facts change it
            return
        self._subject()
        if not said.is_button:
            found = reading.stated(said, self.reads, self.state.as_of)
            # A postal code alone states nothing in the middle of a check, but at the start it is the first answer.
            if not found and said.is_number:
                found = reading.readings(said, "municipality", self.reads, self.state.as_of)
            self._take_stated(found)

    def _subject(self) -> None:
        subject = None if self.said.is_button else speaks_of(self.said.text, self.reads)
        if subject == OTHER and self.speaker.subject != OTHER:
            self.speaker.subject = OTHER
            self.speaker.add("say.for_other")
        elif subject == SELF and self.speaker.subject == OTHER and not self.starts:
            self.speaker.subject = SELF
            self.speaker.add("say.for_self")

    # --- an answer ---------------------------------------------------------------------------------------------------

    def _answer(self) -> None:
        said, asked = self.said, self.state.asked
        if said.is_button:
            self._button()
            return
        if self.state.check.pending and self._confirmed():
            return
        fact = asked or _fact_of(self.state.step())
        if fact is None:
            return
        before = 0
        for shown, offered in self.state.check.offered.items():
            picked = reading.numbered(said, shown, offered, before) or reading.titled(said, shown, offered, self.lang)
            if picked is not None:
                self._take_button(shown, picked)
                return
            before += len(offered)
        own = self.speaker.subject == SELF
        found = reading.readings(said, fact, self.reads, self.state.as_of, own)
        if said.near:  # names may be understood in a language that is not ours, words only resemble some
            found = [item for item in found if item.confidence >= SURE]
        questions = said.is_question and said.confidence >= CLEAR_INTENT and not said.is_number
        # "I am a refugee" answers, though most who speak of refugees ask something about them.
        stated = found[:1] + [item for item in self._stated_otherwise(fact) if item.fact in _OF_ONESELF]
        plainly = any(item.confidence >= SURE for item in stated) and not asks(said.text, self.reads)
        if questions and not plainly and not _mostly_answers(found, said):
            raise ActionExecutionRejection(f"validate_{FORM}")
        corrects = said.corrects and said.confidence >= CLEAR_INTENT
        changed = [item for item in self._stated_otherwise(fact) if self.state.slots[item.fact] is not None]
        if changed and (corrects or (found and _only_no(found[0], said))):
            self._take_stated(changed)
            return
        if found and found[0].confidence >= SURE:
            self._take_readings(fact, found)
            return
        if corrects:
            self._correct()
            return
        if said.intent == GO_BACK and said.confidence >= CLEAR_INTENT:
            self._back()
            return
        # One word that is about nothing here is meant as an answer.
        tried = said.intent == OUT_OF_SCOPE and len(said.text.split()) == 1 and not asks(said.text, self.reads)
        if said.intent in DIGRESSIONS and said.confidence >= CLEAR_INTENT and not said.is_number and not tried:
            raise ActionExecutionRejection(f"validate_{FORM}")
        if found:
            self._take_readings(fact, found)
            return
        others = [item for item in reading.stated(said, self.reads, self.state.as_of) if item.fact != fact]
        if others:
            self._take_stated(others)
            return
        self._subject()
        polite = said.intent in POLITE and said.confidence >= CLEAR_INTENT
        if not self.speaker.bubbles and not polite:
            self._not_understood(fact)

    def _back(self) -> None:
        if not self.state.go_back():
            self.speaker.add("say.go_back_first")

    def _not_understood(self, fact: str) -> None:
        self.state.check.misses += 1
        self.again = True
        self.speaker.add("say.place_unknown" if fact == "municipality" else "say.not_understood_fact")

    def _button(self) -> None:
        said = self.said
        if said.intent in (AFFIRM, DENY) and self.state.check.pending:
            self._confirmed()
            return
        if said.intent == GO_BACK:
            self._back()
            return
        if said.corrects:
            self._correct()
            return
        if said.is_question or said.intent in DIGRESSIONS:
            raise ActionExecutionRejection(f"validate_{FORM}")
        answer = said.button_answer()
        if answer is None or answer[1] not in self.state.check.offered.get(answer[0], []):
            return  # not a button of this question: ask again
        self._take_button(*answer)

    def _take_button(self, fact: str, answer: str) -> None:
        if fact == SPECIAL:
            self._take_special([answer])
            return
        try:
            value = reading.value_of(fact, answer)
        except FactError:
            return
        self._keep({fact: value}, echo=False)

    # --- keeping -----------------------------------------------------------------------------------------------------

    def _keep(self, facts: dict[str, Any], echo: bool = True) -> None:
        """Take sure answers and tell what was understood."""
        self.state.check.pending = {}
        changed = {fact for fact, value in facts.items() if self.state.slots[fact] not in (None, value)}
        self.state.set(facts)
        values = {fact: value for fact, value in facts.items() if not _no_answer(value)}
        if values and echo:
            id = "say.corrected" if changed else "say.echo"
            self.speaker.add(id, what=facts_text(self.lang, values, self.speaker.subject))
        elif not values:
            declined = DECLINED in facts.values()
            self.speaker.add("say.declined_ok" if declined else "say.unknown_ok")

    def _take_readings(self, fact: str, found: list[Reading]) -> None:
        """The answer to the asked fact, and what else the message states."""
        first = found[0]
        # "Brussels" is a city and a region.
        places = ("municipality", "region")
        same = [item for item in found if item.fact == first.fact or (item.fact in places and first.fact in places)]
        if first.fact == SPECIAL:
            self._take_special(first.value if isinstance(first.value, list) else [first.value])
            return
        if len({repr(item.value) for item in same}) > 1:
            self._ask_which(same)
            return
        if first.confidence < SURE:
            self._confirm({first.fact: first.value})
            return
        facts = {first.fact: first.value}
        if not _no_answer(first.value):
            for item in reading.stated(self.said, self.reads, self.state.as_of):
                new = item.fact not in facts and self.state.slots[item.fact] is None
                if new and item.confidence >= SURE and not _overlap(item, first):
                    facts[item.fact] = item.value
        self._keep(facts)

    def _take_stated(self, found: list[Reading]) -> None:
        """Facts that were not asked: sure ones count, likely ones are asked back, several to choose from."""
        by_fact: dict[str, list[Reading]] = {}
        for item in found:
            if item.value != self.state.slots[item.fact]:
                by_fact.setdefault(item.fact, []).append(item)
        single = {fact: items[0] for fact, items in by_fact.items() if len({repr(item.value) for item in items}) == 1}
        sure = {fact: item.value for fact, item in single.items() if item.confidence >= SURE}
        likely = {fact: item.value for fact, item in single.items() if item.confidence < SURE}
        if sure:
            self._keep(sure)
        several = [items for fact, items in by_fact.items() if fact not in single]
        if likely:
            self._confirm(likely)
        elif several:
            self._ask_which(several[0])

    def _take_special(self, chosen: list[str]) -> None:
        question = self.state.step().question
        if question is None or question.fact != SPECIAL:
            return
        have = [item for item in self.state.slots[SPECIAL] or [] if item not in ("none", UNKNOWN)]
        items = [item for item in chosen if item in question.answers and item not in have]
        if items:
            self.state.set({SPECIAL: [*have, *items]})
            self.speaker.add("say.echo", what=value_text(self.lang, SPECIAL, items))
            return
        settled = settle_special(question, have)
        if "none" in chosen:
            self.state.set({SPECIAL: [*have, "none"], **settled})
        elif UNKNOWN in chosen or DECLINED in chosen:
            self.state.set({SPECIAL: [*have, UNKNOWN], **dict.fromkeys(settled, UNKNOWN)})
            self.speaker.add("say.unknown_ok")
        else:
            self._not_understood(SPECIAL)

    # --- asking back -------------------------------------------------------------------------------------------------

    def _confirm(self, facts: dict[str, Any]) -> None:
        """ "I understood ..., is that right?": not used before a yes."""
        self.state.check.pending = facts
        self.speaker.add("say.confirm", what=facts_text(self.lang, facts, self.speaker.subject))
        self.choices = [
            {"title": text(self.lang, "button.yes"), "payload": payload(AFFIRM)},
            {"title": text(self.lang, "button.no"), "payload": payload(DENY)},
        ]

    def _confirmed(self) -> bool:
        """Does the message answer "is that right?"; otherwise it is read as a new answer."""
        pending = self.state.check.pending
        reply = self.said.intent
        if not self.said.is_button:
            picked = reading.numbered(self.said, "", [AFFIRM, DENY])
            plain = reading.readings(self.said, "first_registration", self.reads, self.state.as_of)
            value = plain[0].value if plain and len(self.said.text.split()) <= 4 else None
            reply = picked or (AFFIRM if value is True else DENY if value is False else "")
        self.state.check.pending = {}
        if reply == AFFIRM:
            self._keep(pending)
            return True
        if reply == DENY:
            if self._answers_otherwise(pending):
                return False
            self.again = True
            return True
        return False

    def _answers_otherwise(self, pending: dict[str, Any]) -> bool:
        """Does "no, ..." say something else than what was asked back?"""
        if self.said.is_button:
            return False
        found = reading.stated(self.said, self.reads, self.state.as_of)
        for fact in pending:
            found += [
                item for item in reading.readings(self.said, fact, self.reads, self.state.as_of) if item.fact == fact
            ]
        return any(item.value != pending.get(item.fact) for item in found)

    def _ask_which(self, found: list[Reading]) -> None:
        """Several meanings: the person chooses."""
        offered: dict[str, list[Any]] = {}
        for item in found[:8]:
            values = offered.setdefault(item.fact, [])
            if item.value not in values:
                values.append(item.value)
        if "municipality" in offered:
            self.speaker.add("say.place_ambiguous", name=found[0].text)
        else:
            self.speaker.add("say.did_you_mean")
        self.choices = [_which_button(self.lang, fact, value) for fact, values in offered.items() for value in values]
        self.state.check.offered = {fact: [_plain(value) for value in values] for fact, values in offered.items()}

    # --- correcting --------------------------------------------------------------------------------------------------

    def _correct(self) -> None:
        """Change an answer: the one the button names, those the words state, else ask which."""
        named = self.said.entity("fact")
        if named in PARSERS:
            self.state.clear(named)
            self.state.check.offered = {}
            return
        if not self.said.is_button and self._corrects_other(""):
            return
        known = self.state.told_facts()
        if not known:
            return
        self.speaker.add("say.correct_which")
        self.choices = [correct_button(self.lang, fact, value) for fact, value in known.items()]

    def _corrects_other(self, asked: str) -> bool:
        """Does the message state another value for a fact that was not asked just now?"""
        changed = self._stated_otherwise(asked)
        if changed:
            self._take_stated(changed)
        return bool(changed)

    def _stated_otherwise(self, asked: str) -> list[Reading]:
        """What the message states that was not asked just now and is not known yet, or otherwise."""
        found = [item for item in reading.stated(self.said, self.reads, self.state.as_of) if item.fact != asked]
        return [item for item in found if self.state.slots[item.fact] != item.value]

    # --- the next question -------------------------------------------------------------------------------------------

    def _ask(self, step: Step, question: Question) -> None:
        check = self.state.check
        languages = self._other_language()
        self._tell_implied(step)
        if step.contradictions and self._ask_contradiction(step):
            return
        result = step.assessment
        if result.duty is False and result.right is None and "not_obliged" not in check.told:
            check.told.append("not_obliged")
            self.speaker.add("say.not_obliged_yet")
        if question.fact == SPECIAL:
            have = [item for item in self.state.slots[SPECIAL] or [] if item not in ("none", UNKNOWN)]
            offered = [*question.answers, "none", UNKNOWN]
            titles = {"none": "no_others"} if have else {}
            buttons = [
                {
                    "title": text(self.lang, f"value.special.{titles.get(answer, answer)}"),
                    "payload": payload("inform", fact=SPECIAL, answer=answer),
                }
                for answer in offered
            ]
        else:
            offered = [*question.answers, UNKNOWN]
            buttons = [answer_button(self.lang, question.fact, answer) for answer in offered]
        check.offered = {question.fact: offered}
        self.speaker.add_text(question_text(self.lang, question, self.speaker.subject, self.again))
        if check.misses >= _TRIES:
            buttons.append(intent_button(self.lang, "person", "human_handoff"))
        self.speaker.say([*buttons, *languages])

    def _other_language(self) -> list[Button]:
        """A button for the language that the person writes in, offered once: what is heard proposes, never decides.

        For a language that is not ours: the choice of one, said in those near it.
        """
        if self.fresh and self.said.near and _CHOICE not in self.state.check.told:
            self.state.check.told.append(_CHOICE)
            return self.speaker.add_language_choice(self.said.near)
        code = self.said.language if self.fresh and not self.said.is_button else None
        if code is None or code == self.lang or f"language.{code}" in self.state.check.told:
            return []
        self.state.check.told.append(f"language.{code}")
        return [{"title": text(code, "say.language_offer"), "payload": payload("change_language", language=code)}]

    def _tell_implied(self, step: Step) -> None:
        """What follows from an answer is shown once, so that it can be corrected."""
        for implied in step.implied.values():
            key = f"{implied.fact}={implied.value}"
            stated = [fact for fact in implied.because if self.state.slots[fact] is not None]
            if key in self.state.check.told or implied.fact not in _TELL or not stated:
                continue
            self.state.check.told.append(key)
            because = {fact: self.state.slots[fact] for fact in stated}
            self.speaker.add(
                "say.implied",
                because=facts_text(self.lang, because, self.speaker.subject),
                what=facts_text(self.lang, {implied.fact: implied.value}, self.speaker.subject),
            )

    def _ask_contradiction(self, step: Step) -> bool:
        """Two answers that do not go together are asked back once; then what was said stands."""
        for implied in step.contradictions:
            key = f"contradiction.{implied.implication.id}.{implied.fact}"
            if key in self.state.check.told:
                continue
            self.state.check.told.append(key)
            stated = self.state.slots[implied.fact]
            because = {fact: self.state.slots[fact] for fact in implied.because if self.state.slots[fact] is not None}
            self.speaker.add(
                "say.contradiction",
                stated=facts_text(self.lang, {implied.fact: stated}, self.speaker.subject),
                because=facts_text(self.lang, because, self.speaker.subject),
                implied=value_text(self.lang, implied.fact, implied.value),
            )
            keep, change = _plain(stated), _plain(implied.value)
            self.state.check.offered = {implied.fact: [keep, change]}
            self.speaker.say(
                [
                    _which_button(self.lang, implied.fact, stated),
                    _which_button(self.lang, implied.fact, implied.value),
                    *(correct_button(self.lang, fact, value) for fact, value in because.items()),
                ]
            )
            return True
        return False


def _since_message(tracker: Tracker) -> list[dict[str, Any]]:
    """The events since the newest message of the person."""
    found: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        found.append(event)
    return found


# The choice of a language was offered.
_CHOICE = "language.choice"
# After so many answers that were not understood a person is offered beside the question.
_TRIES = 2
# Implied facts worth telling; the length of a permit only fills in what a card says anyway.
_TELL = frozenset({"registered", "stay_reason"})


def _fact_of(step: Step) -> str | None:
    return step.question.fact if step.question else None


def _no_answer(value: Any) -> bool:
    return isinstance(value, str) and value in NO_ANSWER


def _only_no(found: Reading, said: Said) -> bool:
    """Is the reading the "no" of a longer message ("no, I live in Antwerp")?"""
    no = found.value in ("no", "none") or found.value is False or found.value == 0
    return no and len(found.text) < len(said.text.strip()) / 2


def _overlap(first: Reading, second: Reading) -> bool:
    return first.start < second.end and second.start < first.end


def _mostly_answers(found: list[Reading], said: Said) -> bool:
    """Is a message that sounds like a question (same words) an answer: no question mark, and little beside it?"""
    if not found or "?" in said.text or "؟" in said.text:
        return False
    share = (found[0].end - found[0].start) / len(said.text.strip())
    return share >= 0.8 or (found[0].confidence >= SURE and (share >= 0.5 or len(said.text.split()) < 4))


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _which_button(lang: str, fact: str, value: Any) -> Button:
    title = value_text(lang, fact, value)
    if fact == "municipality":
        place = municipality(value)
        title = f"{title} ({', '.join(part for part in (place.province, place.postal_codes[0]) if part)})"
    return {"title": title, "payload": payload("inform", fact=fact, answer=_plain(value))}
