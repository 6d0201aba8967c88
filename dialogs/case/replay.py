"""Replay: builds a case from its events, the earliest first. Law: every fact about a case is derived by its steps, and nowhere else."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import reopened
from dialogs.case.step import Step


def replayed(id: int, events: Iterable[CaseEvent], steps: Mapping[str, Step]) -> Case:
    """The case `id` after these events. Events of no step are passed over."""
    case = Case(id)
    for event in events:
        case = folded(case, event, steps)
    return case


def folded(case: Case, event: CaseEvent, steps: Mapping[str, Step]) -> Case:
    """The case after one more event. Law: whatever applicants do in a case that was closed opens it again."""
    step = steps.get(event.what)
    if step and step.by == "applicants":
        case = reopened(case, event.at)
    return replace(step.after(case, event) if step else case, latest=event.id)
