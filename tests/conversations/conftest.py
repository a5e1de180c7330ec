"""The day on which every scenario takes place."""

from __future__ import annotations

from datetime import date

import pytest

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks of these tests start on TODAY, so that ages and deadlines stay what the scenarios say."""
    monkeypatch.setattr("actions.state.today", lambda: TODAY)
