"""An agreed meeting, as an entry for a calendar."""

from dialogs.case.case import Case, MeetingOffer
from dialogs.kinds.times import instant
from dialogs.language.replies import Appointment, Button
from dialogs.language.words import Moment, Words, _


def appointment(case: Case) -> Appointment | None:
    """The last meeting agreed in a case, for the contact person; None if there is none."""
    offer = case.meeting
    if offer is None:
        return None
    about = _("About {reference}: {title}", reference=case.reference, title=case.title or _("no area named yet"))
    if case.protected:
        about = _("About {reference}", reference=case.reference)
    return _appointment(case.reference, case.id, offer, about, ((Button(_("Open the case"), f"case:{case.id}"),),))


def meeting(reference: str, case: int, offer: MeetingOffer) -> Appointment:
    """The meeting agreed in a case, for the applicants."""
    about = _("About {reference}, with {name}", reference=reference, name=offer.by)
    rows = ((Button(_("Write to the contact person"), f"write:{case}"),), (Button(_("What I have sent"), "status"),))
    return _appointment(reference, case, offer, about, rows)


def _appointment(
    reference: str, case: int, offer: MeetingOffer, about: Words, rows: tuple[tuple[Button, ...], ...]
) -> Appointment:
    return Appointment(
        f"{reference}-{offer.id}".lower(),
        case,
        reference,
        Moment(instant(offer.chosen)),
        offer.place,
        _("Meeting about collaboration support"),
        (about, _("Here is the meeting for your calendar.")),
        rows,
    )
