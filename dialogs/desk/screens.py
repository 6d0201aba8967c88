"""The contact persons' screens in a chat: hello, the queue, one case, what can be done in it."""

from dataclasses import replace
from datetime import datetime

from dialogs.applicants.where import House, Open
from dialogs.case.case import Case
from dialogs.case.extent import StaffBot
from dialogs.case.notice import in_a_line
from dialogs.case.rights import ContactPerson
from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.desk.labels import IN_QUEUE, STATES, opened, state
from dialogs.desk.on_the_web import TO_QUEUE, in_short
from dialogs.kinds.day import day_of, in_words
from dialogs.language.replies import Ask, Button, Export, Reply, Review, Tell
from dialogs.language.words import Listing, Moment, Text, Words, _, n_

SHOWN = 10
"""Cases in one message."""
COMMANDS: dict[str, Words] = {
    "queue": _("The cases, what has waited longest first"),
    "mine": _("My cases"),
    "start_case": _("Start a case for the city"),
    "overview": _("How support is spread over the city"),
    "absence": _("My absence and who stands in for me"),
    "language": _("Another language"),
    "help": _("What this bot does"),
}
AT_THE_DESK = ("start_case", "overview", "absence", "colleague", "resume", "back_at_work")
"""What is about no case, and is done on the web where the chat is for notices."""


def commands(chats: StaffBot) -> dict[str, Words]:
    """The commands of their bot."""
    return {name: what for name, what in COMMANDS.items() if chats == "full" or name not in AT_THE_DESK}


def hello(who: ContactPerson, begun: tuple[Open, ...] = ()) -> Tell:
    """What a contact person reads on coming in."""
    rows: list[tuple[Button, ...]] = (
        [(Button(_("Go on with what you began"), "resume", weight="main"),)] if begun else []
    )
    rows += [
        (Button(_("The queue"), "queue", weight="main"), Button(_("My cases"), "mine")),
        (Button(_("Start a case"), "start_case"), Button(_("Overview"), "overview")),
        (Button(_("My absence"), "absence"), Button(_("Language"), "language")),
    ]
    if who.administrator:
        rows.append((Button(_("Invite a contact person"), "colleague"),))
    said = _(
        "Hello {name}. Here you are told when something arrives, and you can work on your cases. In the queue on the web you read everything in one place.",
        name=who.name,
    )
    return Tell((said,), title=_("For contact persons"), rows=tuple(rows))


def queue(
    cases: tuple[tuple[Case, bool], ...],
    total: int,
    now: datetime,
    title: Words | None = None,
    counts: dict[str, int] | None = None,
) -> Tell:
    """The cases, each with whether something in it is unread; what has waited longest first. `counts` says how many are in each state."""
    others = (
        (Button(_("Mine"), "mine"), Button(_("Not taken"), "untaken")),
        (Button(_("With something new"), "unread"), Button(_("Followed"), "followed")),
        (Button(_("All cases"), "queue"),),
    )
    if not cases:
        return Tell((_("There is no case here."),), title=title or _("The queue"), rows=others)
    words: list[Text] = []
    if counts:
        each = tuple(_("{state}: {count}", state=STATES[one], count=counts[one]) for one in IN_QUEUE if counts.get(one))
        words.append(_("{states}.", states=Listing(each)))
    words += [_line(case, unread, now) for case, unread in cases[:SHOWN]]
    if total > len(cases[:SHOWN]):
        more = total - len(cases[:SHOWN])
        words.append(
            n_("And {count} more, in the queue on the web.", "And {count} more, in the queue on the web.", count=more)
        )
    if any(unread for _case, unread in cases):
        words.append(_("● means that something is new to you."))
    words.append(_("To find a case, write a part of its name or number."))
    rows = [(Button(_name(case), f"case:{case.id}"),) for case, _new in cases[:SHOWN]]
    return Tell(tuple(words), title=title or _("The queue"), rows=(*rows, *others))


def _name(case: Case) -> Words:
    if case.protected:
        return in_a_line(case)
    return _("{reference} · {title}", reference=case.reference, title=case.title or _("no area named yet"))


def _line(case: Case, unread: bool, now: datetime) -> Words:
    said = in_short(case, now)
    return said if case.protected or not unread else _("● {reference}: {title}. {state}. {waiting}.", **said.values)


def in_case(reply: Reply, case: Case | None) -> Reply:
    """A task's question or review, with the case it is about and a button to call it off."""
    off = Button(_("Call it off"), "cancel", weight="quiet")
    match reply:
        case Ask(ways=ways, section=section):
            return replace(reply, ways=(*ways, off), section=_about(section or reply.label, case))
        case Review(rows=rows, lines=lines):
            bare = tuple(replace(line, section=None) if line.section == reply.title else line for line in lines)
            return replace(reply, rows=(*rows, (off,)), title=_about(reply.title, case), lines=bare)
        case _:
            return reply


def _about(title: Words, case: Case | None) -> Words:
    return _("{reference} · {section}", reference=case.reference, section=title) if case else title


def taken(case: Case, who: ContactPerson) -> Tell:
    """The answer to "I take it": the case is theirs, somebody was quicker, or it cannot be taken."""
    rows = ((Button(_("Open {reference}", reference=case.reference), f"case:{case.id}"),), (TO_QUEUE,))
    if case.taken_by and case.holder != who.id:
        late = _("{name} was quicker and has it already. Nothing has changed.", name=case.taken_by)
        return Tell((late,), tone="trouble", rows=rows)
    if not case.holder:
        return Tell((_("It cannot be taken: {state}.", state=state(case)),), tone="trouble", rows=rows)
    return Tell(
        (_("{reference} is yours. The applicants are told.", reference=case.reference),), tone="good", rows=rows
    )


def over() -> Tell:
    """The answer to a button of something that is already done or called off."""
    return Tell((_("That has been done or called off already. Nothing has changed."),), rows=((TO_QUEUE,),))


def unasked(begun: tuple[Open, ...]) -> Tell:
    """The answer to something written while nothing was asked."""
    rows: list[tuple[Button, ...]] = (
        [(Button(_("Go on with what you began"), "resume", weight="main"),)] if begun else []
    )
    words: tuple[Text, ...] = (
        _("I have asked nothing just now, so this is not kept anywhere."),
        _("To write to applicants or to note something, open a case and press what you want to do."),
        _("To find a case, write a part of its name or number."),
    )
    return Tell(words, tone="trouble", rows=(*rows, (TO_QUEUE, Button(_("My cases"), "mine"))))


def closed(begun: tuple[Open, ...]) -> Tell:
    """What they have begun cannot be done any more in its case. It stays until they discard it."""
    what = Listing(tuple(DESK_DIALOGS[one.dialog].title for one in begun))
    words = _(
        "You had begun this, and it can no longer be done in its case: {what}. What you wrote is kept until you discard it.",
        what=what,
    )
    return Tell((words,), tone="trouble", rows=((Button(_("Discard it"), "discard", weight="grave"),), (TO_QUEUE,)))


def missing() -> Tell:
    """The one answer for a case that does not exist and a case that this contact person may not see."""
    return Tell((_("There is no such case."),), tone="trouble", rows=((TO_QUEUE,),))


def not_now() -> Tell:
    """The answer to a button for something that nobody can do, that they may not do, or that is no longer possible."""
    return Tell((_("That cannot be done here now."),), tone="trouble", rows=((TO_QUEUE,),))


def done(said: Words, case: Case | None, told: bool, *more: Text) -> Tell:
    """A task is done; `told` is whether the applicants are notified."""
    words: list[Text] = list(more)
    if told:
        words.append(_("The applicants are told on the channel they use."))
    row = (
        (Button(_("Open {reference}", reference=case.reference), f"case:{case.id}"), TO_QUEUE) if case else (TO_QUEUE,)
    )
    return Tell(tuple(words), title=said, tone="good", rows=(row,))


def away(since: str, until: str, deputy: str) -> Tell:
    """A recorded absence, which can be ended or changed."""
    days = tuple(day_of(one) for one in (since, until))
    words = _(
        "You are away from {since} to {until}. {name} stands in for you.",
        since=in_words(days[0]) if days[0] else since,
        until=in_words(days[1]) if days[1] else until,
        name=deputy or "–",
    )
    rows = ((Button(_("I am back"), "back_at_work"),), (Button(_("Change it"), "away"), TO_QUEUE))
    return Tell((words,), title=_("My absence"), rows=rows)


def back_at_work() -> Tell:
    """The absence is over."""
    return Tell((_("You are not away any more. Nobody stands in for you."),), tone="good", rows=((TO_QUEUE,),))


def languages(house: House, locale: str) -> Tell:
    """The languages to choose from for a reader of `locale`; what applicants wrote stays as they wrote it."""
    rows = tuple((Button(house.named(code), f"lang:{code}"),) for code in house.choices(locale))
    return Tell((_("Which language do you want to use?"),), title=_("Language"), rows=rows)


def digest(untaken: int, longest: Words, unread: int, name: str) -> Tell:
    """What is waiting, sent on weekday mornings."""
    words: list[Text] = (
        [
            n_(
                "{count} case waits for somebody to take it, the longest for {days}.",
                "{count} cases wait for somebody to take them, the longest for {days}.",
                count=untaken,
                days=longest,
            )
        ]
        if untaken
        else []
    )
    if unread:
        words.append(
            n_(
                "In {count} of your cases there is something new.",
                "In {count} of your cases there is something new.",
                count=unread,
            )
        )
    rows = ((Button(_("The queue"), "queue", weight="main"), Button(_("My cases"), "mine")),)
    return Tell(tuple(words), title=_("Good morning, {name}", name=name), rows=rows, lasting=True)


def called_off(case: Case | None) -> Tell:
    """What was begun has been thrown away."""
    row = (
        (Button(_("Open {reference}", reference=case.reference), f"case:{case.id}"), TO_QUEUE) if case else (TO_QUEUE,)
    )
    return Tell((_("Called off. Nothing was done."),), rows=(row,))


def log(case: Case, openings: list[tuple[str, str, datetime]]) -> Tell:
    """The access log, 30 openings at most, the latest first."""
    words: list[Text] = [
        _("{at}: {name}, {what}", at=Moment(at), name=name or _("on the command line"), what=opened(what))
        for name, what, at in openings[:30]
    ]
    row = (Button(_("Open {reference}", reference=case.reference), f"case:{case.id}"), TO_QUEUE)
    return Tell(tuple(words), title=_("Who opened {reference}", reference=case.reference), rows=(row,))


def package(case: Case) -> Export:
    """The package for the registry, as a file."""
    said = _(
        "The package for the registry of {reference}: PDF, JSON, the draft of the official letter, and the files.",
        reference=case.reference,
    )
    return Export(
        (said,), "package", case.id, ((Button(_("Open {reference}", reference=case.reference), f"case:{case.id}"),),)
    )
