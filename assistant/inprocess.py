"""Custom actions in Rasa's own process: no second server, no HTTP, the schema of the answers checked once."""

from __future__ import annotations

import inspect
import pkgutil
from copy import deepcopy
from importlib import import_module
from typing import Any

from jsonschema import ValidationError
from rasa.core.actions.action import ActionExecutionRejection as RasaRejection
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection
from rasa_sdk.utils import all_subclasses

from actions import guard


class CheckedAnswer(dict[str, Any]):
    """The answer of an action that the guard has held against the schema."""


class InProcessActions(EndpointConfig):
    """An action endpoint that calls rasa_sdk's executor directly (``AvailableEndpoints.action``)."""

    def __init__(self, executor: ActionExecutor) -> None:
        """
        Args:
            executor: knows the actions; see ``executor_of``.
        """
        guard.install()
        # Only validate_* and actions with send_domain: true get the domain, as in endpoints.yml.
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = executor

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Run the action that ``kwargs["json"]`` names; the answer has the form of the action server's.

        Raises:
            RasaRejection: the action declined to run, as a form does at a question between; Rasa looks for another one.
                Over HTTP it would be an answer 400, which Rasa logs as an error before it raises the same.
        """
        call = kwargs["json"]
        # Over HTTP an action gets a copy of the slots; here too, so that it cannot change the conversation by accident.
        call["tracker"]["slots"] = deepcopy(call["tracker"]["slots"])
        try:
            return CheckedAnswer(await self._executor.run(call))
        except ActionExecutionRejection as rejection:
            raise RasaRejection(rejection.action_name, rejection.message) from rejection


def executor_of(package: str = "actions") -> ActionExecutor:
    """An executor that knows the actions of the package or module ``package``, guarded.

    ``ActionExecutor.register_package`` would register every subclass of Action in the process, whoever imported it.

    Raises:
        ImportError: there is no such package, or one of its modules cannot be imported.
    """
    guard.install()
    executor = ActionExecutor()
    root = import_module(package)
    for found in pkgutil.walk_packages(getattr(root, "__path__", ()), f"{package}."):
        import_module(found.name)
    for action in all_subclasses(Action):
        if f"{action.__module__}.".startswith(f"{package}.") and not inspect.isabstract(action):
            executor.register_action(action)
    return executor


def check_schema_once() -> None:
    """Let Rasa check answers with a validator built once (building it takes 15 ms), and none that the guard checked."""
    RemoteAction._validate_action_result = _validate_action_result


def _validate_action_result(_action: RemoteAction, result: Any) -> bool:
    """As Rasa's own method.

    Raises:
        jsonschema.ValidationError: the answer of the action does not have the form of one.
    """
    if isinstance(result, CheckedAnswer):
        return True
    error: ValidationError | None = next(guard.answer_validator().iter_errors(result), None)
    if error is not None:
        raise error
    return True
