"""Retention: the one schedule of what is deleted when, and the worker that keeps to it. What was sent is not in it:
only a recorded decision disposes of that.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.operations.loops import beat
from bot.turns.sessions import LASTS
from bot.turns.turns import Turns
from dialogs.applicants.rooms import name_of
from dialogs.applicants.warning import warning
from dialogs.applicants.where import Open
from dialogs.desk.chat_closed import chat_closed
from dialogs.language.channels import applicant_channels
from dialogs.language.words import Moment, Words, _
from dialogs.phases.steps import DIALOGS
from storage.cases import drafts, empty_drafts, house_events, silent_drafts
from storage.cases.confirmations import KEPT as WAITS
from storage.erasure import erasures, forgetting, retention
from storage.outbox import outbox, told
from storage.outbox.outbox import About
from storage.people import people, sessions, staff_chats

MONTH = timedelta(days=30.5)
BATCH = 200
"""Rows in one transaction, so that nobody's turn waits long for it."""
MOST = 20
"""Transactions for one rule in one run; the rest waits for the next run."""
BREATH = 0.02
"""Seconds between two transactions, in which turns are taken."""
GRACE = timedelta(days=7)
"""Law: nobody's draft is deleted sooner than this after the warning, whatever the clock says and however long the worker was away."""
CLOSED_KEPT = timedelta(days=730)
"""How long a case is kept that a contact person closed, before its disposal can be proposed (bot/worker/due.py)."""
SWEEP = timedelta(minutes=10)
"""How often the store is searched for files that belong to nothing. They are gone within the hour."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the schedule: what, after how long, and the setting that decides it ("" for none). Counts are kept under `key`."""

    key: str
    what: Words
    after: timedelta
    setting: str = ""

    @property
    def days(self) -> int:
        """After how many days."""
        return round(self.after / timedelta(days=1))

    @property
    def minutes(self) -> int:
        """After how many minutes, for what is over in less than a day."""
        return round(self.after / timedelta(minutes=1))


def schedule(
    reminder: timedelta, kept: timedelta, lasts: timedelta = LASTS, chats: timedelta = LASTS
) -> tuple[Rule, ...]:
    """The schedule as the settings have it: `reminder` is the silence before the reminder (zero for none), `kept` the silence before a draft is deleted,
    `lasts` that before a browser's session ends, `chats` that before a contact person's chat is closed.
    """
    warned = max(kept - timedelta(days=30), kept / 2)
    reminded = (Rule("reminder", _("A draft: one reminder"), reminder, "REMINDER_DAYS"),) if reminder else ()
    return (
        *reminded,
        Rule("warning", _("A draft: a last warning"), warned, "DRAFT_MONTHS"),
        Rule("drafts", _("A draft that nobody has touched"), kept, "DRAFT_MONTHS"),
        Rule("empty", _("A draft in which nothing was written"), timedelta(days=7)),
        Rule("people", _("Somebody who has nothing here and was not heard of"), kept, "DRAFT_MONTHS"),
        Rule("closed", _("A case that was closed: its disposal can be proposed"), CLOSED_KEPT),
        Rule("desk", _("What a contact person began and did not finish"), timedelta(days=180)),
        Rule("failed", _("A message that could not be delivered"), timedelta(days=90)),
        Rule("read", _("What the chat said on the web, once it was read"), timedelta(days=30)),
        Rule("told", _("Where a message about a case stands in a contact person's chat"), told.WITHIN),
        Rule("links", _("A link that is used up or too old"), timedelta(days=1)),
        Rule("confirming", _("An e-mail address that waits to be confirmed"), WAITS),
        Rule("usage", _("How much somebody has sent on a day"), timedelta(days=2)),
        Rule("sessions", _("A session that has ended"), timedelta(days=1)),
        Rule("browsers", _("A browser in which a chat was open, and that nobody used"), lasts, "SESSION_DAYS"),
        Rule("chats", _("A contact person’s chat that nobody used"), chats, "STAFF_CHAT_DAYS"),
        Rule("updates", _("The number of a Telegram update"), timedelta(days=2)),
        Rule("held", _("A message that waits for a file"), timedelta(days=1)),
        # Law: longer than a form may take to arrive (bot/web/http/post.py), since its first files wait for its last.
        Rule("files", _("A file that belongs to nothing"), timedelta(minutes=30)),
        Rule("register", _("The register of what was deleted: numbers and days alone"), erasures.KEPT),
    )


Looks = Callable[[AsyncConnection, Rule, datetime], Awaitable[list[int]]]
"""Finds up to BATCH rows that a rule is about, and returns their ids. It only reads, so that nobody's turn waits for it."""
Deletes = Callable[[AsyncConnection, Rule, datetime, list[int]], Awaitable[int]]
"""Deletes up to BATCH rows that a rule is about, only among those found if there was a look first. Returns how many."""


class Retention:
    """The worker that keeps to the schedule."""

    def __init__(self, turns: Turns, reminder: timedelta, kept: timedelta) -> None:
        rules = schedule(reminder, kept, turns.sessions.lasts, turns.staff_chats)
        self.turns, self.rules = turns, {rule.key: rule for rule in rules}
        self._gone: set[str] = set()
        self._swept = turns.clock.now() - SWEEP
        self._looks: dict[str, Looks] = {
            "warning": _to_warn_of,
            "drafts": _outlived,
            "empty": _empty,
            "people": lambda connection, rule, now: forgetting.idle(connection, now - rule.after, BATCH),
        }
        self._deletes: dict[str, Deletes] = {
            "warning": self._warn,
            "drafts": self._drafts(_outlived),
            "empty": self._drafts(_empty),
            "people": lambda connection, rule, now, found: forgetting.forget_idle(
                connection, found, now - rule.after, now
            ),
            "desk": _plain(retention.at_the_desk),
            "failed": _plain(retention.failed),
            "read": _plain(retention.read),
            "told": _plain(retention.told),
            "links": _plain(retention.links),
            "confirming": _plain(retention.confirmations),
            "usage": _plain(retention.usage),
            "sessions": _plain(retention.sessions),
            "browsers": _plain(sessions.unused),
            "chats": self._chats,
            "updates": _plain(retention.updates),
            "held": _plain(retention.held),
            "register": self._register,
        }

    async def once(self) -> None:
        """Do what is due now. Trouble with one rule does not stop the others; the first error is raised at the end."""
        trouble: list[Exception] = []
        deleted = 0
        for key, deletes in self._deletes.items():
            try:
                deleted += await self._keep_to(self.rules[key], deletes)
            except Exception as error:
                trouble.append(error)
        try:
            if self.turns.clock.now() - self._swept >= SWEEP:
                deleted += await self._sweep(self.rules["files"])
                self._swept = self.turns.clock.now()
        except Exception as error:
            trouble.append(error)
        if deleted:
            await self.turns.database.wipe()
        if trouble:
            raise trouble[0]

    async def _keep_to(self, rule: Rule, deletes: Deletes) -> int:
        whole, looks, found = 0, self._looks.get(rule.key), list[int]()
        for _number in range(MOST):
            beat()
            if looks:
                async with self.turns.database.read() as connection:
                    found = await looks(connection, rule, self.turns.clock.now())
                if not found:
                    break
            async with self.turns.database.write() as connection:
                now = self.turns.clock.now()
                count = await deletes(connection, rule, now, found)
                if count and rule.key != "register":
                    await retention.counted(connection, rule.key, count, now)
            if gone := self._gone:
                self._gone = set()
                await self.turns.files.drop(gone)
            whole += count
            if not count:
                break
            await asyncio.sleep(BREATH)
        return whole

    async def _warn(self, connection: AsyncConnection, rule: Rule, now: datetime, found: list[int]) -> int:
        due = await silent_drafts.to_warn_of(connection, now - rule.after, BATCH, found)
        day = now + max(self.rules["drafts"].after - rule.after, GRACE)
        for one in due:
            to = await people.best_address(connection, one.person, applicant_channels())
            if to and one.dialog in DIALOGS:
                name = name_of(Open(one.draft, one.dialog, 0, one.started))
                said = warning(one.draft.id, name, Moment(day, "date"))
                locale = await people.locale_of(connection, one.person)
                await outbox.put(connection, to, one.person, About(draft=one.draft.id), said, locale, now)
        await silent_drafts.warned(connection, {one.draft.id for one in due}, now)
        return len({one.draft.id for one in due})

    def _drafts(
        self, looks_again: Callable[[AsyncConnection, Rule, datetime, list[int]], Awaitable[list[int]]]
    ) -> Deletes:
        async def deletes(connection: AsyncConnection, rule: Rule, now: datetime, found: list[int]) -> int:
            ids = await looks_again(connection, rule, now, found)
            for id in ids:
                self._gone |= await drafts.drop(connection, id, now, now - rule.after)
            return len(ids)

        return deletes

    async def _chats(self, connection: AsyncConnection, rule: Rule, now: datetime, _found: list[int]) -> int:
        """Close contact persons' chats in which they have not written for long, and say so there, as the last thing that is said."""
        closed = await staff_chats.close_unused(connection, now - rule.after, now, BATCH)
        for one in closed:
            await outbox.put(connection, one.at, None, About(), chat_closed(rule.days), one.locale, now)
            await house_events.happened(connection, self.turns.seal, "chat_expired", None, now, about=one.person)
        return len(closed)

    async def _register(self, connection: AsyncConnection, rule: Rule, now: datetime, _found: list[int]) -> int:
        count = await erasures.forget(connection, now - rule.after, BATCH)
        return count + await retention.forget_counts(connection, now - rule.after, BATCH)

    async def _sweep(self, rule: Rule) -> int:
        whole, clock = 0, self.turns.clock
        # Law: the earlier of two clocks counts, since a disk dates files by its own machine's: a file that has just come is never an old one.
        old = await self.turns.files.older((min(clock.here(), clock.now()) - rule.after).timestamp())
        for start in range(0, len(old), BATCH):
            beat()
            if count := await self.turns.files.drop(set(old[start : start + BATCH])):
                async with self.turns.database.write() as connection:
                    await retention.counted(connection, rule.key, count, clock.now())
            whole += count
            await asyncio.sleep(BREATH)
        return whole


async def _to_warn_of(connection: AsyncConnection, rule: Rule, now: datetime) -> list[int]:
    due = await silent_drafts.to_warn_of(connection, now - rule.after, BATCH)
    return sorted({one.draft.id for one in due})


async def _outlived(
    connection: AsyncConnection, rule: Rule, now: datetime, among: list[int] | None = None
) -> list[int]:
    old = now - rule.after
    ids = await silent_drafts.outlived(connection, old, now - GRACE, BATCH, among)
    return ids + await silent_drafts.unjoined(connection, old, now, BATCH, among)


async def _empty(connection: AsyncConnection, rule: Rule, now: datetime, among: list[int] | None = None) -> list[int]:
    return await empty_drafts.empty(connection, now - rule.after, BATCH, among)


def _plain(deletes: Callable[..., Awaitable[int]]) -> Deletes:
    return lambda connection, rule, now, _found: deletes(connection, now - rule.after, BATCH)
