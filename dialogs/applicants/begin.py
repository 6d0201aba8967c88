"""What applicants begin: an application, a wish for a meeting, a withdrawal. What was begun already is gone on with."""

from datetime import datetime

from dialogs.applicants import rooms
from dialogs.applicants.sent_status import status
from dialogs.applicants.where import MOST_DRAFTS, Act, Begin, Response, Standing, Switch
from dialogs.case.case import OVER
from dialogs.engine.draft import Answer, path
from dialogs.language.replies import Tell
from dialogs.language.words import n_
from dialogs.phases import DIALOGS
from dialogs.phases.initiation.application import APPLICATION


def application(standing: Standing, acts: tuple[Act, ...] = ()) -> Response:
    """A new application, after `acts`; the empty one that is there, or a word that there are as many as can be kept."""
    if acts and standing.applications():
        return Response(acts=acts, show=True)
    if empty := next((one for one in standing.applications() if not one.draft.answers), None):
        # Two presses on "new" begin one.
        return Response(acts=(*acts, Switch(empty.draft.id)), show=True)
    if len(standing.open) >= MOST_DRAFTS:
        full = n_(
            "You have {count} open draft, and that is the most I can keep. Please finish or delete one first.",
            "You have {count} open drafts, and that is the most I can keep. Please finish or delete one first.",
            count=len(standing.open),
        )
        return Response((Tell((full,), tone="trouble"), rooms.drafts(standing)))
    return Response((Tell(APPLICATION.intro),), (*acts, Begin("application")), show=True)


def meeting(standing: Standing, now: datetime) -> Response:
    """A wish for a first meeting, beside the application at hand if there is one."""
    beside = standing.here if standing.here and standing.here.dialog == "application" else None
    if standing.here and standing.here.dialog == "meeting":
        return Response(show=True)
    meetings = [one for one in standing.open if one.dialog == "meeting"]
    # Of the draft at hand and of no other one: "yes" to sharing is about the draft that one came from.
    if there := next((one for one in meetings if not beside or one.case == beside.case), None):
        return Response(acts=(Switch(there.draft.id),), show=True)
    given: dict[str, Answer] = {}
    if beside:
        known = path(APPLICATION, beside.draft).known
        given |= {"contact": beside.draft.answers["contact"]} if "contact" in known else {}
    if beside and beside.draft.answers:
        given["beside"] = Answer("yes", standing.person, standing.locale, now)
    return Response(
        (Tell(DIALOGS["meeting"].intro),),
        (Begin("meeting", beside.case if beside else _only_case(standing), given),),
        show=True,
    )


def _only_case(standing: Standing) -> int:
    """The case that a wish for a meeting belongs to when no draft is at hand: the one that was sent, if there is no other matter; else a new one."""
    sent = [one.case for one in standing.sent if one.state != "withdrawn"]
    return sent[0] if len(sent) == 1 and not standing.open else 0


def withdrawal(standing: Standing, case: int) -> Response:
    """The withdrawal of what they have sent in this case; where things stand when there is nothing to withdraw."""
    sent = next((one for one in standing.sent if one.case == case and one.state not in (*OVER, "started")), None)
    if not sent:
        return Response((status(standing),))
    there = next((one for one in standing.open if one.dialog == "withdrawal" and one.case == case), None)
    acts: tuple[Act, ...] = (Switch(there.draft.id),) if there else (Begin("withdrawal", case),)
    return Response((Tell(DIALOGS["withdrawal"].intro),), acts, show=True)
