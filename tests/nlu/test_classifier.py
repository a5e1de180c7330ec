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


def learn(*said: tuple[str, str]) -> Model:
    """A model of the given messages and intents, and of `TEXTS`."""
    texts, intents = zip(*said, strict=True)
    return Model.train([Sample(text, ("#1",)) for text in (*texts, *TEXTS)], [*intents, *INTENTS])


def test_a_short_message_that_was_learnt_means_what_it_meant() -> None:
    no = [(f"no thank you {word}", "deny") for word in ("sir", "miss", "please", "now", "friend")]
    model = learn(("thank you", "thank"), *no)
    assert model.ranking(Sample("Thank you!", ()))[0][0] == "thank"
    assert model.ranking(Sample("Thank you!", ()))[0][1] >= 0.8
    assert model.ranking(Sample("no thank you my dear", ()))[0][0] == "deny"


def test_what_was_learnt_with_two_meanings_or_with_figures_is_known_for_none() -> None:
    model = learn(
        ("Dutch", "inform"), ("dutch", "change_language"), ("what is it?", "faq_what_is"), ("34 years", "inform")
    )
    assert {"what is it", "what is it ?", "syrian"} <= set(model.known)
    assert model.ranking(Sample("<script>alert(34)</script>", ("#1",))) == []
    assert not {"dutch", "34 years", "34"} & set(model.known)
