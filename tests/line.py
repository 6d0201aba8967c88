"""The line between a program and its PostgreSQL: one that can be cut, go silent, be frozen, refuse, and lead to another server."""

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import make_url

from tests.ports import free_port

Made = TypeVar("Made")
CHUNK = 2**16


class Line:
    """A TCP proxy in a thread of its own before the server of the plain address `url`. After `start`, `address` is a database through it.

    Every method but `start` and `stop` may be called again and again, in any order, from any thread.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self.port = free_port()
        self.opened = 0
        """How many connections it was asked for since its start."""
        self._there = _place(url)
        self._flows = asyncio.Event()
        """Of what is opened now; `silence` gives those to come another one."""
        self._held: set[asyncio.Event] = {self._flows}
        self._frozen = False
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def address(self) -> str:
        """The plain address of `url`'s database through this line."""
        return self.through(self._url)

    def through(self, url: str) -> str:
        """The plain address of another database on the same server, through this line."""
        here = make_url(url).difference_update_query(["host", "port"]).set(host="127.0.0.1", port=self.port)
        return here.render_as_string(hide_password=False)

    def start(self) -> "Line":
        """Listen, and pass everything on."""
        self._thread.start()
        self._flows.set()
        self._do(self._listen())
        return self

    def stop(self) -> None:
        """Listen no more, and let go of what is open."""
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self) -> None:
        """Reset what is open, to both sides. New connections work."""
        self._do(self._cut())

    def silence(self) -> None:
        """What is open passes nothing on any more, not even an end, until `thaw`; new connections work. A firewall that forgot."""
        self._do(self._silence())

    def freeze(self) -> None:
        """Nothing passes, and new connections are taken but answered by nobody, until `thaw`. A server that stands."""
        self._do(self._freeze())

    def thaw(self) -> None:
        """What was silent or frozen goes on where it was."""
        self._do(self._thaw())

    def refuse(self) -> None:
        """Reset what is open, and refuse new connections until `accept`. A server that is down."""
        self._do(self._refuse())

    def accept(self) -> None:
        """New connections work again."""
        self._do(self._listen())

    def to(self, url: str) -> None:
        """New connections go to the server of this plain address; what is open stays where it is. A fail-over is `to` and `cut` or `silence`."""
        self._there = _place(url)

    def _do(self, work: Coroutine[Any, Any, Made]) -> Made:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._begun, "127.0.0.1", self.port)

    def _begun(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Of each connection: a task of ours, which ends with this line."""
        task = self._loop.create_task(self._bring(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _bring(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        flows = self._flows
        self._open.add(writer)
        await flows.wait()
        try:
            there, back = await _opened(self._there)
        except OSError:
            self._open.discard(writer)
            writer.transport.abort()
            return
        self._open.add(back)
        try:
            await asyncio.gather(_pour(reader, back, flows), _pour(there, writer, flows))
        finally:
            for one in (writer, back):
                self._open.discard(one)
                one.close()

    async def _cut(self) -> None:
        for one in self._open:
            one.transport.abort()

    async def _silence(self) -> None:
        self._flows.clear()
        self._flows = asyncio.Event()
        self._held.add(self._flows)
        if not self._frozen:
            self._flows.set()

    async def _freeze(self) -> None:
        self._frozen = True
        self._flows.clear()

    async def _thaw(self) -> None:
        self._frozen = False
        for one in self._held:
            one.set()

    async def _refuse(self) -> None:
        if self._server:
            self._server.close()
            self._server = None
        await self._cut()

    async def _end(self) -> None:
        await self._refuse()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _place(url: str) -> tuple[str, int]:
    """Host, or directory of a socket, and port."""
    asked = make_url(url)
    host = str(asked.query.get("host") or asked.host or "127.0.0.1")
    return host, int(str(asked.query.get("port") or asked.port or 5432))


async def _opened(place: tuple[str, int]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, port = place
    if host.startswith("/"):
        return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
    return await asyncio.open_connection(host, port)


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter, flows: asyncio.Event) -> None:
    with suppress(OSError):
        while True:
            chunk = await source.read(CHUNK)
            await flows.wait()  # also an end is not passed on by a silent line
            if not chunk:
                break
            target.write(chunk)
            await target.drain()
    target.close()
