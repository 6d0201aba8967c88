"""What a button sends back: 64 bytes at most (Bot API, callback_data), which the sender may have made up."""

import re

from dialogs.applicants.conversation import IN_DIALOG
from dialogs.language.events import Press
from dialogs.language.replies import Button

MOST = 64
"""Bytes of callback data."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
OF_DRAFT = re.compile(r"([0-9a-z]{1,13})\.([0-9a-z]{1,13})\.([a-z0-9_]{0,24})~(.*)", re.ASCII | re.DOTALL)
ACT = re.compile(r"[A-Za-z0-9_-]{1,40}(:[A-Za-z0-9_@-]{0,40}){0,2}", re.ASCII)
LONGEST_NUMBER = re.compile(r"\d{16,}", re.ASCII)


def written(button: Button, draft: int = 0, version: int = 0) -> str:
    """The callback data of a button of a reply about `draft` at `version` (0 and 0 for none).

    An act of the conversation goes alone; an answer, or one of the engine's ways, says which question of which draft
    it belongs to. ValueError when it does not fit: the question or the option was given too long a name.
    """
    of_draft = bool(draft) and (bool(button.key) or button.act.partition(":")[0] in IN_DIALOG)
    data = f"{base36(draft)}.{base36(version)}.{button.key}~{button.act}" if of_draft else button.act
    if not data or len(data.encode()) > MOST:
        raise ValueError(f"the act {button.act!r} of {button.key!r} does not fit into {MOST} bytes")
    return data


def read(data: str, ref: str = "") -> Press:
    """The press that `data` stands for. Data that none of our buttons sends is an empty press, which shows the person where they are."""
    match = OF_DRAFT.fullmatch(data)
    act = match[4] if match else data
    if not ACT.fullmatch(act) or LONGEST_NUMBER.search(act):
        return Press("", ref=ref)
    if not match:
        return Press(act, ref=ref)
    return Press(act, match[3], int(match[1], 36), int(match[2], 36), ref)


def base36(number: int) -> str:
    """A non-negative number in base 36, with the digits 0 to z."""
    digits = ""
    while number >= len(DIGITS):
        number, last = divmod(number, len(DIGITS))
        digits = DIGITS[last] + digits
    return DIGITS[number] + digits
