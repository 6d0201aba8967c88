"""The contact persons' screens in a chat: hello, the queue, one case, what can be done in it."""

from datetime import datetime

from dialogs.case import Case, CaseEvent, Submission
from dialogs.desk.labels import KINDS, SCOPES, VERDICTS, state, waiting
from dialogs.desk.people import ContactPerson, may_read_log, may_take
from dialogs.desk.tasks import TASKS
from dialogs.phases.completion import as_it_stands
from dialogs.phases.criteria import CRITERIA
from dialogs.record import Record
from dialogs.replies import Button, Export, Tell
from dialogs.standing import Open
from dialogs.timeline import sentence
from dialogs.words import Moment, Text, Words, _, n_

SHOWN = 10
"""Cases in one message, and events of a timeline."""
COMMANDS: dict[str, Words] = {
    "queue": _("The cases, what has waited longest first"),
    "mine": _("My cases"),
    "start_case": _("Start a case for the city"),
    "overview": _("How support is spread over the city"),
    "absence": _("My absence and who stands in for me"),
    "language": _("Another language"),
    "help": _("What this bot does"),
}
TO_QUEUE = Button(_("The queue"), "queue", weight="quiet")
Rows = tuple[tuple[Button, ...], ...]


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


def queue(cases: tuple[tuple[Case, bool], ...], total: int, now: datetime, title: Words | None = None) -> Tell:
    """The cases, each with whether something in it is unread; what has waited longest first."""
    if not cases:
        return Tell(
            (_("Nothing to see here."),), title=title or _("The queue"), rows=((Button(_("All cases"), "queue"),),)
        )
    words: list[Text] = [_line(case, unread, now) for case, unread in cases[:SHOWN]]
    if total > len(cases[:SHOWN]):
        more = total - len(cases[:SHOWN])
        words.append(
            n_("And {count} more, in the queue on the web.", "And {count} more, in the queue on the web.", count=more)
        )
    rows = [
        (Button(_("Open {reference}", reference=case.reference), f"case:{case.id}"),) for case, _new in cases[:SHOWN]
    ]
    others = (Button(_("Mine"), "mine"), Button(_("Not taken"), "untaken"), Button(_("All"), "queue"))
    return Tell(tuple(words), title=title or _("The queue"), rows=(*rows, others))


def _line(case: Case, unread: bool, now: datetime) -> Words:
    said = {
        "reference": case.reference,
        "title": case.title or _("no area named yet"),
        "state": state(case),
        "waiting": waiting(case, now),
    }
    if unread:
        return Words(_("● {reference}: {title}. {state}. {waiting}.").id, said)  # type: ignore[arg-type]
    return Words(_("{reference}: {title}. {state}. {waiting}.").id, said)  # type: ignore[arg-type]


def case_page(
    who: ContactPerson,
    case: Case,
    submissions: tuple[Submission, ...],
    history: list[CaseEvent],
    link: str,
    now: datetime,
    follows: bool,
) -> tuple[Tell, ...]:
    """Everything that was sent in a case, a message for each thing sent; then where it stands, and what to do."""
    told = tuple(_submission(one) for one in submissions if one.dialog != "message")
    return (*told, *_written(case), _standing(who, case, submissions, history, link, now, follows))


def _submission(one: Submission) -> Tell:
    words: list[Text] = [_("Sent {at}.", at=Moment(one.sent_at)), *_facts(one.record), *entries(one.record)]
    if one.shared:
        words += [_("The draft as it was then, shared by the applicants:"), *entries(one.shared)]
    return Tell(tuple(words), title=KINDS[one.dialog])


def _facts(record: Record) -> list[Text]:
    scope = SCOPES.get(str(record.facts.get("scope")))
    return [scope] if scope else []


def entries(record: Record) -> list[Text]:
    """The answers of a record, each below what it is called."""
    words: list[Text] = []
    for entry in record.entries:
        words += [_("{label}:", label=entry.label), *entry.shown]
    return words


def _written(case: Case) -> tuple[Tell, ...]:
    if not case.messages:
        return ()
    words: list[Text] = []
    for one in case.messages:
        said = (
            _("{name}, {at}:", name=one.by, at=Moment(one.at))
            if one.by
            else _("The applicants, {at}:", at=Moment(one.at))
        )
        words += [said, one.text]
    return (Tell(tuple(words), title=_("Messages")),)


def _standing(
    who: ContactPerson,
    case: Case,
    submissions: tuple[Submission, ...],
    history: list[CaseEvent],
    link: str,
    now: datetime,
    follows: bool,
) -> Tell:
    said: list[Text] = [_("{state}. {waiting}.", state=state(case), waiting=waiting(case, now))]
    if case.protected:
        said.append(_("Protected: only who is named sees it."))
    said += judged(case, as_it_stands(submissions))
    said += _elsewhere(case)
    said += [_("{at}: {what}", at=Moment(event.at), what=sentence(event)) for event in history[-SHOWN:]]
    if link:
        said.append(_("Files and everything else: {link}", link=link))
    title = _("{reference}: {title}", reference=case.reference, title=case.title or _("no area named yet"))
    return Tell(tuple(said), title=title, rows=_doing(who, case, follows))


def judged(case: Case, record: Record | None) -> list[Text]:
    """The criteria, as the group sees them and as the contact person does."""
    if not case.assessment:
        return []
    words: list[Text] = [_("The assessment by {name}, {at}:", name=case.assessment.by, at=Moment(case.assessment.at))]
    for criterion in CRITERIA:
        ours = VERDICTS.get(case.assessment.verdicts.get(criterion.key, ""))
        theirs = VERDICTS.get(str(record.value(criterion.key))) if record else None
        if ours and theirs:
            words.append(
                _("• {criterion}: {ours}. The group: {theirs}.", criterion=criterion.label, ours=ours, theirs=theirs)
            )
        elif ours:
            words.append(_("• {criterion}: {ours}.", criterion=criterion.label, ours=ours))
        if note := case.assessment.notes.get(criterion.key):
            words.append(note)
    return words


def _elsewhere(case: Case) -> list[Text]:
    words: list[Text] = []
    for part in case.parts:
        since = Moment(part.since, "date")
        if part.back_at:
            words += [
                _("{committee} answered {at}:", committee=part.committee, at=Moment(part.back_at, "date")),
                part.back,
            ]
        else:
            words.append(_("{committee} has been asked since {at}.", committee=part.committee, at=since))
    return words


def _doing(who: ContactPerson, case: Case, follows: bool) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if may_take(who, case):
        rows.append((Button(_("I take it"), f"take:{case.id}", weight="main"),))
    rows += [(Button(task.label, f"do:{task.key}:{case.id}"),) for task in TASKS.values() if task.allowed(who, case)]
    if case.state == "started" and case.holder == who.id:
        rows.insert(0, (Button(_("Make a link for an actor"), f"invite:{case.id}", weight="main"),))
    follow = (
        Button(_("Stop following"), f"unfollow:{case.id}", weight="quiet")
        if follows
        else Button(_("Follow"), f"follow:{case.id}", weight="quiet")
    )
    more = (Button(_("Package for the registry"), f"package:{case.id}", weight="quiet"),) if case.kinds else ()
    log = (Button(_("Who opened it"), f"log:{case.id}", weight="quiet"),) if may_read_log(who, case) else ()
    return (*rows, (*more, *log), (follow, TO_QUEUE))


def taken(case: Case, who: ContactPerson) -> Tell:
    """To whoever pressed "I take it": that the case is theirs, or who was quicker."""
    rows = ((Button(_("Open {reference}", reference=case.reference), f"case:{case.id}"),), (TO_QUEUE,))
    if case.taken_by and case.holder != who.id:
        late = _("{name} was quicker and has it already. Nothing has changed.", name=case.taken_by)
        return Tell((late,), tone="trouble", rows=rows)
    return Tell((_("{reference}: {state}.", reference=case.reference, state=state(case)),), tone="good", rows=rows)


def missing() -> Tell:
    """What is said of a case that is not there, and of one that this contact person may not see."""
    return Tell((_("There is no such case."),), tone="trouble", rows=((TO_QUEUE,),))


def not_now() -> Tell:
    """A button of something that cannot be done, by anyone or by them, or not any more."""
    return Tell((_("That cannot be done here now."),), tone="trouble", rows=((TO_QUEUE,),))


def done(said: Words, case: Case | None, told: bool, *more: Text) -> Tell:
    """A task is done; `told` is whether the applicants are told."""
    words: list[Text] = list(more)
    if told:
        words.append(_("The applicants are told on the channel they use."))
    row = (
        (Button(_("Open {reference}", reference=case.reference), f"case:{case.id}"), TO_QUEUE) if case else (TO_QUEUE,)
    )
    return Tell(tuple(words), title=said, tone="good", rows=(row,))


def languages(names: dict[str, str]) -> Tell:
    """The languages to choose from; what applicants wrote stays as they wrote it."""
    rows = tuple((Button(name, f"lang:{code}"),) for code, name in names.items())
    return Tell((_("Which language do you want to use?"),), title=_("Language"), rows=rows)


def digest(untaken: int, longest: Words, unread: int, name: str) -> Tell:
    """What waits, on a weekday's morning."""
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


def invited_actor(case: Case, doors: list[Text]) -> Tell:
    """A link for one actor into a case that the city started."""
    words: list[Text] = [
        _(
            "Send one of these to one actor, and make a new one for the next. It is good for one person and for 30 days."
        ),
        *doors,
        _("They see what you wrote, correct it and confirm it. Only they can send it."),
    ]
    rows = (
        (Button(_("One more link"), f"invite:{case.id}"),),
        (Button(_("Open {reference}", reference=case.reference), f"case:{case.id}"), TO_QUEUE),
    )
    title = _("{reference} is started. Invite the actors", reference=case.reference)
    return Tell(tuple(words), title=title, tone="good", rows=rows)


def invited_colleague(name: str, doors: list[Text]) -> Tell:
    """The one-time links for a new colleague."""
    words: list[Text] = [_("For {name}, each good once and for 24 hours:", name=name), *doors]
    return Tell(tuple(words), title=_("The invitation is ready"), tone="good", rows=((TO_QUEUE,),))


def called_off(case: Case | None) -> Tell:
    """What was begun is thrown away."""
    row = (
        (Button(_("Open {reference}", reference=case.reference), f"case:{case.id}"), TO_QUEUE) if case else (TO_QUEUE,)
    )
    return Tell((_("Called off. Nothing was done."),), rows=(row,))


OPENED: dict[str, Words] = {"case": _("the case"), "package": _("the package for the registry")}


def opened(what: str) -> Words:
    """What was opened: the case, its package, or a file by the first digits of its hash."""
    return OPENED.get(what) or _("the file {digits}", digits=what)


def log(case: Case, openings: list[tuple[str, str, datetime]]) -> Tell:
    """The access log, the latest first."""
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
