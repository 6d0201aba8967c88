"""Deadlines: both sides are reminded of a meeting the day before; the contact person is told of a request whose day has passed;
a case that was closed is kept as long as the schedule says. Each once.
"""

from datetime import datetime

from bot.operations.loops import beat
from bot.turns.hours import A_DAY, clock_at
from bot.turns.turns import Turns
from bot.worker.retention import CLOSED_KEPT
from dialogs.case.case import Case
from dialogs.case.state import CLOSED, WITHDRAWN
from dialogs.kinds.day import STOCKHOLM
from dialogs.kinds.times import FORM, instant, is_time
from dialogs.phases.always.kept import KEPT
from dialogs.phases.always.meeting_reminded import MEETING_REMINDED
from dialogs.phases.initiation.overdue import OVERDUE
from dialogs.phases.initiation.part import initiation
from storage.cases import cases, due
from storage.people.staff import today

REMIND_AT = 10
"""The hour, on the day before a meeting, from which both sides are reminded."""


class Deadlines:
    """What falls due in cases without anybody doing anything."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns

    async def once(self) -> None:
        """Do what is due now. Another process that does the same at the same time waits for the case, and finds it done."""
        at = self.turns.clock.now()
        local = at.astimezone(STOCKHOLM)
        async with self.turns.database.read() as connection:
            meetings = await due.meetings(connection, local.strftime(FORM), (local + 2 * A_DAY).strftime(FORM))
            requests = await due.requests(connection, today(at))
            old = await due.kept(connection, at - CLOSED_KEPT)
        for id in meetings:
            beat()
            await self._remind(id, at)
        for id in requests:
            beat()
            await self._overdue(id, at)
        for id in old:
            beat()
            await self._kept(id, at)

    async def _remind(self, id: int, at: datetime) -> None:
        async with self.turns.database.write() as connection:
            await cases.lock(connection, id)
            case = await cases.case_by_id(connection, id)
            if case and to_be_reminded(case, at):
                after = await self.turns.happens(connection, id, MEETING_REMINDED, None, {}, at)
                await due.keep_up(connection, id, case.latest, after.latest)

    async def _overdue(self, id: int, at: datetime) -> None:
        async with self.turns.database.write() as connection:
            await cases.lock(connection, id)
            case = await cases.case_by_id(connection, id)
            if case and is_overdue(case, at):
                await self.turns.happens(connection, id, OVERDUE, None, {}, at)

    async def _kept(self, id: int, at: datetime) -> None:
        async with self.turns.database.write() as connection:
            await cases.lock(connection, id)
            case = await cases.case_by_id(connection, id)
            if case and case.closing and not case.kept and case.closing.at < at - CLOSED_KEPT:
                after = await self.turns.happens(connection, id, KEPT, None, {}, at)
                await due.keep_up(connection, id, case.latest, after.latest)


def to_be_reminded(case: Case, at: datetime) -> bool:
    """Whether it is time to remind people of the last agreed meeting. Times offered after it replace it."""
    offer = case.offers[-1] if case.offers else None
    if offer is None or offer.reminded or not is_time(offer.chosen) or case.state in (WITHDRAWN.id, CLOSED.id):
        return False
    meeting = instant(offer.chosen)
    return clock_at(meeting.date() - A_DAY, REMIND_AT) <= at < meeting


def is_overdue(case: Case, at: datetime) -> bool:
    """Whether the day of a request has passed without an answer, and nobody has been told yet."""
    asked = initiation(case).request
    return asked is not None and not case.closed and not asked.overdue and "" < asked.due < today(at)
