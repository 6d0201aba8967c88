"""What applicants begin: an application, a request for a meeting, a withdrawal. If it was begun already, they go on with that."""

from datetime import datetime

from dialogs.applicants import rooms
from dialogs.applicants.acts import Act, Begin, Response, Switch
from dialogs.applicants.where import MOST_DRAFTS, Standing
from dialogs.case.state import STARTED, WITHDRAWN
from dialogs.engine.declare import Dialog
from dialogs.engine.draft import Answer
from dialogs.language.replies import Tell
from dialogs.language.words import n_
from dialogs.phases.always.meeting import DIALOG as MEETING
from dialogs.phases.initiation.application import APPLICATION


def begun(dialog: Dialog) -> tuple[Tell, ...]:
    """What is said as a dialog begins."""
    return tuple(Tell(words) for words in dialog.intro)


def application(standing: Standing, acts: tuple[Act, ...] = ()) -> Response:
    """Begin a new application, after `acts`; go to an empty one if there is one, and refuse when MOST_DRAFTS drafts are open."""
    if acts and standing.applications():
        return Response(acts=acts, show=True)
    if empty := next((one for one in standing.applications() if not (one.draft.answers or one.draft.prefilled)), None):
        # Pressing "new" twice begins only one application.
        return Response(acts=(*acts, Switch(empty.draft.id)), show=True)
    if len(standing.open) >= MOST_DRAFTS:
        full = n_(
            "You have {count} open draft, and that is the most I can keep. Please finish or delete one first.",
            "You have {count} open drafts, and that is the most I can keep. Please finish or delete one first.",
            count=len(standing.open),
        )
        return Response((Tell((full,), tone="trouble"), rooms.drafts(standing)))
    return Response(begun(APPLICATION), (*acts, Begin(APPLICATION.key, _waiting_case(standing))), show=True)


def _waiting_case(standing: Standing) -> int:
    """The case that the city started with them and in which nobody writes an application now, since they deleted it; 0 for none: a new one."""
    waiting = (one.case for one in standing.sent if one.state == STARTED.id and not standing.application_in(one.case))
    return next(waiting, 0)


def meeting(standing: Standing, now: datetime) -> Response:
    """Begin a request for a first meeting, beside the application at hand if there is one."""
    beside = standing.here if standing.here and standing.here.dialog == APPLICATION.key else None
    if standing.here and standing.here.dialog == MEETING.key:
        return Response(show=True)
    meetings = [one for one in standing.open if one.dialog == MEETING.key]
    # It must belong to the draft at hand: "yes" to sharing means the draft from which the meeting was asked for.
    if there := next((one for one in meetings if not beside or one.case == beside.case), None):
        return Response(acts=(Switch(there.draft.id),), show=True)
    given: dict[str, Answer] = {}
    if beside and beside.draft.answers:
        given["beside"] = Answer("yes", standing.person, standing.locale, now)
    return Response(
        begun(MEETING),
        (Begin(MEETING.key, beside.case if beside else _only_case(standing), given),),
        show=True,
    )


def _only_case(standing: Standing) -> int:
    """The case of a request for a meeting when no draft is at hand: the only case that was sent, if nothing else is open; else 0, a new one."""
    sent = [one.case for one in standing.sent if one.state != WITHDRAWN.id]
    return sent[0] if len(sent) == 1 and not standing.open else 0
