"""Events: everything a person can do to a dialog, whatever the channel. A closed union."""

import re
from dataclasses import dataclass, field, replace
from typing import Literal, assert_never

from dialogs.language.words import LONGEST, cleaned

Unfit = Literal[
    "sticker", "too_big", "wrong_type", "empty_file", "damaged", "broken", "full", "no_room", "away", "contact", "other"
]
"""Why something that was sent cannot be an answer anywhere."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that is already in the content store: its SHA-256, cleaned name, sniffed MIME type, size in bytes."""

    sha256: str
    name: str
    mime: str
    size: int
    trimmed: bool = False
    """Whether something hidden in it has been left out."""


@dataclass(frozen=True, slots=True)
class Start:
    """The person opens the chat; `payload` is what a deep link carried."""

    payload: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """The person writes `text`; `ref` is the channel's name for that message, so that an edit finds its answer.

    `over` is how many characters after it were not looked at, because no answer is that long.
    """

    text: str
    ref: str = ""
    over: int = 0


@dataclass(frozen=True, slots=True)
class Revise:
    """The person edits the message `ref`; `over` is as in Say."""

    text: str
    ref: str
    over: int = 0


@dataclass(frozen=True, slots=True)
class Press:
    """A button was pressed. With `key` it belongs to that question of `draft` as it was at `version`; without, to the conversation."""

    act: str
    key: str = ""
    draft: int = 0
    version: int = 0
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Fill:
    """A whole form, as the web sends it: `act` is the button that sent it; `over` is as in Say, for its longest field."""

    act: str
    key: str
    draft: int
    version: int
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    over: int = 0


@dataclass(frozen=True, slots=True)
class Attach:
    """Files, voice notes or photos, already stored; `refused` says why others sent with them were not.

    With `key` they were sent to that question of `draft`, however long that took; without, to the question at hand.
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


COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.ASCII | re.DOTALL)
"""A command as it is typed; after an @ stands whom it is for."""


def typed(text: str, ref: str = "") -> Event:
    """What a text is that somebody typed into a chat: a command, or words; `ref` is the channel's name for the message."""
    match = COMMAND.fullmatch(text)
    if not match:
        return Say(text, ref)
    name, rest = match[1].lower(), (match[2] or "").strip()
    return Start(rest) if name == "start" else Command(name, rest)


LONGEST_NAME = 120
"""Characters of a file's name that are kept."""
LONGEST_WORD = 200
"""Characters kept of what comes with a command or a link; the longest of ours is a token of 32."""


def clean(event: Event) -> Event:
    """The event with every text as it may be stored. Law: no other part of the program looks at a person's text before this has."""
    match event:
        case Say(text=text) | Revise(text=text):
            return replace(event, text=cleaned(text), ref=cleaned(event.ref), over=event.over + _over(text))
        case Fill():
            return clean_form(event)
        case Attach(files=files):
            return replace(event, files=tuple(replace(file, name=_named(file.name)) for file in files))
        case Start(payload=payload):
            return Start(payload[:LONGEST_WORD])
        case Command(name=name, rest=rest):
            return Command(name, rest[:LONGEST_WORD])
        case Press() | Point() | Misfit():
            return event
    assert_never(event)


def clean_form(form: Fill) -> Fill:
    """A form with every field as it may be stored."""
    over = max((_over(text) for texts in form.fields.values() for text in texts), default=0)
    return replace(form, fields={name: tuple(map(cleaned, texts)) for name, texts in form.fields.items()}, over=over)


def _over(text: str) -> int:
    return max(0, len(text) - LONGEST)


def _named(name: str) -> str:
    return cleaned(name)[:LONGEST_NAME] or "file"
