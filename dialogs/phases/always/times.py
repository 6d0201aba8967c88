"""A contact person offers times for a meeting."""

from dataclasses import replace

from dialogs.case import data, group
from dialogs.case.background import Background
from dialogs.case.case import Case, CaseEvent, MeetingOffer
from dialogs.case.notice import Notice, to_applicants
from dialogs.case.step import Step
from dialogs.case.task import dialog, our_turn, reachable
from dialogs.engine.declare import Question
from dialogs.engine.prefilled import Prefilled
from dialogs.kinds.text import FreeText
from dialogs.kinds.times import Times, instant, is_time
from dialogs.language.replies import Button
from dialogs.language.words import Moment, _


def _after(case: Case, event: CaseEvent) -> Case:
    times = tuple(filter(is_time, data.listed(event, "times")))
    offer = MeetingOffer(event.id, times, data.text(event, "place"), event.by, event.at)
    return replace(case, offers=(*case.offers, offer)).turned("applicants", event.at)


def _last_place(background: Background) -> Prefilled | None:
    last = background.case.offers[-1] if background.case.offers else None
    if last is None or not last.place:
        return None
    source = _("the times that {name} offered on {day}", name=last.by, day=Moment(last.at, "date"))
    return Prefilled(last.place, source)


def _tells(case: Case) -> tuple[Notice, ...]:
    offer = case.offer
    if offer is None:
        return ()
    rows = tuple(
        (Button(_("{at}", at=Moment(instant(time))), f"time:{case.id}:{number}"),)
        for number, time in enumerate(offer.times)
    )
    words = (
        _(
            "{name} offers you a meeting about {reference}. Which time suits you?",
            name=offer.by,
            reference=case.reference,
        ),
        _("Place: {place}", place=offer.place),
    )
    none = (Button(_("None of these"), f"notime:{case.id}"),)
    return (to_applicants(_("Choose a time for a meeting"), *words, rows=(*rows, none)),)


def _comes_next(case: Case, _today: str) -> bool:
    return our_turn(case) and case.sent_at is None and not case.offer and not case.meeting


TIMES = Step(
    id="times",
    by="staff",
    internal=False,
    after=_after,
    says=_("{name} offered times for a meeting."),
    label=_("Offer times for a meeting"),
    dialog=dialog(
        "times",
        _("Offer times for a meeting"),
        Question(
            "times",
            _("Times"),
            _("Which two or three times do you offer?"),
            Times(),
            hint=_("Write one a line, for example 2026-12-03 14:00."),
        ),
        Question(
            "place",
            _("Where"),
            _("Where do you meet? An address, or a link to a video meeting."),
            FreeText(300),
        ),
        send=_("Offer these times"),
        done=_("The times are on their way"),
        review=(_("The applicants choose one of these. Then both of you get it for the calendar."),),
    ),
    group=group.APPLICANTS,
    opens=reachable,
    prefilled={"place": _last_place},
    tells=_tells,
    shares=True,
    comes_next=_comes_next,
    rank=40,
)
