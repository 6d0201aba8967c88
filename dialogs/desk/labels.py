"""What things are called on the contact persons' screens."""

from datetime import datetime

from dialogs.case.case import Case
from dialogs.case.criterion import VERDICTS as GIVEN
from dialogs.case.state import SENT as NOT_TAKEN
from dialogs.case.state import TAKEN
from dialogs.engine.declared import Declared
from dialogs.engine.record import Record
from dialogs.language.words import Text, Words, _, n_
from dialogs.phases.initiation.application import SCOPE
from dialogs.phases.initiation.application import SCOPES as ANSWERS
from dialogs.phases.steps import SENT
from dialogs.phases.steps import STATES as ALL

SENT_KINDS: dict[str, Words] = {key: step.called for key, step in SENT.items()}
"""What applicants sent, by its dialog."""
STATES: dict[str, Words] = {state.id: state.label for state in ALL.values()}
IN_QUEUE = tuple(state.id for state in sorted(ALL.values(), key=lambda one: one.in_queue) if state.in_queue)
"""The states that a case in the queue can have, in the order they are offered there."""
WAITS: dict[str, Words] = {
    "city": _("Waits for us"),
    "applicants": _("Waits for the applicants"),
    "committee": _("Waits for the Technical Committee"),
    "elsewhere": _("With another committee"),
    "nobody": _("Waits for nobody"),
}
SCOPES: dict[str, Words] = {
    "yes": _("Public land, says the group"),
    "partly": _("Partly or something else, says the group: may concern another committee"),
    "not_sure": _("The group is not sure whose matter it is"),
}
if unnamed := {option.id for option in ANSWERS} ^ SCOPES.keys():
    raise Declared(f"the scopes that are asked for and those that the desk has words for differ: {unnamed}")
VERDICTS: dict[str, Text] = {option.id: option.label for option in GIVEN}


def scope_of(record: Record) -> Text:
    """Whose matter it is, says the group; in the words in which it was answered where those are no longer to choose from, "" where it was not."""
    entry = next((one for one in record.entries if one.key == SCOPE.key), None)
    if entry is None:
        return ""
    return SCOPES.get(str(entry.value)) or next(iter(entry.shown), "")


def waited(since: datetime | None, now: datetime) -> Words:
    """How long something has waited, in days."""
    days = (now - since).days if since else 0
    return n_("{count} day", "{count} days", count=days) if days > 0 else _("less than a day")


def state(case: Case) -> Words:
    """Where a case stands, with the name of who has it."""
    if case.state == TAKEN.id and case.taken_by:
        return _("Taken by {name}", name=case.taken_by)
    return STATES[case.state if case.state in IN_QUEUE else NOT_TAKEN.id]


def waiting(case: Case, now: datetime) -> Words:
    """Whom a case waits for, and for how long."""
    if case.waits_for == "nobody":
        return WAITS["nobody"]
    return _("{who}, {days}", who=WAITS[case.waits_for], days=waited(case.waiting_since, now))


OPENED: dict[str, Words] = {
    "case": _("the case"),
    "package": _("the package for the registry"),
    "calendar": _("the meeting for the calendar"),
}


def opened(what: str) -> Words:
    """What was opened: the case, its package, or a file by the first digits of its hash."""
    return OPENED.get(what) or _("the file {digits}", digits=what)
