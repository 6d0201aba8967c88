"""What is under way in a case: what was asked and offered and is not answered, and what was agreed."""

from dialogs.case.case import Case
from dialogs.case.notice import moment_of
from dialogs.kinds.times import instant
from dialogs.language.words import Listing, Moment, Words, _
from dialogs.phases.initiation.completion import labels
from dialogs.phases.initiation.part import initiation


def under_way(case: Case) -> list[Words]:
    """A line for each, for a contact person."""
    words: list[Words] = []
    if asked_for := initiation(case).request:
        asked = (
            _("They were asked to complete by {day} and have not answered: {what}.")
            if asked_for.overdue
            else _("They are asked to complete by {day}: {what}.")
        )
        words.append(asked.filled(day=moment_of(asked_for.due) or "–", what=Listing(labels(asked_for.keys))))
    if case.offer:
        times = Listing(tuple(_("{date}", date=Moment(instant(one))) for one in case.offer.times))
        words.append(_("Offered for a meeting: {times}.", times=times))
    elif case.meeting:
        at = Moment(instant(case.meeting.chosen))
        words.append(_("The meeting: {at}, {place}.", at=at, place=case.meeting.place))
    return words
