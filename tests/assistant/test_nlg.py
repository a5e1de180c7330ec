"""Response names become texts; whatever goes wrong, something is said."""

from __future__ import annotations

import pytest
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import read_endpoint_config

from assistant import nlg
from assistant.nlg import CatalogueGenerator
from tests.conftest import ROOT
from tests.support import wait_for
from wegwijzer.texts import text


def generate(name, spoken="en", /, **kwargs):
    tracker = DialogueStateTracker.from_events("x", [UserUttered("x", metadata={"language": spoken})], [])
    return wait_for(CatalogueGenerator().generate(name, tracker, "web", **kwargs))


def test_endpoints_yml_names_this_generator():
    config = read_endpoint_config(str(ROOT / "endpoints.yml"), "nlg")
    assert isinstance(NaturalLanguageGenerator.create(config, None), CatalogueGenerator)


def test_name_of_the_response_gives_the_text():
    assert generate("utter_goodbye", "fr") == {"text": text("fr", "say.goodbye"), "language": "fr"}


def test_text_id_and_parameters_of_an_action():
    assert generate("utter_any", text_id="say.echo", params={"what": "X"})["text"] == text("en", "say.echo", what="X")


def test_text_id_in_the_domain():
    responses = {"utter_x": [{"text": "say.goodbye", "buttons": [{"title": "button.yes", "payload": "/affirm"}]}]}
    message = generate("utter_x", domain_responses=responses)
    assert message["text"] == text("en", "say.goodbye")
    assert message["buttons"] == [{"title": text("en", "button.yes"), "payload": "/affirm"}]
    assert responses["utter_x"][0]["buttons"][0]["title"] == "button.yes"


def test_buttons_of_an_action_get_their_titles_in_place():
    buttons = [{"text_id": "button.yes", "payload": "/affirm"}, {"title": "9000 Gent", "payload": "/x"}]
    assert "buttons" not in generate("utter_goodbye", buttons=buttons)
    assert buttons == [
        {"title": text("en", "button.yes"), "payload": "/affirm"},
        {"title": "9000 Gent", "payload": "/x"},
    ]


def test_language_that_an_action_names_wins():
    assert generate("utter_goodbye", "fr", language="en")["language"] == "en"


@pytest.mark.parametrize("kwargs", [{}, {"text_id": "no.such_text"}, {"buttons": [{"text_id": 7}], "params": 3}])
def test_an_unknown_text_becomes_an_apology_in_the_language(kwargs):
    assert generate("utter_no_such_text", "fr", **kwargs) == {
        "text": text("fr", "say.technical_problem"),
        "language": "fr",
    }


def test_without_any_catalogue_something_is_said(monkeypatch):
    def broken(*_args, **_params):
        raise OSError

    monkeypatch.setattr(nlg, "text", broken)
    assert generate("utter_goodbye")["text"]
