"""To the Technical Committee (TN): ready for its meeting."""

from dataclasses import replace

from dialogs.case import data, group
from dialogs.case.background import Background
from dialogs.case.case import Case, CaseEvent
from dialogs.case.notice import Notice, moment_of, to_applicants
from dialogs.case.state import TAKEN, Mark, State
from dialogs.case.step import Step
from dialogs.case.task import dialog, our_turn, sent_to_us
from dialogs.engine.declare import Question
from dialogs.engine.prefilled import Prefilled
from dialogs.kinds.day import Day
from dialogs.kinds.text import FreeText
from dialogs.language.words import Text, Words, _
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.initiation.part import Ready, initiation, known

READY_STATE = State("ready", _("Ready for the committee"), 60, 50, Mark("#3d7fc9", "M1 0v6M4 0v6"))


def _opens(case: Case) -> bool:
    return sent_to_us(case) and APPLICATION.key in case.kinds and case.state in (TAKEN.id, READY_STATE.id)


def _registered(background: Background) -> Prefilled | None:
    ready = initiation(background.case).ready
    return Prefilled(ready.registration, ready.called) if ready and ready.registration else None


def _after(case: Case, event: CaseEvent) -> Case:
    ready = Ready(data.text(event, "registration"), data.text(event, "meeting_day"), event.at)
    case = replace(known(case, ready=ready), registration=ready.registration)
    return case.stands(READY_STATE).turned("committee", event.at)


def _says(event: CaseEvent) -> Words:
    return _(
        "{name} made it ready for the Technical Committee: {number}, meeting on {day}.",
        name=event.by,
        number=data.shown(event, "registration"),
        day=data.day(event, "meeting_day"),
    )


def _tells(case: Case) -> tuple[Notice, ...]:
    ready = initiation(case).ready
    if ready is None:
        return ()
    words: list[Text] = [
        _(
            "Your application {reference} is ready for the Technical Committee. Its registration number is {number}.",
            reference=case.reference,
            number=ready.registration,
        )
    ]
    if day := moment_of(ready.meeting):
        words.append(_("The committee meets on {day}. You are told what it decides.", day=day))
    return (to_applicants(_("Your application goes to the Technical Committee"), *words),)


def _comes_next(case: Case, _today: str) -> bool:
    waits = our_turn(case) and APPLICATION.key in case.kinds and case.state != READY_STATE.id
    return waits and initiation(case).assessment is not None


READY = Step(
    id="ready",
    by="staff",
    internal=False,
    after=_after,
    says=_says,
    label=_("Ready for the Technical Committee"),
    dialog=dialog(
        "ready",
        _("Ready for the Technical Committee"),
        Question(
            "registration",
            _("Registration number"),
            _("Which registration number (diarienummer) has the registry given it?"),
            FreeText(40, least=3),
            hint=_("For example TN-2019-3825."),
        ),
        Question("meeting_day", _("The committee’s meeting"), _("At which meeting is it decided?"), Day()),
        send=_("It is ready"),
        done=_("It is ready for the Technical Committee"),
        review=(_("The applicants are told when the committee meets."),),
    ),
    group=group.COMMITTEE,
    opens=_opens,
    prefilled={"registration": _registered},
    tells=_tells,
    shares=True,
    comes_next=_comes_next,
    rank=70,
)
