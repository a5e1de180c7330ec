"""Fixtures for all tests: models trained once for each content (.cache/), agents in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

from assistant import tensorflow_free

# Before anything of Rasa is imported by a test.
tensorflow_free.install()

from assistant import logs, training

ROOT = Path(__file__).parent.parent
LAB = ROOT / "tests" / "assistant" / "lab"


def load_agent(model: Path, executor: Any) -> Any:
    """An agent with the actions of ``executor`` in this process, the catalogue's texts, and a store in memory."""
    from rasa.core.agent import Agent
    from rasa.core.tracker_store import InMemoryTrackerStore
    from rasa.shared.core.domain import Domain

    from assistant import event_types
    from assistant.inprocess import InProcessActions, check_schema_once
    from assistant.nlg import CatalogueGenerator

    logs.configure()
    check_schema_once()
    event_types.resolve_once()
    return Agent.load(
        model,
        generator=CatalogueGenerator(),
        tracker_store=InMemoryTrackerStore(Domain.empty()),
        action_endpoint=InProcessActions(executor),
    )


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of the real assistant."""
    logs.configure()
    return training.ensure_model(ROOT, ROOT / ".cache" / "models")


@pytest.fixture(scope="session")
def agent(model: Path) -> Any:
    """The real assistant in this process."""
    from assistant.inprocess import executor_of

    return load_agent(model, executor_of("actions"))


@pytest.fixture(scope="session")
def lab_model() -> Path:
    """The model of the lab assistant."""
    logs.configure()
    return training.ensure_model(LAB, ROOT / ".cache" / "lab-models")


@pytest.fixture(scope="session")
def lab_agent(lab_model: Path) -> Any:
    """The lab assistant in this process."""
    from rasa_sdk.executor import ActionExecutor

    from actions import guard
    from tests.assistant.lab import actions as lab

    guard.install()
    executor = ActionExecutor()
    for action in (lab.ValidateForm, lab.Assess, lab.AnswerQuestion, lab.DeleteData):
        executor.register_action(action)
    return load_agent(lab_model, executor)


@pytest.fixture
def faults() -> Iterator[dict[str, Exception]]:
    """Name of an action of the lab -> the exception that it raises, in this test."""
    from tests.assistant.lab import actions as lab

    yield lab.FAULTS
    lab.FAULTS.clear()
