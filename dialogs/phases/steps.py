"""Every phase of the model, and what can happen in a case: all that follows from a step is looked up here, by its id."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dialogs.case.case import Case, CaseEvent
from dialogs.case.replay import folded, replayed
from dialogs.case.rights import ContactPerson
from dialogs.case.state import State
from dialogs.case.step import Step
from dialogs.engine.declare import Dialog
from dialogs.engine.declared import Declared
from dialogs.engine.record import Record, as_today
from dialogs.language.words import Words, _
from dialogs.phases.always import ALWAYS
from dialogs.phases.always.disposed import DISPOSED
from dialogs.phases.initiation import INITIATION

PHASES = (INITIATION, ALWAYS)
"""In the order in which a case goes through them."""
NAMED = tuple(phase for phase in PHASES if phase.title)
"""The phases of the model."""


def _by_id(steps: Iterable[Step]) -> dict[str, Step]:
    found: dict[str, Step] = {}
    for step in steps:
        if found.setdefault(step.id, step) is not step:
            raise Declared(f"two steps are called {step.id!r}")
    return found


def _told_apart(states: Iterable[State]) -> dict[str, State]:
    found: dict[str, State] = {}
    for state in sorted(states, key=lambda one: one.rank):
        for other in found.values():
            _differ(other, state)
        found[state.id] = state
    return found


def _differ(one: State, other: State) -> None:
    if one.id == other.id:
        raise Declared(f"two states are called {one.id!r}")
    if one.mark.strokes == other.mark.strokes:
        raise Declared(f"the states {one.id!r} and {other.id!r} need patterns that tell them apart")
    for place, its in (("rank", one.rank), ("in_queue", one.in_queue)):
        if its and its == getattr(other, place):
            raise Declared(
                f"states {one.id!r} and {other.id!r} have the same `{place}`, {its}: each has one of its own"
            )


STEPS = _by_id(step for phase in PHASES for step in phase.steps)
_PHASE = {step.id: phase for phase in PHASES for step in phase.steps}
TASKS = {
    step.dialog.key: step
    for step in sorted(STEPS.values(), key=lambda step: step.rank)
    if step.by == "staff" and step.dialog and step.opens
}
"""What contact persons do in a case, by the dialog's key, in the order in which it is offered."""
SENT = {step.dialog.key: step for step in STEPS.values() if step.by == "applicants" and step.dialog}
"""What applicants send, by the dialog's key."""
WAYS = {step.way.act: step for step in SENT.values() if step.way}
"""What applicants begin in a case that is there, by the act of its button."""
DIALOGS: dict[str, Dialog] = {key: step.dialog for key, step in SENT.items() if step.dialog}
"""Every dialog of the applicants, by its key."""
STATES = _told_apart(state for phase in PHASES for state in phase.states)
"""Where a case can stand, in the order of its life."""
OVER = tuple(state.id for state in STATES.values() if state.over)
"""The states of a case that nobody works on any more."""
INTERNAL = tuple(step.id for step in STEPS.values() if step.internal)
"""What no applicant is told about."""
SHARED = tuple(step.id for step in STEPS.values() if step.shares)
"""What applicants get whole when they ask what is stored about them."""


def record_today(record: Record) -> Record:
    """Something that was sent, under today's keys and option ids of its dialog."""
    return as_today(DIALOGS[record.dialog], record) if record.dialog in DIALOGS else record


def event_today(event: CaseEvent) -> CaseEvent:
    """An event with the answers of a contact person's step under today's keys and option ids. What applicants send is in their record."""
    step = STEPS.get(event.what)
    dialog = step.dialog if step and step.by == "staff" else None
    if not dialog or not (dialog.renamed or dialog.moved):
        return event
    data = {key: dialog.value_today(key, value) for key, value in dialog.keys_today(event.data).items()}
    return replace(event, data=data)


def replay(id: int, events: Iterable[CaseEvent]) -> Case:
    """The case `id` after these events."""
    return replayed(id, events, STEPS)


def after(case: Case, event: CaseEvent) -> Case:
    """The case after one more event."""
    return folded(case, event, STEPS)


def open_to_applicants(case: Case) -> frozenset[str]:
    """The acts by which applicants can begin something in this case now."""
    return frozenset(act for act, step in WAYS.items() if opens(step, case))


def opens(step: Step, case: Case) -> bool:
    """Whether a case is ready for a step, and in its phase."""
    return step.opens is not None and _PHASE[step.id].runs(case) and step.opens(case)


def open_to(who: ContactPerson, case: Case, step: Step) -> bool:
    """Whether this contact person can take a step in a case now."""
    return step.may(who, case) and opens(step, case)


def phase_of(case: Case) -> Words | None:
    """What the phase is called that a case is in, or was in last; None while there is but one to be in."""
    begun = [phase for phase in NAMED if phase.begins(case)]
    running = [phase for phase in begun if not phase.ends(case)]
    return (running or begun)[-1].title if len(NAMED) > 1 and begun else None


def sentence(event: CaseEvent) -> Words:
    """An event of a case as a sentence of its history."""
    step = STEPS.get(event.what)
    return step.sentence(event) if step else _("Noted: {what}.", what=event.what)


def sayable(events: Sequence[CaseEvent]) -> list[CaseEvent]:
    """The events that can be put into words: once what a case said is gone, those that need nothing of it."""
    gone = any(event.what == DISPOSED.id for event in events)
    return [event for event in events if event.data or not gone or _needs_nothing(event)]


def _needs_nothing(event: CaseEvent) -> bool:
    step = STEPS.get(event.what)
    return step is not None and (step.holds or isinstance(step.says, Words))
