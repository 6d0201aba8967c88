"""A step: one thing that can happen in a case. Its declaration is all there is to know of it: who takes it, when, what is asked,
what follows from it, how the history puts it, and who is told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dialogs.case.background import Background, Recall, informed
from dialogs.case.case import Case, CaseEvent
from dialogs.case.group import Group
from dialogs.case.notice import Notice
from dialogs.case.rights import ContactPerson, may_work
from dialogs.engine.declare import Dialog
from dialogs.engine.declared import Declared, whole
from dialogs.engine.draft import Draft
from dialogs.engine.prefilled import Saying
from dialogs.kinds.card import Card
from dialogs.language.replies import Weight
from dialogs.language.words import Words

By = Literal["applicants", "staff", "house"]
"""Who takes it: applicants, a contact person, or the program by itself."""
InPapers = Literal["always", "own", "never"]
"""Whether the papers tell of it: in every copy, only in the contact persons' own, or not at all."""


@dataclass(frozen=True, slots=True)
class Way:
    """A button of the applicants' below what they have sent: the act that begins the step, what it says, and its weight.

    Where the label has a place `{reference}`, the case's reference fills it. The lower its `rank`, the higher it stands.
    """

    act: str
    label: Words
    rank: int
    weight: Weight = "plain"

    def __post_init__(self) -> None:
        if self.label.unfilled() not in ([], ["reference"]):
            raise Declared(f"way {self.act!r}: nothing but the case's reference is put into {self.label.id!r}")


Beside = Literal["nothing", "criteria", "answers", "talk"]
"""The group's own view of the criteria, what the applicants answered to each question that one can choose, or, at the first question, what was
last written in both directions.
"""
NAME = "name"
"""The placeholder in a step's sentence for the name of who took it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that can happen in a case. Its `id` is what its events are called for ever.

    `after` gives the case after it, and `says` its sentence in the history: words that need nothing but the name of who took it, or a function
    where they need what was filled in. An `internal` step is one that no applicant is told about; whoever adds a step has to say so.
    ValueError (Declared) for a declaration that cannot work.
    """

    id: str
    by: By
    internal: bool
    after: Callable[[Case, CaseEvent], Case]
    says: Words | Callable[[CaseEvent], Words]
    says_unsigned: Words | None = None
    """Its sentence when nobody's name is known, where a contact person usually takes it: a command did."""
    label: Words | None = None
    """The button of a contact person's step; of an applicants' step, what is called what they sent. Both have one if they have a dialog."""
    dialog: Dialog | None = None
    """What is asked, if anything."""
    opens: Callable[[Case], bool] | None = None
    """Whether the case is ready for it while its phase runs; None for what does not begin in a case that is there."""
    may: Callable[[ContactPerson, Case], bool] = may_work
    """Which contact persons may take it."""
    way: Way | None = None
    """The button by which applicants begin it in a case that is there."""
    prefilled: Mapping[str, Recall] = field(default_factory=dict)
    """For each question, by its key, what is known of its answer and where it comes from: nothing is asked that the case knows."""
    arrives: Words | None = None
    """What contact persons read when it comes in from outside, with a button to the case."""
    mailbox: bool = False
    """Whether the department's mailbox hears of what arrives, too."""
    tells: Callable[[Case], Sequence[Notice]] = lambda _case: ()
    """What else is said, and to whom, once it has happened; the case already includes it."""
    holds: bool = False
    """Whether what `says` makes is also true of an event whose data is gone: it needs nothing of it."""
    hides: bool = False
    """Whether fewer contact persons may see the case from then on, if it is protected: what waits to be sent to the others is withdrawn."""
    moves: bool = False
    """Whether it goes to another contact person: what its former holder was told of it in a chat is deleted there."""
    shares: bool = False
    """Whether what was filled in is the applicants' own: it is in what they get when they ask what is stored about them."""
    keeps_locale: bool = False
    """Whether the language of who took it is kept with it, because they write to somebody."""
    in_papers: InPapers = "always"
    beside: Beside = "nothing"
    """What a contact person sees beside its questions."""
    group: Group | None = None
    """The group of the desk in which it is offered; a contact person's step has one if it opens in a case."""
    comes_next: Callable[[Case, str], bool] = lambda _case, _today: False
    """Whether it is the step that most likely comes next; the second argument is today (ISO)."""
    rank: int = 100
    """Its place among the buttons of the desk, lowest first."""
    seldom: bool = False
    """Whether its button is behind "More"."""
    grave: bool = False
    """Whether nothing brings back what it takes away: the button that does it warns, and does not stand out as the one to press."""

    def __post_init__(self) -> None:
        if self.dialog and self.opens and not (self.label and (self.group or self.by == "applicants")):
            raise Declared(f"step {self.id!r}: what can be pressed has a label and a group")
        if self.by == "applicants" and self.dialog and self.opens and not self.way:
            raise Declared(f"step {self.id!r}: applicants need a way to begin it")
        if self.by == "staff" and self.dialog and self.dialog.key != self.id:
            raise Declared(f"step {self.id!r}: the dialog of a contact person's step is called as the step is")
        asked = {one.key for one in self.dialog.questions if not isinstance(one.kind, Card)} if self.dialog else set()
        if unasked := sorted(self.prefilled.keys() - asked):
            raise Declared(f"step {self.id!r}: it prefills {unasked}, which it does not ask")
        whole(f"step {self.id!r}", self.label, self.arrives, self.says_unsigned)
        if isinstance(self.says, Words) and self.says.unfilled() not in ([], [NAME] if self.by == "staff" else []):
            raise Declared(f"step {self.id!r}: its sentence needs more than who took it: {self.says.id!r}")
        if self.internal and (self.shares or self.by == "applicants"):
            raise Declared(f"step {self.id!r}: what applicants do or are given cannot be internal")

    @property
    def asks(self) -> Dialog:
        """Its dialog. LookupError for a step at which nothing is asked."""
        if not self.dialog:
            raise LookupError(f"step {self.id!r} asks nothing")
        return self.dialog

    @property
    def called(self) -> Words:
        """Its label. LookupError for a step that has none, because nobody presses anything for it."""
        if not self.label:
            raise LookupError(f"step {self.id!r} has no label")
        return self.label

    def informed(self, draft: Draft, background: Background, say: Saying) -> Draft:
        """A draft of its dialog with what is known at the questions, in the language of `say`."""
        return informed(draft, self.asks, self.prefilled, background, say)

    @property
    def quotes(self) -> bool:
        """Whether its questions show what the applicants wrote: then beginning it is an opening of the case."""
        return self.beside != "nothing" or bool(self.prefilled)

    @property
    def told(self) -> bool:
        """Whether a contact person takes it and the applicants are told, as a rule."""
        return self.by == "staff" and not self.internal

    def tells_applicants(self, case: Case) -> bool:
        """Whether the applicants are told now that it is taken; the case already includes it."""
        return self.told and any(one.to == "participants" for one in self.tells(case))

    def sentence(self, event: CaseEvent) -> Words:
        """An event of this step as a sentence."""
        if self.says_unsigned and not event.by:
            return self.says_unsigned
        if callable(self.says):
            return self.says(event)
        return self.says.filled(**{NAME: event.by}) if self.by == "staff" else self.says
