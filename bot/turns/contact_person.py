"""A contact person on the web: every act at the desk, each in one transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.turns.resources import Resources
from bot.turns.tasks import DeskWork, Done
from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.engine.draft import Draft
from dialogs.engine.form import Posted, filled
from dialogs.engine.record import record
from dialogs.engine.turn import Writer
from dialogs.language.channels import WEB_STAFF
from dialogs.language.words import Words
from storage.people import at_work as contact_persons
from storage.people import people


@dataclass(frozen=True, slots=True)
class Filled:
    """A task's form after it was sent: what is wrong, by question; or what was done."""

    draft: Draft
    refused: dict[str, Words]
    done: Done | None = None
    again: bool = False
    """The same form came before, and has been dealt with."""


class ShutOut(LookupError):
    """Whoever asks is not at work here any more: deactivated, or the session by which they came has ended."""


@asynccontextmanager
async def at_work(turns: Resources, who: ContactPerson) -> AsyncIterator[DeskWork]:
    """A contact person at work on the web, in one transaction, with the rights that they have in it, whatever they had when they asked.
    ShutOut when they are not at work here any more.
    """
    async with turns.database.write() as connection:
        now = turns.clock.now()
        still = await contact_persons.still(connection, who, now)
        if still is None:
            raise ShutOut
        yield DeskWork(turns, connection, still, now)
    turns.committed.set()


async def fill_in(
    turns: Resources, who: ContactPerson, case: Case | None, dialog: str, posted: Posted, once: int = 0
) -> Filled | None:
    """Take a task's form, sent whole: keep it when something is wrong with it, carry it out when not. None when they may not do the task.

    `once` is the form's own number (keys.number): a form sent twice by a quick double press is dealt with once.
    """
    async with at_work(turns, who) as work:
        if once and await people.seen_before(work.connection, WEB_STAFF.name, (once,), work.now):
            return Filled(Draft(0), {}, again=True)
        case = await work.locked(case.id) if case else None
        if not work.allowed(dialog, case):
            return None
        one = await work.begin(dialog, case)
        draft, refused = filled(DESK_DIALOGS[dialog], one.draft, posted, Writer(who.id, work.who.locale, work.now))
        if refused:
            await work.keep(one.draft, draft)
            return Filled(draft, refused)
        done = await work.finish(replace(one, draft=draft), case, record(DESK_DIALOGS[dialog], draft))
        return Filled(draft, {}, done)


async def speak(turns: Resources, who: ContactPerson, locale: str) -> None:
    """Set the language that the contact person reads from now on. An unknown one changes nothing."""
    if locale in turns.house.languages:
        async with at_work(turns, who) as work:
            await people.change(work.connection, who.id, locale=locale)
