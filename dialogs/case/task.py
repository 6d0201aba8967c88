"""A task: one thing that a contact person does in a case, declared like every other dialog. Its record becomes an event of the case."""

from collections.abc import Callable
from dataclasses import dataclass

from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson, may_work
from dialogs.engine.declare import Dialog, Question, Section
from dialogs.engine.record import Record
from dialogs.kinds.kind import Known, Option
from dialogs.language.words import Words

May = Callable[[ContactPerson, Case], bool]

CONTEXT = ("today", "people", "committees", "districts", "parts", "askable")
"""What a task may look at without asking anybody: today (ISO), and what there is to choose from, as pairs of id and name."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a contact person can do in a case. `label` is its button; `open_to` says whether the case is ready for it, `may` who may do it.

    `told` is whether the applicants are notified. `prefill` gives the answers to begin with.
    """

    dialog: Dialog
    label: Words
    open_to: Callable[[Case], bool]
    told: bool = False
    may: May = may_work
    prefill: Callable[[Case], dict[str, object]] = lambda _case: {}

    @property
    def key(self) -> str:
        """The key of its dialog, which is also its event's name."""
        return self.dialog.key

    def allowed(self, who: ContactPerson, case: Case) -> bool:
        """Whether this contact person can do it in this case now."""
        return self.may(who, case) and self.open_to(case)


def dialog(
    key: str,
    title: Words,
    *questions: Question,
    send: Words,
    done: Words,
    review: tuple[Words, ...] = (),
    facts: Callable[[Known], dict[str, object]] = lambda _known: {},
) -> Dialog:
    """The dialog of a task: one section, and no second "are you sure", because a correction can follow."""
    return Dialog(
        key=key,
        title=title,
        intro=(),
        sections=(Section(title, questions),),
        review=review,
        send=send,
        sure=(),
        sent=done,
        next_steps=(),
        facts=facts,
        given=CONTEXT,
    )


def among(key: str) -> Callable[[Known], tuple[Option, ...]]:
    """The options that the context holds under `key`."""
    return lambda known: tuple(Option(id, name) for id, name in known.get(key) or ())


def name_among(known: Known, key: str, id: object) -> str:
    """The name that the context gives an id under `key`, or ""."""
    return next((str(name) for one, name in known.get(key) or () if one == id), "")


def data_of(record: Record) -> dict[str, object]:
    """A task's record as the data of its event: the answers by key, and the facts computed from them."""
    return {entry.key: entry.value for entry in record.entries} | record.facts


def sent_to_us(case: Case) -> bool:
    """Whether something was sent, the applicants have not withdrawn it, and it is still there."""
    return case.state not in ("draft", "started", "withdrawn", "disposed")
