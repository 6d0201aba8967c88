"""What can go wrong between us and the Bot API, and what that means for a message on its way."""

from typing import Any

from bot.operations import metrics
from bot.worker.outcome import Delivered, Failed, Gone, Outcome, Wait

NOTHING = ("message is not modified", "query is too old", "message to delete not found")
NOBODY = ("chat not found", "user is deactivated", "bot was blocked", "peer_id_invalid", "user not found")
NO_ENTITIES = "can't parse entities"
NOT_EDITABLE = (
    "message can't be edited",
    "message to edit not found",
    "message_id_invalid",
    "message identifier is not specified",
)
PATIENCE = 5.0
"""Seconds to wait when Telegram asks us to wait without saying how long."""


class Trouble(Exception):
    """A call that failed: the Bot API's error code (0 when it could not be reached) and description, and the seconds it asks us to wait.

    The exception's text is the code alone: a description can quote the message.
    """

    def __init__(self, code: int, description: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"telegram: {code}" if code else "telegram: not reached")
        metrics.trouble(code)
        self.code, self.description, self.retry_after = code, description.lower(), retry_after

    def says(self, *phrases: str) -> bool:
        """Whether the description holds one of these phrases."""
        return any(phrase in self.description for phrase in phrases)


def refused(answer: Any) -> Trouble:
    """The error in an answer of the Bot API ("Making requests": ok, error_code, description, parameters); code 0 when the answer has no such form."""
    said = answer if isinstance(answer, dict) else {}
    code, description, parameters = said.get("error_code"), said.get("description"), said.get("parameters")
    after = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return Trouble(
        code if isinstance(code, int) else 0,
        description if isinstance(description, str) else "",
        float(after) if isinstance(after, int | float) else None,
    )


def outcome(trouble: Trouble) -> Outcome:
    """What a failed call means for the post that it was meant to carry."""
    match trouble.code:
        case 429:
            return Wait(trouble.retry_after or PATIENCE)
        case 403:
            return Gone(str(trouble))
        case 400 if trouble.says(*NOTHING):
            return Delivered()
        case 400 if trouble.says(*NOBODY):
            return Gone(str(trouble))
        case 400 | 413:
            return Failed(str(trouble), final=True)
    return Failed(str(trouble))
