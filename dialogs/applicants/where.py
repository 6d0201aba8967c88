"""Where a person stands, apart from any one question."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from dialogs.applicants.co_writer import CoWriter
from dialogs.applicants.recipients import Recipients
from dialogs.case.case import Closing, MeetingOffer, Referral
from dialogs.case.city import City
from dialogs.case.extent import StaffBot
from dialogs.case.state import STARTED
from dialogs.engine.draft import Draft
from dialogs.engine.record import Record
from dialogs.language.words import Text, Words
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.initiation.part import Asked, Decision, Ready

NO_CITY = City((), ())
NOWHERE = Recipients()
MOST_DRAFTS = 5
"""Open drafts of one person."""


def _unknown(_text: str) -> str:
    return ""


def _in_english(text: Text, _locale: str) -> str:
    return text.id if isinstance(text, Words) else text


@dataclass(frozen=True, slots=True)
class House:
    """What a conversation needs to know about the house: its languages (code to own name), the mailbox, how long drafts are kept."""

    languages: dict[str, str]
    mailbox: str
    draft_months: int = 12
    city: City = NO_CITY
    chat: str = ""
    """The address of the chat on the web, for mails; "" when nobody outside can reach it."""
    unreviewed: dict[str, str] = field(default_factory=dict)
    """By code: "not yet reviewed", in each language whose catalog no native speaker has read."""
    tongue: Callable[[str], str] = field(default=_unknown)
    """The code of the language that a text is evidently written in, or ""."""
    code_of: Callable[[str], str] = field(default=_unknown)
    """The code of the language that has this name, or ""."""
    say: Callable[[Text, str], str] = field(default=_in_english)
    """A text in the language of this code."""
    lagging: frozenset[str] = frozenset()
    """The codes of the languages that are not offered: too much is missing in their catalogs. Whoever uses one keeps it, and whoever names one gets it."""
    recipients: Recipients = NOWHERE
    """Through whose servers data passes in this installation."""
    staff_bot: StaffBot = "notices"
    """What contact persons may do in their chats."""

    def choices(self, locale: str = "") -> dict[str, str]:
        """The languages that are offered, code to own name, and the one that its reader uses already."""
        return {code: name for code, name in self.languages.items() if code not in self.lagging or code == locale}

    def named(self, code: str) -> str:
        """A language's own name, with its "not yet reviewed" mark if it has one."""
        name, mark = self.languages[code], self.unreviewed.get(code, "")
        return f"{name} · {mark}" if mark else name


@dataclass(frozen=True, slots=True)
class Open:
    """A draft that has not been sent yet."""

    draft: Draft
    dialog: str
    case: int
    started: datetime
    writers: tuple[CoWriter, ...] = ()
    """Everybody who writes it, in the order in which they came; () while one person does."""


@dataclass(frozen=True, slots=True)
class SentCase:
    """A case in which something was sent: what the city's records say, as far as the applicants may know."""

    case: int
    reference: str
    title: Text
    at: datetime
    state: str
    application: bool
    """False while only a meeting was asked for."""
    taken_by: str = ""
    request: Asked | None = None
    offer: MeetingOffer | None = None
    meeting: MeetingOffer | None = None
    away: tuple[Referral, ...] = ()
    ready: Ready | None = None
    decision: Decision | None = None
    record: Record | None = None
    """The application as it was last sent, to complete it when asked."""
    ways: frozenset[str] = frozenset()
    """The acts of the steps that can be begun in it now (dialogs/phases/steps.py, WAYS)."""
    closing: Closing | None = None
    unconfirmed: bool = False
    """Whether an e-mail address waits to be confirmed for it."""
    nameless: bool = False
    """Whether its sender gave no name and no address, theirs being protected: the city answers in the chat alone."""

    @property
    def unsent(self) -> bool:
        """Whether the city started it, and no application was sent."""
        return STARTED.id in (self.state, self.closing.before if self.closing else "")


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of a draft that was sent, so that sending it again gets the same receipt."""

    draft: int
    dialog: str
    reference: str
    at: datetime
    case: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands: language, accepted terms ("" for none), the draft at hand (0 for none), drafts, cases, receipts."""

    person: int
    locale: str
    terms: str
    at_hand: int
    open: tuple[Open, ...]
    sent: tuple[SentCase, ...]
    arrived: tuple[Arrived, ...]
    house: House

    @property
    def here(self) -> Open | None:
        """The draft at hand."""
        return self.drafted(self.at_hand)

    @property
    def unconfirmed(self) -> bool:
        """Whether an e-mail address waits to be confirmed."""
        return any(one.unconfirmed for one in self.sent)

    @property
    def nameless(self) -> bool:
        """Whether the city answers them in the chat alone."""
        return any(one.nameless for one in self.sent)

    def drafted(self, id: int) -> Open | None:
        """One of this person's open drafts, or None."""
        return next((one for one in self.open if one.draft.id == id), None)

    def applications(self) -> tuple[Open, ...]:
        """The open drafts of applications."""
        return tuple(one for one in self.open if one.dialog == APPLICATION.key)

    def application_in(self, case: int) -> Open | None:
        """The open application of a case, or None."""
        return next((one for one in self.applications() if one.case == case), None)

    def beside(self, draft: int, case: int) -> int:
        """The open application of a case beside this draft, or 0."""
        other = self.application_in(case)
        return other.draft.id if other and other.draft.id != draft else 0
