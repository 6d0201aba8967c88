"""A case on a contact person's screen: what is new in it, where it stands, and what to do next."""

from dataclasses import dataclass
from datetime import datetime

from dialogs.case.case import Case, CaseEvent, Submission
from dialogs.case.rights import ContactPerson, may_read_log, may_take
from dialogs.desk.labels import SENT_KINDS, scope_of, state, waiting
from dialogs.desk.on_the_web import TO_QUEUE
from dialogs.desk.reading import BESIDE
from dialogs.desk.so_far import elsewhere, judged, so_far
from dialogs.desk.undelivered import Undelivered
from dialogs.desk.undelivered import sentence as failed
from dialogs.engine.record import Entry, Record, sha256s_in
from dialogs.language.replies import Button, Rows, Tell
from dialogs.language.words import Listing, Moment, Text, _, n_
from dialogs.phases.always.message import DIALOG as MESSAGE
from dialogs.phases.initiation.completion import COMPLETION, as_it_stands
from dialogs.phases.steps import TASKS, open_to, phase_of, sayable, sentence

SHOWN = 10
"""Timeline events shown on a phone."""
NOTES = 3
"""Internal notes shown there; "everything" has all of them."""
OFTEN = tuple(key for key, step in TASKS.items() if not step.seldom)
SELDOM = tuple(key for key, step in TASKS.items() if step.seldom)
"""Tasks behind "More"."""


@dataclass(frozen=True, slots=True)
class CasePage:
    """What a page is made of: the case, what was sent, what happened, up to which event its reader has read, and what they have begun."""

    who: ContactPerson
    case: Case
    submissions: tuple[Submission, ...]
    history: tuple[CaseEvent, ...]
    as_of: datetime
    link: str = ""
    follows: bool = False
    read_to: int = 0
    begun: frozenset[str] = frozenset()
    undelivered: tuple[Undelivered, ...] = ()
    """What did not reach the applicants: the channel, the trouble, when."""
    copies: bool = False
    """Whether a reading copy is available."""
    invites: bool = False
    """Whether they can make a link for an actor."""


def new(page: CasePage) -> tuple[Tell, ...]:
    """What was sent and written since they last read it; then where the case stands, and what to do."""
    fresh = {_submission_of(event) for event in page.history if event.id > page.read_to}
    return (*_sent(page, fresh), *_written(page, page.read_to), _standing(page))


def _submission_of(event: CaseEvent) -> int:
    """The id of what was sent with an event; 0 for none."""
    id = event.data.get("submission")
    return id if isinstance(id, int) else 0


def everything(page: CasePage) -> tuple[Tell, ...]:
    """Everything that was sent, written and noted, from the first to the last."""
    back = ((Button(_("Open {reference}", reference=page.case.reference), f"case:{page.case.id}"), TO_QUEUE),)
    noted = Tell(
        tuple(_notes(page.case, len(page.case.notes))) or (_("There is no internal note."),),
        title=_("Internal notes"),
        rows=back,
    )
    return (*_sent(page, {one.id for one in page.submissions}), *_written(page, 0), noted)


def _sent(page: CasePage, fresh: set[int]) -> tuple[Tell, ...]:
    return tuple(
        _submission(one, as_it_stands(page.submissions[:number]))
        for number, one in enumerate(page.submissions)
        if one.id in fresh and one.dialog != MESSAGE.key
    )


def _submission(one: Submission, before: Record | None) -> Tell:
    words: list[Text] = [_("Sent {at}.", at=Moment(one.sent_at)), *_facts(one.record)]
    words += _beside(one.record, before) if one.dialog == COMPLETION.key else entries(one.record)
    if one.shared:
        words += [_("The draft as it was then, shared by the applicants:"), *entries(one.shared)]
    return Tell(tuple(words), title=SENT_KINDS[one.dialog])


def _facts(record: Record) -> list[Text]:
    scope = scope_of(record)
    return [scope] if scope else []


def entries(record: Record) -> list[Text]:
    """The answers of a record, each below its label."""
    words: list[Text] = []
    for entry in record.entries:
        words += [_("{label}:", label=entry.label), *entry.shown]
    return words


def _beside(record: Record, before: Record | None) -> list[Text]:
    """What was completed, the new beside the old. Of a list: what is new, what stays, and what is gone."""
    old = {entry.key: entry for entry in before.entries} if before else {}
    words: list[Text] = []
    for entry in record.entries:
        words += [_("{label}:", label=entry.label), *_changed(entry, old.get(entry.key))]
    return words


def _changed(entry: Entry, old: Entry | None) -> list[Text]:
    if old is None:
        return list(entry.shown)
    if entry.shown == old.shown:
        return [_("As before.")]
    kept = [text for text in entry.shown if text in old.shown]
    added = [text for text in entry.shown if text not in old.shown]
    gone = [text for text in old.shown if text not in entry.shown]
    stays: list[Text] = [_("And as before: {what}", what=Listing(tuple(kept)))] if kept else []
    was: list[Text] = [_("{label}:", label=_("Before")), *gone] if gone else []
    return [*added, *stays, *was]


def _written(page: CasePage, read_to: int) -> tuple[Tell, ...]:
    """The messages in both directions, each with the number of its files."""
    said = {event.id: event.data.get("submission") for event in page.history}
    arrived = {id: submission for id, submission in said.items() if isinstance(submission, int)}
    enclosed: dict[object, set[str]] = {
        one.id: sha256s_in(one.record) for one in page.submissions if one.dialog == MESSAGE.key
    }
    words: list[Text] = []
    for one in page.case.messages:
        if one.id > read_to:
            at = Moment(one.at)
            words += [_("{name}, {at}:", name=one.by, at=at) if one.by else _("The applicants, {at}:", at=at), one.text]
            count = len(enclosed.get(arrived.get(one.id, 0), ()))
            words += [n_("With {count} file.", "With {count} files.", count=count)] if count else []
    return (Tell(tuple(words), title=_("Messages")),) if words else ()


def _standing(page: CasePage) -> Tell:
    case = page.case
    phase = phase_of(case)
    said: list[Text] = [phase] if phase else []
    said += [_("{state}. {waiting}.", state=state(case), waiting=waiting(case, page.as_of))]
    if case.protected:
        said.append(_("Protected: only who is named sees it."))
    said += [failed(one) for one in page.undelivered]
    said += so_far(case)
    said += judged(case, as_it_stands(page.submissions))
    said += elsewhere(case)
    said += _notes(case, NOTES)
    said += [_("• {at}: {what}", at=Moment(event.at), what=sentence(event)) for event in sayable(page.history)[-SHOWN:]]
    if page.link:
        said.append(_("Files and everything else: {link}", link=page.link))
    title = _("{reference}: {title}", reference=case.reference, title=case.title or _("no area named yet"))
    return Tell(tuple(said), title=title, rows=_doing(page))


def _notes(case: Case, most: int) -> list[Text]:
    words: list[Text] = []
    for one in case.notes[-most:] if most else ():
        label = _("Internal note by {name}, {at}", name=one.by, at=Moment(one.at))
        words += [_("{label}:", label=label), one.text]
    return words


def _doing(page: CasePage) -> Rows:
    who, case = page.who, page.case
    rows: list[tuple[Button, ...]] = []
    if may_take(who, case):
        rows.append((Button(_("I take it"), f"take:{case.id}", weight="main"),))
    if page.invites:
        rows.append((Button(_("Make a link for an actor"), f"invite:{case.id}", weight="main"),))
    rows += [_task(page, key) for key in OFTEN if open_to(who, case, TASKS[key])]
    # A task that was begun is at hand even if it belongs behind "More".
    rows += [_task(page, key) for key in SELDOM if key in page.begun and open_to(who, case, TASKS[key])]
    read = (Button(_("Everything that was sent"), f"read:{case.id}"),) if case.kinds else ()
    more = Button(_("More…"), f"more:{case.id}")
    copy = ((Button(BESIDE, f"copy:{case.id}", weight="quiet"),),) if page.copies else ()
    return (*rows, (*read, more), *copy, (TO_QUEUE,))


def _task(page: CasePage, key: str) -> tuple[Button, ...]:
    task, act = TASKS[key], f"do:{key}:{page.case.id}"
    if key in page.begun:
        return (Button(_("Go on: {task}", task=task.called), act, weight="main"),)
    return (Button(task.called, act),)


def more(page: CasePage) -> Tell:
    """What is done less often in a case."""
    who, case = page.who, page.case
    rows = [_task(page, key) for key in SELDOM if open_to(who, case, TASKS[key])]
    if case.kinds:
        rows.append((Button(_("Package for the registry"), f"package:{case.id}"),))
    if may_read_log(who, case):
        rows.append((Button(_("Who opened it"), f"log:{case.id}"),))
    follow = (
        Button(_("Stop following"), f"unfollow:{case.id}") if page.follows else Button(_("Follow"), f"follow:{case.id}")
    )
    back = Button(_("Open {reference}", reference=case.reference), f"case:{case.id}", weight="quiet")
    said = _("What else you can do with {reference}.", reference=case.reference)
    return Tell((said,), title=_("More"), rows=(*rows, (follow,), (back, TO_QUEUE)))
