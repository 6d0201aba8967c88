"""What applicants do with what the contact person sent them: complete what was asked, answer, choose a time."""

from dataclasses import replace

from dialogs.applicants.acts import Act, Begin, Choose, Keep, Response, Switch
from dialogs.applicants.begin import begun
from dialogs.applicants.sent_status import status
from dialogs.applicants.where import SentCase, Standing
from dialogs.case.appointment import meeting
from dialogs.case.case import Case, MeetingOffer
from dialogs.case.state import WITHDRAWN
from dialogs.kinds.times import instant
from dialogs.language.ids import number_in
from dialogs.language.replies import Export, Tell
from dialogs.language.words import Moment, Text, _
from dialogs.phases.always.message import DIALOG as MESSAGE
from dialogs.phases.initiation.completed import COMPLETE
from dialogs.phases.initiation.completion import COMPLETION, asked_anew, begun_with, told
from dialogs.phases.initiation.part import initiation
from dialogs.phases.steps import WAYS


def pressed(standing: Standing, name: str, rest: str) -> Response:
    """The response to a button below a notice. If what the button is about is over by now, it shows where things stand."""
    case, _colon, which = rest.partition(":")
    if name == "receipt":
        return _receipt(standing, number_in(case))
    one = next((one for one in standing.sent if one.case == number_in(case) and one.state != WITHDRAWN.id), None)
    if one is None:
        return Response((status(standing),))
    match name:
        case COMPLETE.act:
            return _complete(standing, one)
        case "time" | "notime":
            return _time(standing, one, name, which)
        case "calendar":
            return _calendar(standing, one)
        case _:
            return _begin(standing, one, name)


def _going_on(standing: Standing, dialog: str, case: int) -> tuple[Act, ...]:
    """The act of switching to the open draft of this dialog and case; () if there is none."""
    there = next((one for one in standing.open if one.dialog == dialog and one.case == case), None)
    return (Switch(there.draft.id),) if there else ()


def _complete(standing: Standing, one: SentCase) -> Response:
    if one.request is None or one.record is None:
        return Response((Tell((_("That has been answered already. Thank you!"),), tone="good"), status(standing)))
    answers = begun_with(one.request, one.record, standing.person, standing.locale)
    there = next((other for other in standing.open if other.dialog == COMPLETION.key and other.case == one.case), None)
    acts: tuple[Act, ...] = (Begin(COMPLETION.key, one.case, answers),)
    if there:
        draft = asked_anew(there.draft, answers)
        acts = (*((Keep(draft),) if draft != there.draft else ()), Switch(draft.id))
    return Response(begun(COMPLETION), acts, show=True)


def _begin(standing: Standing, one: SentCase, act: str) -> Response:
    """Begin what the button says, or go on with it; where things stand, if it cannot be done any more."""
    if act not in one.ways:
        return Response((status(standing),))
    dialog = WAYS[act].asks
    acts = _going_on(standing, dialog.key, one.case) or (Begin(dialog.key, one.case),)
    return Response(begun(dialog), acts, show=True)


def _time(standing: Standing, one: SentCase, name: str, which: str) -> Response:
    offer = one.offer
    if offer is None:
        return Response((_settled(one.meeting), status(standing)))
    if name == "notime":
        words = _("All right. Write to the contact person when it would suit you.")
        acts = (Choose(one.case, ""), *(_going_on(standing, MESSAGE.key, one.case) or (Begin(MESSAGE.key, one.case),)))
        return Response((Tell((words,)),), acts, show=True)
    chosen = next((time for number, time in enumerate(offer.times) if which == str(number)), "")
    return Response(acts=(Choose(one.case, chosen),)) if chosen else Response((status(standing),))


def _calendar(standing: Standing, one: SentCase) -> Response:
    if one.meeting is None:
        return Response((status(standing),))
    return Response((replace(meeting(one.reference, one.case, one.meeting), lasting=False),), show=True)


def _receipt(standing: Standing, case: int) -> Response:
    """The receipt as a PDF, also for what was withdrawn."""
    if not any(one.case == case for one in standing.arrived):
        return Response((status(standing),))
    return Response((Export((_("Here is your receipt, with a copy of what you sent."),), "receipt", case),), show=True)


def _settled(agreed: MeetingOffer | None) -> Tell:
    if agreed is None:
        return Tell((_("Those times are not offered any more."),))
    return Tell((_("The time is settled already: {at}.", at=Moment(instant(agreed.chosen))),))


def joined(case: Case) -> Tell:
    """What somebody who joins by an invitation reads: who began the case, and what it says already."""
    words: list[Text] = [
        _(
            "{name} at the City of Malmö invites you to develop {title} together, and has written down what the city knows already:",
            name=case.taken_by,
            title=case.title or _("an area"),
        )
    ]
    words += told(initiation(case).started)
    words.append(
        _(
            "It is yours now: go on with it, correct it, and look it through at the end. Only you can send it. The city does not see what you write until you do."
        )
    )
    return Tell(tuple(words), title=_("You are invited"), tone="good")


def unknown_invitation() -> Tell:
    """The answer to an invitation that leads nowhere, or no longer does."""
    return Tell(
        (_("This invitation has been used already, or has ended. Ask whoever invited you for a new one."),),
        tone="trouble",
    )


def not_for_colleagues() -> Tell:
    """The answer to an invitation that a contact person presses."""
    words = _(
        "You work with the cases, so you cannot come into one as an actor. The invitation still works: pass it on."
    )
    return Tell((words,), tone="trouble")
