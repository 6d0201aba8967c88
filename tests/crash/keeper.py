"""The processes, somebody who starts again whatever has ended, and somebody who kills them."""

import asyncio
import random
import signal
from contextlib import suppress

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.process.program import Program

PATIENCE = 180
"""Seconds in which a process has to come up by itself, on a busy machine."""
PAUSE = 0.2
"""Seconds before what has ended is started again."""


class Keeper:
    """Keeps `programs` running. What they end of by themselves is in `ended`: command and exit status."""

    def __init__(self, programs: list[Program], chance: random.Random) -> None:
        self.programs, self.chance = programs, chance
        self.kills = 0
        self.ended: list[str] = []
        self._killed: set[int] = set()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start them all, and keep them running from now on."""
        for one in self.programs:
            one.begin()
        self._tasks = [asyncio.create_task(self._keep(one)) for one in self.programs]

    @property
    def begun(self) -> bool:
        """Whether they were started."""
        return bool(self._tasks)

    async def _keep(self, program: Program) -> None:
        while True:
            await asyncio.sleep(0.02)
            if (status := program.ended) is not None:
                if program.pid not in self._killed:
                    self.ended.append(f"{program.command}: {status}")
                await asyncio.sleep(PAUSE)
                program.begin()

    async def up(self) -> None:
        """Wait until each process that serves the web answers. TimeoutError when one does not come up by itself."""
        async with asyncio.timeout(PATIENCE), ClientSession(timeout=ClientTimeout(total=5)) as session:
            for program in self.programs:
                while program.command != "worker" and not await _answers(session, program.url):
                    await asyncio.sleep(0.05)

    def kill(self, which: Program | None = None) -> None:
        """SIGKILL for one of them, any unless it is said which, whatever it is doing; also one that is just starting."""
        program = which or self.chance.choice(self.programs)
        if program.ended is None:
            self._killed.add(program.pid)
            with suppress(ProcessLookupError):
                program.signal(signal.SIGKILL)
            self.kills += 1

    async def stop(self) -> list[int]:
        """SIGTERM to all; their exit statuses."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        return await asyncio.gather(*(asyncio.to_thread(one.stop) for one in self.programs))

    def pids(self) -> list[int]:
        """The processes that are there."""
        return [one.pid for one in self.programs if one.ended is None]

    def doors(self) -> list[str]:
        """Where webhooks and the web are served by a process that is there."""
        return [one.url for one in self.programs if one.command != "worker" and one.ended is None]


async def _answers(session: ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/healthz") as response:
            return response.status == 200
    except (ClientError, TimeoutError, OSError):
        return False
