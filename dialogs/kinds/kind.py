"""What each kind of answer can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from dialogs.language.events import Attach, Fill, Misfit, Point, Press, Say
from dialogs.language.replies import Button, Field, Rows
from dialogs.language.words import Text, Words, _

Value = Any
"""A JSON value: str, bool, list or dict of those. Choices are stored as ids, never as text in a language."""
Known = Mapping[str, Value]
"""The accepted answers that come before a question on its path."""
AnswerEvent = Say | Press | Fill | Attach | Point | Misfit
"""The events that can be an answer."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an event is not an answer here, and what to do instead: the person's error, kindly put."""

    words: Words
    value: Value = None
    """What can still be kept of it; None keeps what was there."""
    gained: bool = False
    """Whether the value holds more than before, so that it is kept even in place of a whole answer."""


@dataclass(frozen=True, slots=True)
class AnswerControls:
    """The ways to answer: buttons for a chat, fields for a form, and a prompt where the answer so far calls for one."""

    rows: Rows = ()
    fields: tuple[Field, ...] = ()
    prompt: Words | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a form shows a kind, where a chat would ask piece by piece: the buttons that send its fields, and the buttons that stay beside them.

    It `chooses` if its buttons are alternatives, exactly one of which is the answer.
    """

    submits: tuple[Button, ...] = ()
    rows: Rows = ()
    chooses: bool = False


CONTINUE = Button(_("Continue"), "done", weight="main")
SENT_WHOLE = Layout((CONTINUE,))
"""Fields alone, and one button that sends them."""


class Kind(Protocol):
    """One kind of answer. Values may be partial: `accepts` says whether a value is whole."""

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        """The new value, from an event and the value so far (None at first)."""

    def accepts(self, value: Value, known: Known) -> bool:
        """Whether a stored value answers the question as it is asked today. Never raises, whatever is stored."""

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        """The value, or as much of it as there is, for a reader."""

    def offer(self, value: Value, known: Known) -> AnswerControls:
        """The buttons and fields for the value so far."""

    def layout(self, rows: Rows) -> Layout:
        """How a form shows it; `rows` are the buttons that it offers a chat."""


def takes_files(kind: Kind) -> bool:
    """Whether files answer it: whether its form has a field for them."""
    return any(field.form == "files" for field in kind.offer(None, {}).fields)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: a stable id, what it is called, and what is said once it is chosen. `was` names ids that it had before."""

    id: str
    label: Text
    note: Words | None = None
    was: tuple[str, ...] = ()


@runtime_checkable
class Choosing(Protocol):
    """A kind with options: its answers hold their ids."""

    @property
    def declared(self) -> tuple[Option, ...] | None:
        """The options, or None where they are computed from earlier answers."""

    def renamed(self, value: Value) -> Value:
        """A stored value with the ids that its options have today. Never raises, whatever is stored."""


def id_today(options: tuple[Option, ...] | None, id: Value) -> Value:
    """The id that an option has today, by one that it has or had; whatever names none of them, as it is."""
    return next((option.id for option in options or () if id in option.was), id)


def ids_of(options: tuple[Option, ...], id: str) -> tuple[str, ...]:
    """Every id under which an answer that is read as `id` may be stored: today's first, then former ones."""
    return (id, *(was for option in options if option.id == id for was in option.was))


def pressed(event: AnswerEvent) -> str:
    """The act of a button or form, or "" when the event is neither."""
    return event.act if isinstance(event, Press | Fill) else ""


CHOOSE = Refusal(_("Please choose one of the buttons below."))
"""The refusal of a kind that takes only its buttons."""


def misfit(event: AnswerEvent) -> Words | None:
    """Why this event cannot answer a question that takes words; None if it could."""
    match event:
        case Attach() | Misfit(what="too_big" | "wrong_type" | "empty_file" | "damaged"):
            return _(
                "I cannot take a file at this question. Files are asked for where they are needed. Here I need words."
            )
        case Point():
            return _("I cannot take a place on the map at this question. Here I need words.")
        case Misfit(what="sticker"):
            return _("A nice one! But I cannot read stickers and animations. Please answer in words.")
        case Misfit():
            return _("I cannot read that kind of message. Please answer in words.")
        case _other:
            return None
