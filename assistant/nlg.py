"""Response generator: response names become catalogue texts in the language of the conversation."""

from __future__ import annotations

import logging
from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from actions.language import DEFAULT, conversation_language, offered
from wegwijzer.texts import has_text, text

logger = logging.getLogger(__name__)

TECHNICAL_PROBLEM = "say.technical_problem"


class CatalogueGenerator(NaturalLanguageGenerator):
    """Takes every word from ``locales/``; for endpoints.yml: ``nlg: {type: assistant.nlg.CatalogueGenerator}``.

    Which text:
      1. the keyword ``text_id`` of ``dispatcher.utter_message(response=..., text_id=..., params={...})``;
      2. the text id that domain.yml gives as the ``text`` of the response;
      3. ``utter_foo_bar`` -> ``say.foo_bar``.
    Buttons, from the action or from domain.yml: ``{"text_id" | "title", "payload"}``; a title that is a text id is one.
    ``language`` as a keyword overrides the language of the conversation (an action that has just changed it).
    The language of the answer is the ``language`` in the metadata of the bot event.
    """

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        """Rasa's signature; nothing of either is needed (the domain is still empty when Rasa calls this)."""

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        """The message for a response name: ``{"text", "language"[, "buttons"]}``. Never raises, never empty.

        An exception here, or None, would be silence for the person (Rasa drops the message).
        """
        language = DEFAULT
        try:
            language = offered(kwargs.get("language")) or conversation_language(tracker)
            return self._message(utter_action, language, kwargs)
        except Exception as error:
            logger.error("no text for response %s in %s: %s", utter_action, language, type(error).__name__)
            return {"text": _apology(language), "language": language}

    def _message(self, utter_action: str, language: str, kwargs: dict[str, Any]) -> dict[str, Any]:
        variations = (kwargs.get("domain_responses") or {}).get(utter_action) or [{}]
        params = kwargs.get("params") or {}
        text_id = kwargs.get("text_id") or variations[0].get("text")
        if not text_id or not has_text(text_id):
            text_id = kwargs.get("text_id") or f"say.{utter_action.removeprefix('utter_')}"
        message: dict[str, Any] = {"text": text(language, text_id, **params), "language": language}
        # Buttons of an action: Rasa itself adds this very list to the message afterwards, so it is filled in place.
        for button in kwargs.get("buttons") or []:
            _give_title(button, language)
        if buttons := variations[0].get("buttons"):
            message["buttons"] = [_give_title(dict(button), language) for button in buttons]
        return message


def _give_title(button: dict[str, Any], language: str) -> dict[str, Any]:
    text_id = button.pop("text_id", None) or button.get("title")
    params = button.pop("params", None) or {}
    if text_id and has_text(text_id):
        button["title"] = text(language, text_id, **params)
    return button


def _apology(language: str) -> str:
    try:
        return text(language, TECHNICAL_PROBLEM)
    except Exception:
        # The catalogue itself is gone: something must still be said, and no word may come from here.
        return "…"
