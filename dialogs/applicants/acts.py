"""The acts that a conversation may ask the database to do, and its answer."""

from dataclasses import dataclass, field

from dialogs.engine.draft import Answer, Draft
from dialogs.engine.record import Record
from dialogs.language.replies import Reply


@dataclass(frozen=True, slots=True)
class Speak:
    """Speak this language from now on."""

    locale: str


@dataclass(frozen=True, slots=True)
class Accept:
    """The person has read the terms of this version."""

    version: str


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin a new draft and put it at hand; in `case`, or in a new case when that is 0."""

    dialog: str
    case: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    changing: str = ""


@dataclass(frozen=True, slots=True)
class Switch:
    """Put another draft at hand; 0 for none."""

    draft: int


@dataclass(frozen=True, slots=True)
class Keep:
    """Store what a turn made of a draft."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Drop:
    """Delete a draft, its answers and its files, for good."""

    draft: int


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase for good everything of this person's that was not sent; and the person too, if nothing was."""


@dataclass(frozen=True, slots=True)
class Weigh:
    """Look what of this person's the city must keep, also in cases that they do not write any more, before they are asked whether to forget them."""


@dataclass(frozen=True, slots=True)
class Send:
    """Send a draft to the city: `record` is what it says; `shared` is a copy of another draft sent with it."""

    draft: Draft
    record: Record
    shared: Record | None = None


@dataclass(frozen=True, slots=True)
class Quiet:
    """Send this person no more reminders."""


@dataclass(frozen=True, slots=True)
class Choose:
    """Choose one of the times offered in a case ("" when none fits)."""

    case: int
    time: str


@dataclass(frozen=True, slots=True)
class Join:
    """Join a case by an invitation."""

    token: str


@dataclass(frozen=True, slots=True)
class Invite:
    """Make a link by which somebody can come to write the application in a case, too."""

    case: int
    draft: int


@dataclass(frozen=True, slots=True)
class EndLinks:
    """End this person's own links into a case that nobody has used."""

    case: int
    draft: int


@dataclass(frozen=True, slots=True)
class NameLink:
    """Note for whom the link is that this person made last into a case, if nobody has used it."""

    case: int
    draft: int
    name: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave a case that others write, too: nothing of theirs goes."""

    case: int


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Take somebody out of a case who came to write it later than this person."""

    case: int
    person: int


@dataclass(frozen=True, slots=True)
class Reach:
    """Look by what this person's chat is reached, once what a button says is done: `what` and `number` are as in dialogs/applicants/open_in.py."""

    what: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Confirm:
    """Confirm an e-mail address by the `code` that was sent there; have a new code sent, for `case`; or, with neither, say what waits to be confirmed."""

    code: str = ""
    case: int = 0


WithOthers = Join | Invite | EndLinks | NameLink | Leave | TakeOut
Act = (
    Speak
    | Accept
    | Begin
    | Switch
    | Keep
    | Drop
    | Forget
    | Send
    | Quiet
    | Choose
    | WithOthers
    | Reach
    | Weigh
    | Confirm
)


@dataclass(frozen=True, slots=True)
class Response:
    """A conversation's answer: acts to carry out, replies, and whether to show, after them, where the person then stands."""

    replies: tuple[Reply, ...] = ()
    acts: tuple[Act, ...] = ()
    show: bool = False
