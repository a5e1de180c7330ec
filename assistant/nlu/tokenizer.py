"""The tokenizer: a blank spaCy pipeline, so that no model has to be downloaded and every script is split alike."""

from __future__ import annotations

import re
from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language
from spacy.tokenizer import Tokenizer as SpacyTokenizer

#: Cards whose name ends in a plus sign stay one token.
_WHOLE = re.compile(r"\b(?:e|f|eu)\+", re.IGNORECASE)


def blank_pipeline(code: str) -> Language:
    """A blank spaCy pipeline; `code` is spaCy's language code, `xx` for one that spaCy lacks."""
    nlp = spacy.blank(code)
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, SpacyTokenizer)
    tokenizer.token_match = _WHOLE.fullmatch
    return nlp


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyBlankTokenizer(Tokenizer):
    """Splits a message with spaCy's rules; "E+" and "F+" stay whole, an empty message gives no tokens."""

    @staticmethod
    def required_packages() -> list[str]:
        """Packages beyond Rasa's own that this component imports."""
        return ["spacy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`code`: the spaCy language of the blank pipeline; `training`: whether training messages get tokens too, for
        components that learn from them; the rest is Rasa's.
        """
        return {
            "code": "xx",
            "training": True,
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    def __init__(self, config: dict[str, Any]) -> None:
        """Build the pipeline of the configured language."""
        super().__init__(config)
        self._nlp = blank_pipeline(config["code"])

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add tokens to the training messages, unless nobody learns from them."""
        return super().process_training_data(training_data) if self._config["training"] else training_data

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute of the message."""
        text = message.get(attribute)
        tokens = [Token(token.text, token.idx) for token in self._nlp.make_doc(text) if not token.is_space]
        return self._apply_token_pattern(tokens)
