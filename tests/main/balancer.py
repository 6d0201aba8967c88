"""A balancer: connections from outside go to whichever process says at /readyz that it wants more, in turns."""

import asyncio
import itertools
import re
from collections import Counter
from contextlib import suppress

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.ports import free_port

BEAT = 0.1
"""Seconds between two looks at each process."""
STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")


class Balancer:
    """`processes` are their ports; `refused` counts the connections that no process could be found for, `statuses` what was answered."""

    def __init__(self, *processes: int) -> None:
        self.processes = list(processes)
        self.ready: list[int] = []
        self.refused = 0
        self.statuses = Counter[int]()
        self.port = free_port()
        self._turn = itertools.count()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> "Balancer":
        """Listen, and know who is ready."""
        await self._look()
        self._server = await asyncio.start_server(self._bring, "127.0.0.1", self.port)
        self._tasks.add(asyncio.create_task(self._watch()))
        return self

    async def stop(self) -> None:
        """Listen no more."""
        assert self._server
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            await self._look()

    async def _look(self) -> None:
        async with ClientSession(timeout=ClientTimeout(total=2)) as session:
            ready = []
            for port in self.processes:
                with suppress(ClientError, TimeoutError):
                    async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                        ready += [port] if answer.status == 200 else []
            self.ready = ready

    async def _bring(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            port = self.ready[next(self._turn) % len(self.ready)]
            there, back = await asyncio.open_connection("127.0.0.1", port)
        except (OSError, ZeroDivisionError):
            self.refused += 1
            writer.close()
            return
        both = [
            asyncio.create_task(self._pour(reader, back)),
            asyncio.create_task(self._pour(there, writer, self.statuses)),
        ]
        await asyncio.wait(both)

    async def _pour(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, counted: Counter[int] | None = None
    ) -> None:
        with suppress(OSError):
            while chunk := await source.read(2**16):
                if counted is not None and (line := STATUS.match(chunk)):
                    counted[int(line[1])] += 1
                target.write(chunk)
                await target.drain()
        target.close()
