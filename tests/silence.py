"""A line that goes silent: what is open says nothing any more, and nobody is told; new connections work. As behind a proxy after a fail-over."""

import asyncio
from contextlib import suppress

from sqlalchemy import make_url


class Line:
    """Between a client and a server. `url` is the server's plain address by way of here, once it is `open`."""

    def __init__(self, url: str) -> None:
        self._there = make_url(url)
        self.url = ""
        self.taken = 0
        """Connections so far."""
        self._silent: set[asyncio.Task[None]] = set()
        self._going: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._writers: list[asyncio.StreamWriter] = []

    async def open(self) -> "Line":
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._taken, "127.0.0.1", 0)
        here = self._there.set(host="127.0.0.1", port=self._server.sockets[0].getsockname()[1])
        self.url = here.set(query={}).render_as_string(hide_password=False)
        return self

    async def close(self) -> None:
        """Cut everything."""
        if self._server:
            self._server.close()
        tasks = self._going | self._silent
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.sleep(0)  # what is cut is closed in the next round of the loop

    def goes_silent(self) -> None:
        """Whatever is open carries nothing any more, and stays open."""
        self._silent |= self._going

    async def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.taken += 1
        query = self._there.query
        if "host" in query:
            there = await asyncio.open_unix_connection(f"{query['host']}/.s.PGSQL.{query.get('port', 5432)}")
        else:
            there = await asyncio.open_connection(self._there.host, self._there.port or 5432)
        self._writers += [writer, there[1]]
        for one, other in ((reader, there[1]), (there[0], writer)):
            task = asyncio.create_task(self._carry(one, other))
            self._going.add(task)
            task.add_done_callback(self._going.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        this = asyncio.current_task()
        with suppress(OSError):
            while data := await reader.read(65536):
                if this in self._silent:
                    await asyncio.Event().wait()
                writer.write(data)
                await writer.drain()
        if this not in self._silent:
            writer.close()
