"""How an action asks that its conversation be deleted.

The wish travels with the last answer, so it reaches the tracker store wherever the action runs (in this process or
in an action server) and whatever the channel: the store deletes where it would have saved.
"""

from __future__ import annotations

from typing import Any

KEY = "delete_conversation"
# For an action: dispatcher.utter_message(response="utter_data_deleted", **DELETE_CONVERSATION)
DELETE_CONVERSATION = {KEY: True}


def is_wanted(tracker: Any) -> bool:
    """Did an answer to the newest message ask for deletion? ``tracker``: Rasa's ``DialogueStateTracker``."""
    for event in reversed(tracker.events):
        if event.type_name == "user":
            return False
        if event.type_name == "bot" and event.metadata.get(KEY) is True:
            return True
    return False
