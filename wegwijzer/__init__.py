"""Wegwijzer's knowledge: the law of civic integration in Flanders and Brussels, the interview, the texts.

>>> from datetime import date
>>> from wegwijzer import Facts, assess
>>> facts = Facts.from_json({"municipality": "Gent", "nationalities": ["NL"]})
>>> assess(facts, date(2026, 11, 23)).duty
False
"""

from wegwijzer.assessment import Assessment, assess
from wegwijzer.facts import FactError, Facts

__all__ = ["Assessment", "FactError", "Facts", "assess"]
