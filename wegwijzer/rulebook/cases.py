"""A file of facts as a case for tests/law: readable, and without anything that tells who the person is."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from ruamel.yaml import YAML

from wegwijzer.assessment import assess
from wegwijzer.facts import FactError, Facts
from wegwijzer.places import municipality


def as_case(data: Any, as_of: date) -> str:
    """YAML of one case with the engine's own result as what is expected; a lawyer checks it, titles and signs it.

    The municipality becomes its region: the law asks no more, and a small town could tell who it is.

    Raises:
        FactError: bad facts.
    """
    if not isinstance(data, Mapping):
        raise FactError("facts", "the input is not a JSON object of facts")
    facts = dict(data)
    Facts.from_json(facts)  # names what is wrong before anything is taken out
    if "municipality" in facts:
        facts["region"] = municipality(facts.pop("municipality")).region
    result = assess(Facts.from_json(facts), as_of).to_json()
    case = {
        "title": "",
        "id": "",
        "as_of": as_of.isoformat(),
        "facts": facts,
        "expect": {key: result[key] for key in ("right", "duty", "exemption", "regime", "verdict")},
        "why": "; ".join(
            f"{reason['provision']['act']} art. {reason['provision']['article']}"
            for reason in result["reasons"]
            if reason["holds"] is not None
        ),
        "source": "",
        "confidence": "medium",
        "signed_by": None,
    }
    out = io.StringIO()
    yaml = YAML()
    yaml.width = 100  # type: ignore[assignment]
    yaml.dump([case], out)
    return out.getvalue()
