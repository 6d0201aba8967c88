"""Events: everything a person can do to a dialog, whatever the channel. A closed union."""

from dataclasses import dataclass, field
from typing import Literal

Unfit = Literal[
    "sticker", "too_big", "wrong_type", "empty_file", "damaged", "broken", "full", "no_room", "contact", "other"
]
"""Why something sent can be no answer anywhere."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that already lies in the content store: its SHA-256, cleaned name, sniffed MIME type, size in bytes."""

    sha256: str
    name: str
    mime: str
    size: int
    trimmed: bool = False
    """Whether something that was hidden in it has been left out."""


@dataclass(frozen=True, slots=True)
class Start:
    """The person opens the chat; `payload` is what a deep link carried."""

    payload: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """The person writes `text`; `ref` is the channel's name for that message, so that an edit finds its answer."""

    text: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Revise:
    """The person edits the message `ref`."""

    text: str
    ref: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button. With `key` it belongs to that question of `draft` as it was at `version`; without, to the conversation."""

    act: str
    key: str = ""
    draft: int = 0
    version: int = 0
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Fill:
    """A form sent whole, as the web does: `act` is the button that sent it."""

    act: str
    key: str
    draft: int
    version: int
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attach:
    """Files, voice notes or photos, already stored; `refused` says why others of the same act were not.

    With `key` they were sent to that question of `draft`, however long that took; without, to the one at hand.
    """

    files: tuple[Filed, ...]
    refused: tuple[Unfit, ...] = ()
    key: str = ""
    draft: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """A location pin: WGS 84 degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something that no question takes, such as a sticker."""

    what: Unfit


@dataclass(frozen=True, slots=True)
class Command:
    """A command by name, without its slash. Unknown names are answered, too."""

    name: str
    rest: str = ""


Event = Start | Say | Revise | Press | Fill | Attach | Point | Misfit | Command


def number_in(text: str) -> int:
    """The number that a button carries after its colon; 0, which names nothing, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
