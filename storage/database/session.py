"""A session with PostgreSQL that ends when its connection is dead, and works through a pooler without meeting other clients' statements."""

import asyncio
import socket
from contextlib import suppress
from typing import Any

import asyncpg

from storage.database.address import CONNECT, Server

PING = 2.0
"""Seconds within which a session from the pool must show a sign of life."""
NO_TLS = "it offers no TLS, and sslmode demands it"
GRACE = 1.0
"""Seconds by which the server's limits are shorter than ours: if the server stops a statement itself, we keep the session."""
IDLE, INTERVAL, COUNT, UNHEARD = 10, 5, 3, 15_000
"""TCP: seconds before a quiet connection is probed, seconds between probes, how many, and milliseconds that sent data may stay unacknowledged."""
OPTIONS = (
    # libpq's name, the socket's option, our default
    ("keepalives_idle", "TCP_KEEPIDLE", IDLE),
    ("keepalives_interval", "TCP_KEEPINTVL", INTERVAL),
    ("keepalives_count", "TCP_KEEPCNT", COUNT),
    ("tcp_user_timeout", "TCP_USER_TIMEOUT", UNHEARD),
)
SERVERS = {
    "tcp_keepalives_idle": str(IDLE),
    "tcp_keepalives_interval": str(INTERVAL),
    "tcp_keepalives_count": str(COUNT),
    "tcp_user_timeout": str(UNHEARD),
}
"""Settings by which the server, too, finds out that we are gone, and releases our locks."""
LIMITS = {"statement_timeout": 1, "idle_in_transaction_session_timeout": 1, "transaction_timeout": 4}
"""The server's limits, as multiples of ours for a statement. Only the last (PostgreSQL 17 or newer) ends a session whose connection went silent
between two messages of one statement.
"""
OPEN = """SELECT pg_catalog.pg_backend_pid(), ARRAY(
SELECT name FROM pg_catalog.pg_settings WHERE name = ANY($1::text[]) AND source = 'default')"""
SET = "SELECT pg_catalog.set_config(name, value, false) FROM unnest($1::text[], $2::text[]) AS wanted (name, value)"


class UnfitDatabase(ConnectionError):
    """A server that we reached, but that is not what the address demands. Its text says how, and contains nobody's data."""


class Session(asyncpg.Connection):  # type: ignore[misc]  # asyncpg has no types
    """An asyncpg connection. `pooled` says whether it goes through a pooler, and is known once it is `opened`."""

    __slots__ = ("_begin", "pooled", "transport")

    def __init__(self, protocol: Any, transport: asyncio.Transport, *more: Any) -> None:
        super().__init__(protocol, transport, *more)
        self.transport, self.pooled, self._begin = transport, False, ""

    async def opened(self, limit: float | None) -> None:
        """Find out whether there is a pooler in between, and set limits where the server's administrator has set none.

        The server gives a session's number twice: when it begins, and when asked. A pooler makes up the first.
        Through a pooler, nothing in a session may outlive a transaction: no statement has a name, and each BEGIN sets the limits again.
        """
        limits = {name: f"{round((limit - GRACE) * many * 1000)}ms" for name, many in LIMITS.items()} if limit else {}
        number, unset = await self.fetchrow(OPEN, [*limits, *SERVERS])
        self.pooled = number != self.get_server_pid()
        wanted = {name: value for name, value in (limits | SERVERS).items() if name in unset}
        if self.pooled:
            self._begin = "".join(f"SET LOCAL {name} = '{wanted[name]}';" for name in LIMITS if name in wanted)
        elif wanted:
            await self.execute(SET, list(wanted), list(wanted.values()))

    async def execute(self, query: str, *args: Any, timeout: float | None = None) -> str:  # noqa: ASYNC109 - asyncpg's
        """Run a statement. A BEGIN also sets the transaction's limits, in the same message."""
        if self._begin and query.startswith("BEGIN"):
            query += self._begin
        return str(await super().execute(query, *args, timeout=timeout))

    async def ping(self) -> None:
        """One trip to the server and back. TimeoutError or another error when the connection is dead; that ends the session."""
        try:
            await self.execute("SELECT", timeout=PING)
        except BaseException:
            self.terminate()
            raise

    def watch(self, server: Server) -> None:
        """Let TCP notice soon that the server is gone, instead of after two hours (tcp(7)), as far as this system can."""
        line = self.transport.get_extra_info("socket")
        if line is None or line.family not in (socket.AF_INET, socket.AF_INET6):
            return
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, int(server.asked.get("keepalives", 1)))
        for name, option, default in OPTIONS:
            if number := getattr(socket, option, None):
                with suppress(OSError):
                    line.setsockopt(socket.IPPROTO_TCP, number, server.number(name, default))


class Sessions:
    """Begins sessions with a server: first with the host that answered last, then with the others, each with its own timeout, as in libpq.
    `limit`: seconds for a statement, None for no limit.
    """

    def __init__(self, server: Server, limit: float | None = None) -> None:
        self.server, self.limit = server, limit
        self._hosts: list[tuple[str, int] | None] = [*server.hosts] or [None]

    async def begin(self) -> Session:
        """A session with the first host that answers and fits. OSError or TimeoutError when none can be reached, PostgresError when one refuses."""
        troubles = list[Exception]()
        for place in [*self._hosts]:
            try:
                async with asyncio.timeout(self.server.number("connect_timeout", CONNECT)):
                    session = await self._begun(place)
            except (OSError, asyncpg.CannotConnectNowError) as trouble:
                troubles.append(UnfitDatabase(NO_TLS) if "rejected SSL" in str(trouble) else trouble)
            except asyncpg.TargetServerAttributeNotMatched:
                troubles.append(UnfitDatabase(self._wanted()))
            else:
                self._hosts.sort(key=lambda one: one != place)
                return session
        if len(troubles) == 1:
            raise troubles[0]
        raise _all_of(troubles)

    def _wanted(self) -> str:
        return f"it is not as target_session_attrs={self.server.asked.get('target_session_attrs')} wants it"

    async def _begun(self, place: tuple[str, int] | None) -> Session:
        at = {"host": place[0], "port": place[1]} if place else {}
        session: Session = await asyncpg.connect(
            self.server.dsn,
            **at,
            password=self.server.password or None,
            server_settings=self.server.starting,
            target_session_attrs=self.server.asked.get("target_session_attrs"),
            statement_cache_size=0,  # so no statement has a name: each is sent in full with its parameters
            command_timeout=self.limit,
            connection_class=Session,
        )
        try:
            session.watch(self.server)
            await session.opened(self.limit)
        except BaseException:
            session.terminate()
            raise
        return session


def _all_of(troubles: list[Exception]) -> ConnectionError:
    """One error for the troubles of several hosts."""
    if any(isinstance(one, UnfitDatabase) for one in troubles):
        said = [
            str(one) if isinstance(one, UnfitDatabase) else f"another cannot be reached ({type(one).__name__})"
            for one in troubles
        ]
        return UnfitDatabase("; ".join(dict.fromkeys(said)))
    return ConnectionError("; ".join(str(one) or type(one).__name__ for one in troubles))


def misasked(error: BaseException) -> bool:
    """Whether the driver cannot do what an address or the environment asks for. In that case nothing has been sent to a server yet."""
    one: BaseException | None = error
    while one is not None and not isinstance(one, asyncpg.exceptions.ClientConfigurationError):
        one = getattr(one, "orig", None) or one.__cause__
    return one is not None
