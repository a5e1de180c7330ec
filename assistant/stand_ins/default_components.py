"""Stands in for rasa.engine.recipes.default_components: the components of Rasa that run without TensorFlow.

Importing a component registers its short name for config.yml. Our own components are named there by module path.
"""

from __future__ import annotations

from rasa.core.policies.memoization import AugmentedMemoizationPolicy, MemoizationPolicy
from rasa.core.policies.rule_policy import RulePolicy
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
from rasa.nlu.classifiers.keyword_intent_classifier import KeywordIntentClassifier
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.nlu.extractors.entity_synonyms import EntitySynonymMapper
from rasa.nlu.extractors.regex_entity_extractor import RegexEntityExtractor
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.nlu.featurizers.sparse_featurizer.lexical_syntactic_featurizer import LexicalSyntacticFeaturizer
from rasa.nlu.featurizers.sparse_featurizer.regex_featurizer import RegexFeaturizer
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer

DEFAULT_COMPONENTS = [
    AugmentedMemoizationPolicy,
    CountVectorsFeaturizer,
    EntitySynonymMapper,
    FallbackClassifier,
    KeywordIntentClassifier,
    LexicalSyntacticFeaturizer,
    LogisticRegressionClassifier,
    MemoizationPolicy,
    RegexEntityExtractor,
    RegexFeaturizer,
    RulePolicy,
    WhitespaceTokenizer,
]
