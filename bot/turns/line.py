"""The line: jobs that wait at the same time share one transaction.
Law: each turns out as it would alone, and is done when that transaction is committed.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.database import Database, away

MOST = 200
"""Jobs in one transaction."""
LANES = 2
"""Transactions open at the same time on a server: while one waits for it, the next is put together. An embedded database has one writer."""

PATIENCE = 60.0
"""Seconds that a transaction may take, whatever it waits for."""
ROUNDS = 3
"""Rounds of the event loop in which more jobs may join a transaction: next to no delay when none come, and fewer transactions when many do."""


class NotYet:
    """The result of a job that would get in the way of another in the same transaction, and so goes into the next."""


NOT_YET: Final = NotYet()
JobWork = Callable[[AsyncConnection, list[Any]], Awaitable[list[Any]]]
"""Does several jobs in a transaction, and returns a result for each, in order. An exception undoes them all, and each is tried again alone."""


@dataclass(slots=True)
class Job:
    """A waiting job: the work that does it, what it is about, and where its result is awaited. Jobs with the same `whose` are done in order."""

    work: JobWork
    item: Any
    done: asyncio.Future[Any]
    whose: object = None


class Line:
    """The waiting line in front of a database. It takes several kinds of work, first come, first served."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._line: list[Job] = []
        self._open = 0
        self._lanes: set[asyncio.Task[None]] = set()
        self._most = 1 if database.embedded else LANES
        self._gathering = False
        """Whether a lane is about to take the jobs in the line."""
        self._busy: set[object] = set()
        """Whose jobs are being done."""

    async def do(self, work: JobWork, item: Any, whose: object = None) -> Any:
        """Do one job, and return its result once it is committed. Raises what went wrong with this job alone.

        Jobs with the same `whose` are done one after another, in order; None is for a job that conflicts with no other.
        A caller that is cancelled here does not learn how the job went, but the job is still done.
        """
        done = asyncio.get_running_loop().create_future()
        self._line.append(Job(work, item, done, whose))
        self._open_lane()
        return await done

    def _open_lane(self) -> None:
        if not self._gathering and self._open < self._most:
            self._open += 1
            self._gathering = True
            lane = asyncio.create_task(self._run())
            self._lanes.add(lane)
            lane.add_done_callback(self._lanes.discard)

    async def _run(self) -> None:
        try:
            while jobs := await self._gathered():
                mine = {job.whose for job in jobs if job.whose is not None}
                self._busy |= mine
                try:
                    self._line = await self._tried(jobs) + self._line
                finally:
                    self._busy -= mine
        finally:
            self._open -= 1

    async def _gathered(self) -> list[Job]:
        """The jobs in the line after ROUNDS rounds of the loop."""
        self._gathering = True
        for _round in range(ROUNDS):
            await asyncio.sleep(0)
        self._gathering = False
        return self._next()

    def _next(self) -> list[Job]:
        """The first jobs in the line. While somebody's job is being done, their next one stays in the line."""
        jobs: list[Job] = []
        left: list[Job] = []
        for job in self._line:
            (left if job.whose in self._busy or len(jobs) == MOST else jobs).append(job)
        self._line = left
        return jobs

    async def _tried(self, jobs: list[Job]) -> list[Job]:
        """Do the jobs together, or each alone when that fails. Returns those that have to wait for the next transaction."""
        try:
            # A database that has gone silent must not hold up the line for ever: it counts as away.
            async with asyncio.timeout(PATIENCE):
                return await self._committed(jobs)
        except Exception as error:
            if len(jobs) == 1 or away(error):
                for job in jobs:
                    _end(job, error)
                return []
        return [later for job in jobs for later in await self._tried([job])]

    async def _committed(self, jobs: list[Job]) -> list[Job]:
        async def all_of_them(connection: AsyncConnection) -> list[tuple[Job, Any]]:
            results: list[tuple[Job, Any]] = []
            for work in dict.fromkeys(job.work for job in jobs):
                mine = [job for job in jobs if job.work == work]
                results += zip(mine, await work(connection, [job.item for job in mine]), strict=True)
            return results

        later = []
        for job, result in await self._database.written(all_of_them):
            if result is NOT_YET:
                later.append(job)
            elif not job.done.done():
                job.done.set_result(result)
        return later


def _end(job: Job, error: Exception) -> None:
    if not job.done.done():
        job.done.set_exception(error)
