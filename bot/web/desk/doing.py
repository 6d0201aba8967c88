"""What a contact person can do in a case now, in groups; and what comes next."""

from dataclasses import dataclass

from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.language.words import Words, _
from dialogs.phases.tasks import TASKS

GROUPS: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (_("The applicants"), ("ask", "write", "times", "held")),
    (_("Assessment"), ("assessment", "note")),
    (_("Other committees"), ("forward", "view", "back")),
    (_("The Technical Committee"), ("ready", "decision")),
    (_("The case"), ("handover", "protect", "unprotect", "disposed")),
)
"""Every task, in the group where people look for it."""


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
    found = (
        (
            title,
            tuple(
                Doing(key, TASKS[key].label, key in begun, key == following)
                for key in keys
                if TASKS[key].allowed(who, case)
            ),
        )
        for title, keys in GROUPS
    )
    return tuple((title, tasks) for title, tasks in found if tasks)


def next_in(case: Case, today: str) -> str:
    """The task that most likely comes next; "" when it is somebody else's turn or several are equally likely."""
    if case.state == "ready":
        return "decision" if case.ready and case.ready.meeting <= today else ""
    if case.waits_for != "city":
        return ""
    last = max(case.messages, key=lambda one: one.id, default=None)
    if last and not last.by:
        return "write"
    if "application" not in case.kinds:
        return "times" if not case.offer and not case.meeting else ""
    return "ready" if case.assessment else "assessment"
