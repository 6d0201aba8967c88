"""The applicants choose one of the times offered for a meeting."""

from dialogs.case import data
from dialogs.case.appointment import appointment, meeting
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import last_offer
from dialogs.case.notice import Notice
from dialogs.case.step import Step
from dialogs.kinds.times import instant, is_time
from dialogs.language.words import Moment, Words, _


def _after(case: Case, event: CaseEvent) -> Case:
    time = data.text(event, "time")
    return last_offer(case, chosen=time if is_time(time) else "").turned("city", event.at)


def _says(event: CaseEvent) -> Words:
    time = event.data.get("time")
    if not is_time(time):
        return _("A time was chosen.")
    return _("The applicants chose {at} for the meeting.", at=Moment(instant(str(time))))


def _tells(case: Case) -> tuple[Notice, ...]:
    ours, offer = appointment(case), case.meeting
    if ours is None or offer is None:
        return ()
    return (Notice("desk", ours), Notice("participants", meeting(case.reference, case.id, offer)))


TIME_CHOSEN = Step(
    id="time_chosen",
    by="applicants",
    internal=False,
    after=_after,
    says=_says,
    tells=_tells,
    shares=True,
)
