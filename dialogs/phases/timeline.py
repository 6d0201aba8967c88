"""The timeline: what happened in a case, in plain sentences. What contact persons wrote internally stays out."""

from collections.abc import Sequence

from dialogs.case.case import CaseEvent
from dialogs.kinds.day import day_of, in_words
from dialogs.kinds.times import instant, is_time
from dialogs.language.words import Listing, Moment, Words, _
from dialogs.phases.initiation.committee import OUTCOMES
from dialogs.phases.initiation.completion import labels

NOT_FOR_APPLICANTS = ("assessment", "note", "held", "view", "back", "protect", "unprotect", "overdue", "disposed")
"""Events among contact persons that no applicant is told about."""
ARRIVED: dict[str, Words] = {
    "application_sent": _("The application arrived."),
    "meeting_sent": _("A wish for a first meeting arrived."),
    "withdrawal_sent": _("The applicants withdrew it."),
    "completion_sent": _("The applicants completed what was asked."),
    "message_sent": _("The applicants wrote."),
    "no_time_fits": _("None of the times fitted the applicants."),
    "joined": _("Somebody came in by an invitation."),
    "overdue": _("The day by which an answer was asked for passed without one."),
    "meeting_reminded": _("Both sides were reminded of the meeting."),
}
BY_STAFF: dict[str, Words] = {
    "taken": _("{name} took the case."),
    "assessment": _("{name} assessed it."),
    "note": _("{name} wrote an internal note."),
    "write": _("{name} wrote to the applicants."),
    "times": _("{name} offered times for a meeting."),
    "held": _("{name} noted what a meeting gave."),
    "back": _("{name} noted what another committee answered."),
    "start": _("{name} started the case for the city."),
    "protect": _("{name} protected the case."),
    "unprotect": _("{name} ended the protection."),
}


def sentence(event: CaseEvent) -> Words:
    """An event of a case as a sentence."""
    if event.what in ARRIVED:
        return ARRIVED[event.what]
    if event.what == "protect" and not event.by:
        return _("On the command line somebody else was named who may see it.")
    if event.what in BY_STAFF:
        return Words(BY_STAFF[event.what].id, {"name": event.by})
    made = MORE.get(event.what)
    return made(event) if made else _("Noted: {what}.", what=event.what)


def _value(event: CaseEvent, key: str) -> str:
    return str(event.data.get(key) or "")


def _day(event: CaseEvent, key: str) -> Moment | str:
    day = day_of(event.data.get(key))
    return in_words(day) if day else _value(event, key)


def _handed_over(event: CaseEvent) -> Words:
    return _("{name} handed it over to {other}.", name=event.by, other=_value(event, "name"))


def _asked(event: CaseEvent) -> Words:
    keys = event.data.get("keys")
    ids = keys.get("ids") if isinstance(keys, dict) else keys
    return _(
        "{name} asked for completion by {day}: {what}.",
        name=event.by,
        day=_day(event, "due"),
        what=Listing(labels(tuple(ids) if isinstance(ids, list | tuple) else ())),
    )


def _chosen(event: CaseEvent) -> Words:
    time = event.data.get("time")
    if not is_time(time):
        return _("A time was chosen.")
    return _("The applicants chose {at} for the meeting.", at=Moment(instant(str(time))))


def _forwarded(event: CaseEvent) -> Words:
    if event.data.get("extent") == "whole":
        return _(
            "{name} forwarded the whole matter to {committee}.", name=event.by, committee=_value(event, "committee")
        )
    return _(
        "{name} forwarded a part to {committee}: {part}",
        name=event.by,
        committee=_value(event, "committee"),
        part=_value(event, "part"),
    )


def _view(event: CaseEvent) -> Words:
    return _(
        "{name} asked {committee} for its view by {day}.",
        name=event.by,
        committee=_value(event, "committee"),
        day=_day(event, "due"),
    )


def _ready(event: CaseEvent) -> Words:
    return _(
        "{name} made it ready for the Technical Committee: {number}, meeting on {day}.",
        name=event.by,
        number=_value(event, "registration"),
        day=_day(event, "meeting_day"),
    )


def _decided(event: CaseEvent) -> Words:
    outcome = OUTCOMES.get(_value(event, "outcome"))
    return _(
        "The Technical Committee decided on {day}, {paragraph}: {outcome}.",
        day=_day(event, "day"),
        paragraph=_value(event, "paragraph"),
        outcome=outcome or _value(event, "outcome"),
    )


def _disposed(event: CaseEvent) -> Words:
    return _(
        "{name} disposed of it under the decision {number} of {day}.",
        name=event.by,
        number=_value(event, "number"),
        day=_day(event, "day"),
    )


def sayable(events: Sequence[CaseEvent]) -> list[CaseEvent]:
    """The events that can be put into words: once a case is disposed of, those that need nothing of what is gone."""
    gone = any(event.what == "disposed" for event in events)
    return [event for event in events if event.data or not gone or event.what in ARRIVED or event.what in BY_STAFF]


MORE = {
    "disposed": _disposed,
    "handover": _handed_over,
    "ask": _asked,
    "time_chosen": _chosen,
    "forward": _forwarded,
    "view": _view,
    "ready": _ready,
    "decision": _decided,
}
