"""What happened, and who is told what. Staff get no applicant's text: only reference, kind, area, link."""

from collections.abc import Callable

from dialogs.case.case import Case
from dialogs.kinds.times import instant
from dialogs.language.replies import Button, Tell
from dialogs.language.words import Listing, Moment, Text, Words, _
from dialogs.phases.appointment import appointment, meeting
from dialogs.phases.initiation.committee import OUTCOMES
from dialogs.phases.initiation.completion import labels
from dialogs.phases.notice import Notice, answer, ask_back, in_a_line, moment_of, to_applicants

ARRIVED: dict[str, Words] = {
    "application": _("A new application has arrived"),
    "meeting": _("Someone wishes for a first meeting"),
    "withdrawal": _("An application was withdrawn"),
    "completion": _("What you asked for was completed"),
    "message": _("The applicants have written"),
    "no_time_fits": _("None of the times fits the applicants"),
    "joined": _("Somebody you invited has come in"),
}
"""What applicants do, in the words that contact persons read."""
IN_THE_MAILBOX = ("application", "meeting", "withdrawal")


def notices(what: str, case: Case, link: str) -> tuple[Notice, ...]:
    """The notices of an event `what` that has just happened in a case; `link` is its page in the queue, or ""."""
    if what in ARRIVED:
        return _arrived(what, case, link)
    told = TOLD.get(what)
    return told(case) if told else ()


def _arrived(what: str, case: Case, link: str) -> tuple[Notice, ...]:
    about = in_a_line(case)
    rows = ((Button(_("Open the case"), f"case:{case.id}", weight="main"),),)
    mailed = (about, *((_("Open it in the queue: {link}", link=link),) if link else ()))
    said = Notice("desk", Tell((about,), title=ARRIVED[what], rows=rows, lasting=True))
    if what not in IN_THE_MAILBOX or case.protected:
        return (said,)
    return (said, Notice("mailbox", Tell(mailed, title=ARRIVED[what], lasting=True)))


def _taken(case: Case) -> tuple[Notice, ...]:
    words = _(
        "{name} has taken your case {reference} and will get in touch with you.",
        name=case.taken_by,
        reference=case.reference,
    )
    return (to_applicants(_("A contact person has taken your case"), words),)


def _handed_over(case: Case) -> tuple[Notice, ...]:
    words = _(
        "{name} is your contact person for {reference} from now on.", name=case.taken_by, reference=case.reference
    )
    rows = ((Button(_("Open the case"), f"case:{case.id}", weight="main"),),)
    mine = Tell((in_a_line(case),), title=_("A colleague has handed a case over to you"), rows=rows, lasting=True)
    told = to_applicants(_("You have a new contact person"), words)
    return (Notice("holder", mine), told) if case.kinds or case.joined else (Notice("holder", mine),)


def _asked(case: Case) -> tuple[Notice, ...]:
    asked = case.request
    if asked is None:
        return ()
    words: list[Text] = [
        _(
            "{name} has read your application {reference} and asks you to complete it:",
            name=asked.by,
            reference=case.reference,
        ),
        asked.message,
        _("It is about: {what}.", what=Listing(labels(asked.keys))),
    ]
    if due := moment_of(asked.due):
        words.append(_("Please answer by {day}.", day=due))
    rows = ((Button(_("Answer now"), f"complete:{case.id}", weight="main"),), answer(case))
    return (to_applicants(_("Please complete your application"), *words, rows=rows),)


def _overdue(case: Case) -> tuple[Notice, ...]:
    asked = case.request
    due = moment_of(asked.due) if asked else None
    if due is None:
        return ()
    words = _("You asked for completion by {day}. Nothing has come yet. You can write to the applicants.", day=due)
    rows = ((Button(_("Open the case"), f"case:{case.id}", weight="main"),),)
    said = Tell((in_a_line(case), words), title=_("No answer to what you asked for"), rows=rows, lasting=True)
    return (Notice("holder", said),)


def _written(case: Case) -> tuple[Notice, ...]:
    last = case.messages[-1]
    words = _("{name} writes about {reference}:", name=last.by, reference=case.reference)
    return (to_applicants(_("A message from your contact person"), words, last.text, rows=(answer(case),)),)


def _offered(case: Case) -> tuple[Notice, ...]:
    offer = case.offer
    if offer is None:
        return ()
    rows = tuple(
        (Button(_("{at}", at=Moment(instant(time))), f"time:{case.id}:{number}"),)
        for number, time in enumerate(offer.times)
    )
    words = (
        _(
            "{name} offers you a meeting about {reference}. Which time suits you?",
            name=offer.by,
            reference=case.reference,
        ),
        _("Place: {place}", place=offer.place),
    )
    none = (Button(_("None of these"), f"notime:{case.id}"),)
    return (to_applicants(_("Choose a time for a meeting"), *words, rows=(*rows, none)),)


def _settled(case: Case) -> tuple[Notice, ...]:
    ours, offer = appointment(case), case.meeting
    if ours is None or offer is None:
        return ()
    return (Notice("desk", ours), Notice("participants", meeting(case.reference, case.id, offer)))


def reminded(case: Case) -> tuple[Notice, ...]:
    """The reminder to both sides, the day before a meeting."""
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


def _forwarded(case: Case) -> tuple[Notice, ...]:
    part = case.parts[-1]
    words: list[Text] = (
        [
            _(
                "Your case {reference} is about something that another committee is responsible for. {committee} has it from now on.",
                reference=case.reference,
                committee=part.committee,
            )
        ]
        if part.kind == "whole"
        else [
            _(
                "A part of your case {reference} is about something that another committee is responsible for. {committee} has that part from now on:",
                reference=case.reference,
                committee=part.committee,
            ),
            part.what,
            _("The rest stays with {name}.", name=case.taken_by),
        ]
    )
    words += [_("{label}:", label=_("The reason")), part.reason]
    words += [_("{label}:", label=_("What is expected of them")), part.expected]
    if due := moment_of(part.due):
        words.append(_("They are asked to answer by {day}.", day=due))
    return (to_applicants(_("Who has your case now"), *words, rows=(ask_back(case),)),)


def _ready(case: Case) -> tuple[Notice, ...]:
    ready = case.ready
    if ready is None:
        return ()
    words: list[Text] = [
        _(
            "Your application {reference} is ready for the Technical Committee. Its registration number is {number}.",
            reference=case.reference,
            number=ready.registration,
        )
    ]
    if day := moment_of(ready.meeting):
        words.append(_("The committee meets on {day}. You are told what it decides.", day=day))
    return (to_applicants(_("Your application goes to the Technical Committee"), *words),)


PLAIN: dict[str, Words] = {
    "granted": _("The Technical Committee has said yes to your application {reference}."),
    "granted_in_part": _("The Technical Committee has said yes to a part of your application {reference}."),
    "refused": _(
        "The Technical Committee has said no to your application {reference}. You can write to your contact person about what it means and what you can do now."
    ),
    "referred_back": _(
        "The Technical Committee wants to know more before it decides about your application {reference}. Your contact person gets in touch with you."
    ),
    "forwarded": _(
        "The Technical Committee has handed your application {reference} on to another committee, whose matter it is."
    ),
}
"""The outcome in plain words."""


def _decided(case: Case) -> tuple[Notice, ...]:
    one = case.decision
    if one is None or one.outcome not in OUTCOMES:
        return ()
    words: list[Text] = [Words(PLAIN[one.outcome].id, {"reference": case.reference})]
    if one.sum is not None:
        words.append(_("For dialogue work the city contributes {sum} kronor.", sum=one.sum))
    if one.conditions:
        words += [_("{label}:", label=_("Conditions")), one.conditions]
    if day := moment_of(one.day):
        words.append(_("Decided on {day}, {paragraph}.", day=day, paragraph=one.paragraph))
    words += [_("{label}:", label=_("The official words, in Swedish")), one.text]
    return (to_applicants(_("The Technical Committee has decided"), *words, rows=(ask_back(case),)),)


TOLD: dict[str, Callable[[Case], tuple[Notice, ...]]] = {
    "taken": _taken,
    "handover": _handed_over,
    "ask": _asked,
    "overdue": _overdue,
    "write": _written,
    "times": _offered,
    "time_chosen": _settled,
    "meeting_reminded": reminded,
    "forward": _forwarded,
    "ready": _ready,
    "decision": _decided,
}


def reminder(draft: int, name: Text) -> Tell:
    """One gentle reminder of an open draft."""
    words = (
        _("Your draft “{draft}” is still here. Would you like to go on with it?", draft=name),
        _("This is the only reminder about it."),
    )
    rows = (
        (Button(_("Continue"), f"open:{draft}", weight="main"),),
        (Button(_("No more reminders"), "quiet", weight="quiet"),),
    )
    return Tell(words, rows=rows, lasting=True)
