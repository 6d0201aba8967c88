"""Replay: builds a case from its events, the earliest first. Law: every fact about a case is derived here, and nowhere else."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.case.case import (
    Asked,
    Assessment,
    Case,
    CaseEvent,
    Decision,
    MeetingOffer,
    Message,
    Note,
    Ready,
    Referral,
    Waits,
)
from dialogs.kinds.amount import is_amount
from dialogs.kinds.times import is_time
from dialogs.language.ids import number_of
from dialogs.language.words import Text, Words

Step = Callable[[Case, CaseEvent], Case]


def replay(id: int, events: Iterable[CaseEvent]) -> Case:
    """The case `id` after these events. Unknown events are passed over."""
    case = Case(id)
    for event in events:
        case = after(case, event)
    return case


def after(case: Case, event: CaseEvent) -> Case:
    """The case after one more event."""
    step = STEPS.get(event.what)
    return replace(step(case, event) if step else case, latest=event.id)


def _text(event: CaseEvent, key: str) -> str:
    value = event.data.get(key)
    return value if isinstance(value, str) else ""


def _title(event: CaseEvent) -> Text:
    value = event.data.get("title")
    return value if isinstance(value, str | Words) else ""


def _list(event: CaseEvent, key: str) -> tuple[str, ...]:
    value = event.data.get(key)
    if isinstance(value, dict):
        value = value.get("ids") or value.get("times")
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list | tuple) else ()


def _turned(case: Case, to: Waits, at: datetime) -> Case:
    """The case waiting for `to`. If it already did, it has waited since the first time; a change of sides starts anew."""
    return case if case.waits_for == to else replace(case, waits_for=to, waiting_since=at)


def _sent(case: Case, event: CaseEvent) -> Case:
    """Applicants sent something: the case waits for the city. A case that the city started stays "started" until they apply."""
    state, dialog = case.state, event.what.removesuffix("_sent")
    if state == "draft" or (state == "started" and dialog == "application"):
        state = "taken" if case.holder else "sent"
    case = replace(
        case,
        reference=case.reference or _text(event, "reference"),
        title=_title(event) or case.title,
        state=state,
        locale=_text(event, "locale") or case.locale,
        kinds=tuple(dict.fromkeys((*case.kinds, dialog))),
    )
    return _turned(case, "city", event.at)


def _application(case: Case, event: CaseEvent) -> Case:
    return replace(
        _sent(case, event),
        scope=_text(event, "scope"),
        district=_text(event, "district") or case.district,
        actors=_list(event, "actors"),
        established=_text(event, "established"),
        sent_at=case.sent_at or event.at,
    )


def _withdrawn(case: Case, event: CaseEvent) -> Case:
    return _turned(replace(_sent(case, event), state="withdrawn"), "nobody", event.at)


def _completed(case: Case, event: CaseEvent) -> Case:
    case = _sent(case, event)
    asked = tuple(one if one.answered else replace(one, answered=event.at) for one in case.asked)
    facts = {
        key: value for key, value in (("actors", _list(event, "actors")), ("scope", _text(event, "scope"))) if value
    }
    return replace(case, asked=asked, **facts)  # type: ignore[arg-type]


def _written_to_us(case: Case, event: CaseEvent) -> Case:
    case = _sent(case, event)
    message = Message(event.id, "", _text(event, "text"), _text(event, "locale"), event.at)
    return replace(case, messages=(*case.messages, message))


def _taken(case: Case, event: CaseEvent) -> Case:
    return replace(case, holder=event.person, taken_by=event.by, state="taken" if case.state == "sent" else case.state)


def _handed_over(case: Case, event: CaseEvent) -> Case:
    return replace(
        _noted(case, event, "note"),
        holder=number_of(event.data.get("to")),
        taken_by=_text(event, "name"),
        state="taken" if case.state == "sent" else case.state,
        named=(case.named | {number_of(event.data.get("to"))}) - {0} if case.protected else case.named,
    )


def _noted(case: Case, event: CaseEvent, key: str, about: str = "") -> Case:
    text = _text(event, key)
    return replace(case, notes=(*case.notes, Note(event.id, text, event.by, event.at, about))) if text else case


def _assessed(case: Case, event: CaseEvent) -> Case:
    judged = {key: value for key, value in event.data.items() if isinstance(value, dict) and value.get("id")}
    verdicts = {key: str(value["id"]) for key, value in judged.items()}
    notes = {key: str(value["words"]) for key, value in judged.items() if value.get("words")}
    assessment = Assessment(verdicts, notes, _text(event, "summary"), event.by, event.at)
    return replace(case, assessment=assessment, district=_text(event, "district") or case.district)


def _asked(case: Case, event: CaseEvent) -> Case:
    asked = Asked(event.id, _list(event, "keys"), _text(event, "message"), _text(event, "due"), event.by, event.at)
    # A new request replaces one that is still open.
    earlier = tuple(one for one in case.asked if one.answered)
    return _turned(replace(case, asked=(*earlier, asked)), "applicants", event.at)


def _overdue(case: Case, _event: CaseEvent) -> Case:
    return replace(case, asked=tuple(one if one.answered else replace(one, overdue=True) for one in case.asked))


def _written(case: Case, event: CaseEvent) -> Case:
    message = Message(event.id, event.by, _text(event, "text"), _text(event, "locale"), event.at)
    case = replace(case, messages=(*case.messages, message))
    return _turned(case, "applicants", event.at) if event.data.get("ball") == "applicants" else case


def _offered(case: Case, event: CaseEvent) -> Case:
    times = tuple(filter(is_time, _list(event, "times")))
    offer = MeetingOffer(event.id, times, _text(event, "place"), event.by, event.at)
    return _turned(replace(case, offers=(*case.offers, offer)), "applicants", event.at)


def _last_offer(case: Case, **values: Any) -> Case:
    if not case.offers:
        return case
    return replace(case, offers=(*case.offers[:-1], replace(case.offers[-1], **values)))


def _chosen(case: Case, event: CaseEvent) -> Case:
    time = _text(event, "time")
    return _turned(_last_offer(case, chosen=time if is_time(time) else ""), "city", event.at)


def _none_fits(case: Case, event: CaseEvent) -> Case:
    return _turned(_last_offer(case, none_fits=True), "city", event.at)


def _forwarded(case: Case, event: CaseEvent) -> Case:
    whole = event.what == "forward" and event.data.get("extent") == "whole"
    part = Referral(
        event.id,
        "view" if event.what == "view" else "whole" if whole else "part",
        _text(event, "committee"),
        _text(event, "part"),
        _text(event, "reason"),
        _text(event, "expected"),
        _text(event, "due"),
        event.by,
        event.at,
    )
    case = replace(case, parts=(*case.parts, part))
    return _turned(replace(case, state="forwarded"), "elsewhere", event.at) if whole else case


def _came_back(case: Case, event: CaseEvent) -> Case:
    number = number_of(event.data.get("which"))
    whole = any(part.id == number and part.kind == "whole" for part in case.parts)
    parts = tuple(
        replace(part, back=_text(event, "answer"), back_at=event.at) if part.id == number else part
        for part in case.parts
    )
    case = replace(case, parts=parts)
    if not whole:
        return case
    return _turned(replace(case, state="taken" if case.holder else "sent"), "city", event.at)


def _ready(case: Case, event: CaseEvent) -> Case:
    ready = Ready(_text(event, "registration"), _text(event, "meeting_day"), event.at)
    return _turned(replace(case, ready=ready, state="ready"), "committee", event.at)


def _decided(case: Case, event: CaseEvent) -> Case:
    outcome, sum = _text(event, "outcome"), event.data.get("sum")
    decision = Decision(
        _text(event, "day"),
        _text(event, "paragraph"),
        outcome,
        sum if is_amount(sum) else None,
        _text(event, "conditions"),
        _text(event, "reservation"),
        _text(event, "text"),
        event.by,
        event.at,
    )
    case = replace(case, decisions=(*case.decisions, decision), state="decided")
    if outcome == "referred_back":
        return _turned(replace(case, state="taken" if case.holder else "sent"), "city", event.at)
    return _turned(case, "elsewhere" if outcome == "forwarded" else "nobody", event.at)


def _started(case: Case, event: CaseEvent) -> Case:
    case = replace(
        case,
        reference=_text(event, "reference"),
        title=_title(event),
        state="started",
        holder=event.person,
        taken_by=event.by,
        started={key: value for key, value in event.data.items() if key not in ("reference", "title", "district")},
        district=_text(event, "district"),
    )
    return _turned(case, "applicants", event.at)


def _protected(case: Case, event: CaseEvent) -> Case:
    named = frozenset(map(number_of, _list(event, "named"))) | {event.person or 0, case.holder}
    return replace(case, protected=True, named=named - {0})


def _disposed(case: Case, event: CaseEvent) -> Case:
    """Nothing that the case said is known any more."""
    registration, named = _text(event, "registration"), frozenset(map(number_of, _list(event, "named"))) - {0}
    return Case(
        case.id,
        reference=_text(event, "reference"),
        state="disposed",
        ready=Ready(registration, "", event.at) if registration else None,
        protected=bool(named),
        named=named,
    )


STEPS: dict[str, Step] = {
    "application_sent": _application,
    "meeting_sent": _sent,
    "withdrawal_sent": _withdrawn,
    "completion_sent": _completed,
    "message_sent": _written_to_us,
    "taken": _taken,
    "handover": _handed_over,
    "assessment": _assessed,
    "note": lambda case, event: _noted(case, event, "text"),
    "ask": _asked,
    "overdue": _overdue,
    "write": _written,
    "times": _offered,
    "time_chosen": _chosen,
    "no_time_fits": _none_fits,
    "meeting_reminded": lambda case, _event: _last_offer(case, reminded=True),
    "held": lambda case, event: _noted(case, event, "text", "meeting"),
    "forward": _forwarded,
    "view": _forwarded,
    "back": _came_back,
    "ready": _ready,
    "decision": _decided,
    "start": _started,
    "joined": lambda case, _event: replace(case, joined=case.joined + 1),
    "protect": _protected,
    "disposed": _disposed,
    "unprotect": lambda case, _event: replace(case, protected=False, named=frozenset()),
}
