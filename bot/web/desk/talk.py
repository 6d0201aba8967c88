"""The talk in a case: what the two sides wrote, asked and offered each other, and what did not arrive, as one conversation."""

from dataclasses import dataclass
from datetime import datetime

from dialogs.case.case import Case, MeetingOffer, Message
from dialogs.desk.undelivered import Undelivered, sentence
from dialogs.kinds.day import day_of, in_words
from dialogs.kinds.times import instant, shown
from dialogs.language.words import Moment, Text, Words, _
from dialogs.phases.initiation.completion import labels
from dialogs.phases.initiation.part import Asked, initiation


@dataclass(frozen=True, slots=True)
class Spoken:
    """One item of the talk: when, by whom ("" for the applicants), what it is, the words as written and their language, and what became of it."""

    at: datetime
    by: str
    head: Words
    text: str = ""
    locale: str = ""
    lines: tuple[Text, ...] = ()
    new: bool = False
    trouble: bool = False
    open: bool = False


def talk(case: Case, undelivered: list[Undelivered], read_to: int, today: str) -> list[Spoken]:
    """Everything that went between the two sides, the earliest first; `today` is a day (ISO)."""
    found = [
        *(_message(one, read_to) for one in case.messages),
        *(_asked(one, today) for one in initiation(case).asked),
        *(_offered(one) for one in case.offers),
        *(
            Spoken(one.at, "", sentence(one), lines=(one.trouble,) if one.trouble else (), trouble=True)
            for one in undelivered
        ),
    ]
    return sorted(found, key=lambda one: one.at)


def _message(one: Message, read_to: int) -> Spoken:
    head = _("{name} wrote", name=one.by) if one.by else _("The applicants wrote")
    return Spoken(one.at, one.by, head, one.text, one.locale, new=bool(read_to) and not one.by and one.id > read_to)


def _asked(one: Asked, today: str) -> Spoken:
    due = day_of(one.due)
    lines: list[Text] = list(labels(one.keys))
    if one.answered:
        lines.append(_("Answered {at}.", at=Moment(one.answered)))
    elif due:
        passed = one.due < today
        said = _("Not answered, and the day has passed: {day}.") if passed else _("Asked for by {day}.")
        lines.append(said.filled(day=in_words(due)))
    head = _("{name} asked them to complete", name=one.by)
    return Spoken(one.at, one.by, head, one.message, lines=tuple(lines), open=not one.answered)


def _offered(one: MeetingOffer) -> Spoken:
    lines: list[Text] = [shown(time) for time in one.times]
    if one.chosen:
        lines.append(_("They chose {at}.", at=Moment(instant(one.chosen))))
    elif one.none_fits:
        lines.append(_("None of these times fits them."))
    head = _("{name} offered times for a meeting", name=one.by)
    return Spoken(one.at, one.by, head, one.place, lines=tuple(lines), open=not one.chosen and not one.none_fits)
