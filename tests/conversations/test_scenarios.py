"""Every scenario beside this file, in every language."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conversations import scenario


@pytest.mark.parametrize(("case", "lang"), scenario.load())
def test_scenario(agent: Any, case: dict[str, Any], lang: str) -> None:
    scenario.run(agent, case, lang)
