"""The contact person's conversation: the queue, one case, "I take it". It says; turns does."""

from datetime import datetime

from dialogs.case import Case, Submission
from dialogs.record import Record
from dialogs.replies import Button, Tell
from dialogs.words import Moment, Text, Words, _, n_

SHOWN = 10
"""Cases in one message."""
KINDS: dict[str, Words] = {
    "application": _("Application"),
    "meeting": _("First meeting"),
    "withdrawal": _("Withdrawal"),
}
STATES: dict[str, Words] = {"sent": _("Not taken yet"), "taken": _("Taken"), "withdrawn": _("Withdrawn")}
SCOPES: dict[str, Words] = {
    "yes": _("Public land, says the group"),
    "partly": _("Partly or something else, says the group: may concern another committee"),
    "not_sure": _("The group is not sure whose matter it is"),
}
COMMANDS: dict[str, Words] = {
    "queue": _("The cases, what has waited longest first"),
    "language": _("Another language"),
    "help": _("What this bot does"),
}

TO_QUEUE = Button(_("The queue"), "queue", weight="quiet")


def waited(since: datetime, now: datetime) -> Words:
    """For how long something has waited, in days."""
    days = (now - since).days
    return n_("{count} day", "{count} days", count=days) if days > 0 else _("less than a day")


def hello(name: str) -> Tell:
    """What a contact person reads on coming in."""
    return Tell(
        (
            _(
                "Hello {name}. Here you are told when something arrives, and you can take cases. In the queue on the web you read everything in one place.",
                name=name,
            ),
        ),
        title=_("For contact persons"),
        rows=((Button(_("The queue"), "queue", weight="main"),),),
    )


def queue(cases: tuple[Case, ...], now: datetime) -> Tell:
    """The cases, what has waited longest first."""
    if not cases:
        return Tell((_("The queue is empty."),), title=_("The queue"))
    words = [
        _(
            "{reference}: {title}. {state}, waiting {days}.",
            reference=case.reference,
            title=case.title or _("no area named yet"),
            state=state(case),
            days=waited(case.waiting_since, now),
        )
        for case in cases[:SHOWN]
    ]
    if len(cases) > SHOWN:
        words.append(
            n_(
                "And {count} more, in the queue on the web.",
                "And {count} more, in the queue on the web.",
                count=len(cases) - SHOWN,
            )
        )
    return Tell(
        tuple(words),
        title=_("The queue"),
        rows=tuple(
            (Button(_("Open {reference}", reference=case.reference), f"case:{case.id}"),) for case in cases[:SHOWN]
        ),
    )


def state(case: Case) -> Words:
    """Where a case stands, with the name of who has it."""
    return _("Taken by {name}", name=case.taken_by) if case.taken_by and case.state == "taken" else STATES[case.state]


def case_page(case: Case, submissions: tuple[Submission, ...], link: str, now: datetime) -> tuple[Tell, ...]:
    """Everything that was sent in a case, a message for each thing sent; then what to do."""
    told = tuple(_submission(one) for one in submissions)
    rows = [
        *(((Button(_("I take it"), f"take:{case.id}", weight="main"),),) if case.state == "sent" else ()),
        (TO_QUEUE,),
    ]
    last: list[Text] = [_("{state}, waiting {days}.", state=state(case), days=waited(case.waiting_since, now))]
    if link:
        last.append(_("Files and history: {link}", link=link))
    return (
        *told,
        Tell(
            tuple(last),
            title=_("{reference}: {title}", reference=case.reference, title=case.title or _("no area named yet")),
            rows=tuple(rows),
        ),
    )


def _submission(one: Submission) -> Tell:
    words: list[Text] = [_("Sent {at}.", at=Moment(one.sent_at)), *_facts(one.record), *_entries(one.record)]
    if one.shared:
        words += [_("The draft as it was then, shared by the applicants:"), *_entries(one.shared)]
    return Tell(tuple(words), title=KINDS[one.dialog])


def _facts(record: Record) -> list[Text]:
    scope = SCOPES.get(str(record.facts.get("scope")))
    return [scope] if scope else []


def _entries(record: Record) -> list[Text]:
    words: list[Text] = []
    for entry in record.entries:
        words += [_("{label}:", label=entry.label), *entry.shown]
    return words


def taken(case: Case, name: str) -> Tell:
    """To `name`, who pressed "I take it": that the case is theirs, or who was quicker."""
    rows = ((Button(_("Open {reference}", reference=case.reference), f"case:{case.id}"),), (TO_QUEUE,))
    if case.taken_by and case.taken_by != name:
        late = _("{name} was quicker and has it already. Nothing has changed.", name=case.taken_by)
        return Tell((late,), tone="trouble", rows=rows)
    return Tell((_("{reference}: {state}.", reference=case.reference, state=state(case)),), tone="good", rows=rows)


def languages(names: dict[str, str]) -> Tell:
    """The languages to choose from; what applicants wrote stays as they wrote it."""
    rows = tuple((Button(name, f"lang:{code}"),) for code, name in names.items())
    return Tell((_("Which language do you want to use?"),), title=_("Language"), rows=rows)
