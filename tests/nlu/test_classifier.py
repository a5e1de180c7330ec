"""What the classifier adds to what it learnt."""

from __future__ import annotations

from assistant.nlu.classifier import Model, Sample

TEXTS = ("34", "Syrian", "Ghent", "what is it", "what does it cost", "who must go")
INTENTS = ("inform", "inform", "inform", "faq_what_is", "faq_cost", "faq_who_must")


def chance(model: Model, *cues: str) -> float:
    """The chance of `inform` for words that were never learnt, with cues that were never learnt either."""
    return float(model.probabilities(Sample("subsidiary protection", cues))[model.intents.index("inform")])


def test_what_states_a_fact_and_asks_nothing_is_likelier_an_answer() -> None:
    model = Model.train([Sample(text, ("#1",)) for text in TEXTS], INTENTS)
    stated = chance(model, "tells", "=stay_reason")
    assert stated > chance(model, "tells")
    assert stated > chance(model, "asks", "=stay_reason")
    assert chance(model, "tells", "=stay_reason", "in general") == chance(model)
