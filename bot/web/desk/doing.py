"""What a contact person can do in a case now, in groups; and what comes next."""

from dataclasses import dataclass
from itertools import groupby

from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.language.words import Words
from dialogs.phases.steps import TASKS, open_to


@dataclass(frozen=True, slots=True)
class Doing:
    """A task: its key, its name, whether it was begun, and whether it probably comes next."""

    key: str
    label: Words
    begun: bool
    next: bool


def doing(
    who: ContactPerson, case: Case, begun: frozenset[str], today: str
) -> tuple[tuple[Words, tuple[Doing, ...]], ...]:
    """The tasks that a contact person can do now, by group; empty groups are left out. `today` is a day (ISO)."""
    following = next_in(case, today)
    can = [(step.group, key, step) for key, step in TASKS.items() if step.group and open_to(who, case, step)]
    found = groupby(sorted(can, key=lambda one: one[0].rank), key=lambda one: one[0])
    return tuple(
        (group.label, tuple(Doing(key, step.called, key in begun, key == following) for _group, key, step in steps))
        for group, steps in found
    )


def next_in(case: Case, today: str) -> str:
    """The task that most likely comes next; "" when it is somebody else's turn or several are equally likely."""
    return next((key for key, step in TASKS.items() if step.comes_next(case, today)), "")
