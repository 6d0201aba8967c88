"""Replies: everything that can be said to a person, whatever the channel. A closed union, and plain data."""

from dataclasses import dataclass
from typing import Literal, get_args

from dialogs.language.words import Moment, Text, Words

Weight = Literal["main", "plain", "quiet", "grave"]
Form = Literal["line", "lines", "email", "tel", "choice", "choices", "files", "pin", "date", "datetime", "number"]
FORMS = get_args(Form)


@dataclass(frozen=True, slots=True)
class Button:
    """A button. `act` is what a press sends back; with `key` it belongs to that question of the reply's draft and version."""

    label: Text
    act: str
    key: str = ""
    weight: Weight = "plain"
    final: bool = False
    """Whether a press cannot be taken back: where people choose by numbers, it is chosen in another way than what led to it."""


Rows = tuple[tuple[Button, ...], ...]
"""Buttons, row by row."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a field."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form, for channels that have forms. `most` counts characters, or files."""

    name: str
    form: Form
    label: Text
    value: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    most: int = 0
    hint: Words | None = None
    autocomplete: str = ""
    group: str = ""
    first: str = ""
    last: str = ""
    """`first` and `last` are the bounds of a date or a time, in ISO 8601; "" for none."""

    def __post_init__(self) -> None:
        if self.form not in FORMS:
            raise ValueError(f"field {self.name!r}: there is no form {self.form!r}, only {', '.join(FORMS)}")


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """An answered question as later screens show it."""

    key: str
    label: Words
    shown: tuple[Text, ...]
    section: Words | None = None


@dataclass(frozen=True, slots=True)
class Tell:
    """Something said, with buttons of the conversation below it where there is something to do."""

    words: tuple[Text, ...]
    title: Words | None = None
    rows: Rows = ()
    tone: Literal["plain", "good", "guidance", "trouble"] = "plain"
    lasting: bool = False
    """True for a notice: it stays until it has been seen, whatever is said after it."""
    draft: int = 0
    version: int = 0
    """With a draft, the buttons belong to it as it was at this version."""
    fields: tuple[Field, ...] = ()
    """What can be written below it, for channels that have forms; elsewhere it is written into the chat."""
    sends: Button | None = None
    """What sends its fields."""
    to_hand_on: bool = False
    """True for what its reader is to pass on to others, such as an invitation: nothing keeps them from copying it."""
    type: Literal["tell"] = "tell"


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: where it comes (`place`: its number, and of how many), what is asked, and the ways to answer it."""

    key: str
    draft: int
    version: int
    place: tuple[int, int]
    label: Words
    ask: tuple[Text, ...]
    section: Words | None = None
    wording: Words | None = None
    """The criterion, word for word, where the question is about one."""
    hint: Words | None = None
    so_far: tuple[Text, ...] = ()
    """What has been answered to this question so far; with a `source`, what is known and nobody has confirmed."""
    source: Words | None = None
    """Where what is known comes from, while the question is whether it is right: its buttons are then all it has, whatever its kind."""
    written_in: str = ""
    """The language of the texts in what is known; "" where nobody wrote it."""
    error: Words | None = None
    noted: AnsweredQuestion | None = None
    """The answer just given by a button, so that the chat can be read back."""
    rows: Rows = ()
    fields: tuple[Field, ...] = ()
    ways: tuple[Button, ...] = ()
    """Back, skip, keep: ways on that are not answers."""
    type: Literal["ask"] = "ask"


@dataclass(frozen=True, slots=True)
class Review:
    """Every answer, changeable, before sending."""

    draft: int
    version: int
    title: Words
    words: tuple[Words, ...]
    lines: tuple[AnsweredQuestion, ...]
    rows: Rows
    error: Words | None = None
    type: Literal["review"] = "review"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Confirms that something has arrived at the city: its reference, when, and what happens next."""

    reference: str
    at: Moment
    title: Words
    words: tuple[Text, ...]
    rows: Rows = ()
    type: Literal["receipt"] = "receipt"


@dataclass(frozen=True, slots=True)
class Export:
    """Something made when it is sent, and never kept: a file (everything stored about this person, a case's package, the overview as a picture, for
    applicants the receipt), or the reading copy of a case.
    """

    words: tuple[Text, ...]
    what: Literal["own", "package", "overview", "receipt", "copy"] = "own"
    case: int = 0
    rows: Rows = ()
    type: Literal["export"] = "export"


@dataclass(frozen=True, slots=True)
class Appointment:
    """An agreed meeting, with a file for the calendar that is made when it is sent. `uid` stays the same however often it is sent."""

    uid: str
    case: int
    reference: str
    at: Moment
    place: str
    title: Words
    words: tuple[Text, ...]
    rows: Rows = ()
    lasting: bool = True
    type: Literal["appointment"] = "appointment"


@dataclass(frozen=True, slots=True)
class Retraction:
    """Something said before is taken back: the channel deletes that `message`, which is its own name for it."""

    message: str
    rows: Rows = ()
    type: Literal["retraction"] = "retraction"


Reply = Tell | Ask | Review | Receipt | Export | Appointment | Retraction
