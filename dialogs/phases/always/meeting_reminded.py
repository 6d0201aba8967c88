"""Both sides are reminded, the day before a meeting."""

from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import last_offer
from dialogs.case.notice import Notice, ask_back, in_a_line, to_applicants
from dialogs.case.step import Step
from dialogs.kinds.times import instant
from dialogs.language.replies import Button, Tell
from dialogs.language.words import Moment, _


def _after(case: Case, _event: CaseEvent) -> Case:
    return last_offer(case, reminded=True)


def _tells(case: Case) -> tuple[Notice, ...]:
    offer = case.meeting
    if offer is None:
        return ()
    words = (
        _("Reminder: you meet {at}.", at=Moment(instant(offer.chosen))),
        _("Place: {place}", place=offer.place),
    )
    title = _("Your meeting is soon")
    rows = ((Button(_("Open the case"), f"case:{case.id}"),),)
    ours = Notice("holder", Tell((in_a_line(case), *words), title=title, rows=rows, lasting=True))
    return (ours, to_applicants(title, *words, rows=(ask_back(case),)))


MEETING_REMINDED = Step(
    id="meeting_reminded",
    by="house",
    internal=False,
    after=_after,
    says=_("Both sides were reminded of the meeting."),
    tells=_tells,
    in_papers="never",
)
