"""What a balancer and a process manager see: /readyz and /healthz of each process, several times a second."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.outages.outcome import UNANSWERED
from tests.process.program import Program

EVERY, PATIENCE = 0.25, 5.0
"""Seconds between two looks, and for an answer."""
OK = 200


@dataclass
class Look:
    """One look: when it began and had its answer (monotonic), at which process and path, the status (0 for no answer) and what was said."""

    at: float
    answered: float
    process: int
    path: str
    status: int
    said: str


@dataclass
class Looks:
    """All of them, in order. `programs` have a METRICS_PORT each."""

    programs: list[Program]
    seen: list[Look] = field(default_factory=list)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def start(self) -> None:
        """Look from now on."""
        for number in range(len(self.programs)):
            self._tasks += [asyncio.create_task(self._look(number, path)) for path in ("/readyz", "/healthz")]

    async def stop(self) -> None:
        """Look no more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def unready(self, since: float, until: float) -> float | None:
        """Seconds until every process said 503, of those between; None when one never did."""
        first = [
            min((one.answered for one in self._of(number, "/readyz", since, until) if one.status == 503), default=None)
            for number in range(len(self.programs))
        ]
        known = [one for one in first if one is not None]
        return max(known) - since if len(known) == len(first) else None

    def ready(self, since: float, until: float) -> float | None:
        """Seconds until every process said 200 for the first time after `since`; None when one never did."""
        first = [
            min((one.answered for one in self._of(number, "/readyz", since, until) if one.status == OK), default=None)
            for number in range(len(self.programs))
        ]
        known = [one for one in first if one is not None]
        return max(known) - since if len(known) == len(first) else None

    def reasons(self, since: float, until: float) -> Counter[str]:
        """What was said beside 503."""
        return Counter(
            one.said
            for number in range(len(self.programs))
            for one in self._of(number, "/readyz", since, until)
            if one.status == 503
        )

    def dead(self, since: float, until: float) -> Counter[str]:
        """What /healthz said that was not 200, by command."""
        return Counter(
            f"{one.status or UNANSWERED} {one.said} ({self.programs[one.process].command})"
            for number in range(len(self.programs))
            for one in self._of(number, "/healthz", since, until)
            if one.status != OK
        )

    def _of(self, process: int, path: str, since: float, until: float) -> list[Look]:
        return [one for one in self.seen if (one.process, one.path) == (process, path) and since <= one.at <= until]

    async def _look(self, number: int, path: str) -> None:
        url = f"http://127.0.0.1:{self.programs[number].environment['METRICS_PORT']}{path}"
        async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as session:
            while True:
                at, status, said = time.monotonic(), 0, ""
                try:
                    async with session.get(url) as answer:
                        status, said = answer.status, await answer.text()
                except (ClientError, TimeoutError, OSError) as error:
                    said = type(error).__name__
                self.seen.append(Look(at, time.monotonic(), number, path, status, said))
                await asyncio.sleep(EVERY)
