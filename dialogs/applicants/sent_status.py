"""What a person has sent, and where it stands: who has it, what is asked of them, what was agreed, what was decided. Law: only the committee decides."""

from operator import itemgetter

from dialogs.applicants import terms
from dialogs.applicants.rooms import CONFIRM, RESUME
from dialogs.applicants.sending import COME_BACK, IN_THE_CHAT, ON_PAPER
from dialogs.applicants.where import SentCase, Standing
from dialogs.case.case import MeetingOffer, Referral
from dialogs.case.state import CLOSED, SENT, STARTED, WITHDRAWN
from dialogs.case.step import Way
from dialogs.kinds.day import day_of, in_words
from dialogs.kinds.times import instant
from dialogs.language.replies import Button, Rows, Tell
from dialogs.language.words import Listing, Moment, Text, Words, _
from dialogs.phases.always.close import why
from dialogs.phases.initiation.completion import labels
from dialogs.phases.initiation.decision import OUTCOMES, PLAIN
from dialogs.phases.initiation.part import Asked, Decision, Ready
from dialogs.phases.steps import WAYS


def status(standing: Standing) -> Tell:
    """Everything that was sent, case by case, and what can be done about it."""
    title = _("What I have sent")
    if not standing.sent:
        return Tell((_("You have not sent anything yet."),), title=title, rows=((RESUME,),))
    several = len(standing.sent) > 1
    words = tuple(text for one in standing.sent for text in _told(one))
    rows = tuple(row for one in standing.sent for row in _doing(one, several))
    confirm: Rows = ((Button(CONFIRM, "code"),),) if standing.unconfirmed else ()
    if standing.nameless:
        return Tell((*words, IN_THE_CHAT, terms.ring()), title=title, rows=((COME_BACK,), *rows, *confirm, (RESUME,)))
    asking = _("Questions? Write to {mailbox}.", mailbox=standing.house.mailbox)
    return Tell((*words, asking), title=title, rows=(*rows, *confirm, (RESUME,)))


def _told(one: SentCase) -> list[Text]:
    title = one.title or _("a first meeting")
    if one.unsent:
        what = _("{reference}: {title}. It is not sent yet.", reference=one.reference, title=one.title or _("an area"))
    else:
        what = _("{reference}: {title}. Sent {at}.", reference=one.reference, title=title, at=Moment(one.at))
    words: list[Text] = [what, *_where(one)]
    if one.state in (WITHDRAWN.id, CLOSED.id):
        return words
    words += [text for part in one.away for text in _away(part)]
    words += _asked(one.request) if one.request else []
    words += _offered(one.offer) if one.offer else []
    words += _agreed(one.meeting) if one.meeting else []
    return words


def _where(one: SentCase) -> list[Text]:
    """Who has the case, and how far it has come."""
    if one.closing:
        return why(one.reference, one.closing)
    match one.state:
        case SENT.id:
            return [_("It has arrived and waits for a contact person to take it.")]
        case WITHDRAWN.id:
            return [_("You have withdrawn it.")]
        case STARTED.id:
            return [_("{name} at the City of Malmö has started it with you.", name=one.taken_by)]
    has = [_has(one.taken_by)] if one.taken_by else []
    if one.decision:
        return [*_decided(one.reference, one.decision), *has]
    return [*has, *(_ready(one.ready) if one.ready else [])]


def _has(name: str) -> Words:
    return _("Your contact person is {name}.", name=name)


def _ready(ready: Ready) -> list[Text]:
    words: list[Text] = [_("Its registration number is {number}.", number=ready.registration)]
    if day := day_of(ready.meeting):
        words.append(_("The Technical Committee decides. It meets on {day}.", day=in_words(day)))
    return words


def _decided(reference: str, one: Decision) -> list[Text]:
    """The decision in plain words, and again the official words that came with the notice."""
    if one.outcome not in OUTCOMES:
        return []
    words: list[Text] = [PLAIN[one.outcome].filled(reference=reference)]
    if one.sum is not None:
        words.append(_("For dialogue work the city contributes {sum} kronor.", sum=one.sum))
    if day := day_of(one.day):
        words.append(_("Decided on {day}, {paragraph}.", day=in_words(day), paragraph=one.paragraph))
    return [*words, _("The official words, in Swedish:"), one.text] if one.text else words


def _away(part: Referral) -> list[Text]:
    since = Moment(part.since, "date")
    if part.kind == "whole":
        words: list[Text] = [_("{committee} has it since {at}.", committee=part.committee, at=since)]
    else:
        words = [_("{committee} has a part of it since {at}:", committee=part.committee, at=since), part.what]
    if day := day_of(part.due):
        words.append(_("They are asked to answer by {day}.", day=in_words(day)))
    return words


def _asked(asked: Asked) -> list[Text]:
    words: list[Text] = [
        _("{name} asks you to complete: {what}.", name=asked.by, what=Listing(labels(asked.keys))),
        asked.message,
    ]
    if day := day_of(asked.due):
        words.append(_("Please answer by {day}.", day=in_words(day)))
    return words


def _offered(offer: MeetingOffer) -> list[Text]:
    return [
        _("{name} offers you a meeting. Which time suits you?", name=offer.by),
        _("Place: {place}", place=offer.place),
    ]


def _agreed(meeting: MeetingOffer) -> list[Text]:
    at = Moment(instant(meeting.chosen))
    return [_("You meet {name}: {at}.", name=meeting.by, at=at), _("Place: {place}", place=meeting.place)]


def _doing(one: SentCase, several: bool) -> Rows:
    """What can be done about a case. With `several` cases, each button says which case it is about."""

    def button(label: Words, act: str, weight: str = "plain") -> tuple[Button, ...]:
        said = _("{reference}: {what}", reference=one.reference, what=label) if several else label
        return (Button(said, f"{act}:{one.case}" if ":" not in act else act, weight=weight),)  # type: ignore[arg-type]

    kept = button(ON_PAPER, "receipt")
    if one.state == WITHDRAWN.id:
        return (kept,)
    rows = [(way.rank, _begun_by(one, way, several)) for way in _ways(one)]
    if one.offer and not one.closing:
        times = enumerate(one.offer.times)
        rows += [
            (20, button(_("{at}", at=Moment(instant(time))), f"time:{one.case}:{number}")) for number, time in times
        ]
        rows.append((21, button(_("None of these"), "notime")))
    if one.meeting and not one.closing:
        rows.append((30, button(_("The meeting for my calendar"), "calendar")))
    if not one.unsent:
        rows.append((60, kept))
    return tuple(row for _rank, row in sorted(rows, key=itemgetter(0)))


def _ways(one: SentCase) -> list[Way]:
    return [step.way for act, step in WAYS.items() if act in one.ways and step.way]


def _begun_by(one: SentCase, way: Way, several: bool) -> tuple[Button, ...]:
    said: Words = way.label.filled(reference=one.reference) if way.label.unfilled() else way.label
    if several and not way.label.unfilled():
        said = _("{reference}: {what}", reference=one.reference, what=way.label)
    return (Button(said, f"{way.act}:{one.case}", weight=way.weight),)
