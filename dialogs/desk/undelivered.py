"""Notices that did not arrive, as contact persons read about them: which, to whom, from when. Never an address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dialogs.case.case import Case
from dialogs.language.channels import CHANNELS, NOWHERE
from dialogs.language.replies import Tell
from dialogs.language.words import Moment, Words, _, type_of_value


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A notice that did not arrive: the side it was for, and the contact person if it was for one; its title, if known; how it failed."""

    to: Literal["applicants", "desk", "mailbox"]
    name: str
    notice: Words | None
    channel: str
    trouble: str
    at: datetime


def sentence(one: Undelivered) -> Words:
    """What did not arrive, in a sentence."""
    said: dict[str, type_of_value] = {"notice": one.notice or _("a message"), "at": Moment(one.at)}
    if one.to == "desk":
        return _("“{notice}” of {at} did not reach {name}.", name=one.name, **said)
    if one.to == "mailbox":
        return _("“{notice}” of {at} did not reach the mailbox.", **said)
    if missed := CHANNELS[one.channel].missed if one.channel in CHANNELS else None:
        return missed.filled(**said)
    return _("“{notice}” of {at} did not reach {name}.", name=one.channel, **said)


def reached_nobody(channel: str, at: datetime) -> Words | None:
    """What is said where there was no way to anybody; None for a channel that leads somewhere."""
    missed = NOWHERE.missed if channel == NOWHERE.name else None
    return missed.filled(notice=_("a message"), at=Moment(at)) if missed else None


def nobody_left(case: Case) -> Tell:
    """To administrators: something has arrived in a protected case that nobody can see any more."""
    words = _(
        "Something has arrived in the protected case {reference}, and nobody who may see it is left. Somebody else is named on the server, with: python -m bot name",
        reference=case.reference,
    )
    return Tell((words,), title=_("A protected case waits, and nobody can see it"), lasting=True)
