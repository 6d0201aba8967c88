"""The line: what waits at the same time goes into one transaction. Law: each is as it would be alone, and is done when that is committed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.database import Database, away

MOST = 200
"""Jobs in one transaction."""
LANES = 2
"""Transactions at the same time on a server: while one waits for it, the next is put together. An embedded database has one writer."""

PATIENCE = 60.0
"""Seconds that a transaction may take, whatever it waits for."""
ROUNDS = 3
"""Rounds of the event loop in which others may still join a transaction: next to nothing when nobody comes, and more in one when many do."""


class NotYet:
    """The result of a job that would get in the way of another one in the same transaction: it goes into the next."""


NOT_YET: Final = NotYet()
JobWork = Callable[[AsyncConnection, list[Any]], Awaitable[list[Any]]]
"""Does several jobs in a transaction; a result for each, in their order. An exception undoes them all, and each is tried again alone."""


@dataclass(slots=True)
class Job:
    """A job that waits: what it is for, the work that knows how to do it, and where its result is awaited. Jobs of the same `whose` are done in their order."""

    work: JobWork
    item: Any
    done: asyncio.Future[Any]
    whose: object = None


class Line:
    """The waiting line in front of a database. Several kinds of work may stand in it; those that came first are done first."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._line: list[Job] = []
        self._open = 0
        self._lanes: set[asyncio.Task[None]] = set()
        self._most = 1 if database.embedded else LANES
        self._gathering = False
        """Whether a lane is about to take what stands in the line."""
        self._busy: set[object] = set()
        """Whose jobs are being done."""

    async def do(self, work: JobWork, item: Any, whose: object = None) -> Any:
        """The result of one job, once it is committed. Raises what went wrong with this job alone.

        Jobs of the same `whose` are done one after the other, in their order; None for a job that no other can get in the way of.
        Whoever is cancelled here no longer learns how the job went; it is done all the same.
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
        """What stands in the line after some rounds of the loop."""
        self._gathering = True
        for _round in range(ROUNDS):
            await asyncio.sleep(0)
        self._gathering = False
        return self._next()

    def _next(self) -> list[Job]:
        """Those that come first in the line. Whoever has a job that is being done waits with the next one."""
        jobs: list[Job] = []
        left: list[Job] = []
        for job in self._line:
            (left if job.whose in self._busy or len(jobs) == MOST else jobs).append(job)
        self._line = left
        return jobs

    async def _tried(self, jobs: list[Job]) -> list[Job]:
        """Do the jobs, or each alone when that fails. Those that have to wait for the next transaction."""
        try:
            # A database that says nothing any more must not hold the line for ever: it is away.
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
