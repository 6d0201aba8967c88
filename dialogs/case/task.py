"""A task: the dialog of a contact person's step, declared like every other dialog. Its record becomes an event of the case."""

from collections.abc import Callable

from dialogs.case.case import Case
from dialogs.case.state import CLOSED, DISPOSED, DRAFT, STARTED, WITHDRAWN
from dialogs.engine.declare import Dialog, Question, Section
from dialogs.engine.record import Record
from dialogs.kinds.kind import Known, Option
from dialogs.language.words import Words

CONTEXT = ("today", "people", "committees", "districts", "parts", "applied", "proposals", "mails")
"""What a task may look at without asking anybody: today (ISO), what there is to choose from, as pairs of id and name, whether an application
was sent ("yes" or ""), and for an invitation the e-mail addresses of colleagues, in small letters.
"""


def dialog(
    key: str,
    title: Words,
    *questions: Question,
    send: Words,
    done: Words,
    review: tuple[Words, ...] = (),
    facts: Callable[[Known], dict[str, object]] = lambda _known: {},
) -> Dialog:
    """The dialog of a task: one section, and no second "are you sure", because a correction can follow."""
    return Dialog(
        key=key,
        title=title,
        intro=(),
        sections=(Section(title, questions),),
        review=review,
        send=send,
        sure=(),
        sent=done,
        next_steps=(),
        facts=facts,
        given=CONTEXT,
    )


def among(key: str) -> Callable[[Known], tuple[Option, ...]]:
    """The options that the context holds under `key`."""
    return lambda known: tuple(Option(id, name) for id, name in known.get(key) or ())


def name_among(known: Known, key: str, id: object) -> str:
    """The name that the context gives an id under `key`, or ""."""
    return next((str(name) for one, name in known.get(key) or () if one == id), "")


def names_among(known: Known, key: str, ids: object) -> list[str]:
    """The names that the context gives an answer of several ids under `key`, in its order."""
    chosen = ids.get("ids", ()) if isinstance(ids, dict) else ()
    return [str(name) for one, name in known.get(key) or () if one in chosen]


def data_of(record: Record) -> dict[str, object]:
    """A task's record as the data of its event: the answers by key, and the facts computed from them."""
    return {entry.key: entry.value for entry in record.entries} | record.facts


def sent_to_us(case: Case) -> bool:
    """Whether something was sent, the applicants have not withdrawn it, and it is still there."""
    return there(case) and case.state != STARTED.id


def there(case: Case) -> bool:
    """Whether the case is begun, not withdrawn, and not disposed of."""
    return case.state not in (DRAFT.id, WITHDRAWN.id, DISPOSED.id)


def reachable(case: Case) -> bool:
    """Whether there are applicants to turn to: they have sent something, or joined by an invitation, and the case was not closed."""
    return there(case) and case.state != CLOSED.id and (bool(case.kinds) or case.joined > 0)


def unanswered(case: Case) -> bool:
    """Whether the applicants wrote last."""
    last = max(case.messages, key=lambda one: one.id, default=None)
    return last is not None and not last.by


def our_turn(case: Case) -> bool:
    """Whether the case waits for the city, and not for an answer to what the applicants wrote."""
    return case.waits_for == "city" and not unanswered(case)
