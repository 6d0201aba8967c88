"""The kinds of outages. Each begins where its context is entered, and has ended where that is left."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass

import asyncpg

from tests.outages.site import DATABASE, RIGHTS, ROLE, Site, Way

SOON = 10
OTHERS = "others"
"""A role that has nothing to do with us, and takes every seat."""
ALL = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{ROLE}'"


@dataclass(frozen=True)
class Outage:
    """One kind: its name in the table, how long it lasts (seconds), what /readyz must say meanwhile, and which `ways` to the database it is for."""

    name: str
    happens: Callable[[Site], AbstractContextManager[None]]
    seconds: float = 15
    unready: bool = True
    """Whether nobody can be served, so that /readyz has to say 503."""
    ways: tuple[Way, ...] = ("a line",)
    soon: float = SOON
    """Seconds after its end in which everything is served again."""
    standby: bool = False
    """Whether there has to be a standby before it happens."""


@contextmanager
def stopped(site: Site) -> Iterator[None]:
    """Somebody restarts PostgreSQL, and takes their time."""
    site.server.stop()
    yield
    site.server.start()


@contextmanager
def crashed(site: Site) -> Iterator[None]:
    """The same without any last word; it recovers from its log."""
    site.server.stop("immediate")
    yield
    site.server.start()


@contextmanager
def frozen(site: Site) -> Iterator[None]:
    """The server stands still: connections are taken, and nothing is said."""
    site.server.freeze()
    yield
    site.server.thaw()


@contextmanager
def silent(site: Site) -> Iterator[None]:
    """A firewall has forgotten what was open, for good; new connections work."""
    site.line.silence()
    yield


@contextmanager
def stood(site: Site) -> Iterator[None]:
    """Nothing passes, of what is open and of what comes; then what stood in the line goes on, however late."""
    site.line.freeze()
    yield
    site.line.thaw()


@contextmanager
def refused(site: Site) -> Iterator[None]:
    """What is open is reset, new connections are refused."""
    site.line.refuse()
    yield
    site.line.accept()


@contextmanager
def read_only(site: Site) -> Iterator[None]:
    """Whoever comes may only read. Afterwards nobody ends for us what was opened meanwhile, and may only read for as long as it lives."""
    site.server.do(f"ALTER DATABASE {DATABASE} SET default_transaction_read_only = on", ALL)
    yield
    site.server.do(f"ALTER DATABASE {DATABASE} RESET default_transaction_read_only")


def _no_rights_on(table: str) -> Callable[[Site], AbstractContextManager[None]]:
    @contextmanager
    def happens(site: Site) -> Iterator[None]:
        site.server.do(f"REVOKE ALL ON {table} FROM {ROLE}", database=DATABASE)
        yield
        site.server.do(*RIGHTS, database=DATABASE)

    return happens


@contextmanager
def no_seats(site: Site) -> Iterator[None]:
    """Others take every connection that the server has, and ours are ended."""
    over = threading.Event()
    taking = threading.Thread(target=lambda: asyncio.run(_take_seats(site, over)))
    taking.start()
    yield
    over.set()
    taking.join()


async def _take_seats(site: Site, over: threading.Event) -> None:
    owner = await asyncpg.connect(site.owners)
    await owner.execute(f"DROP ROLE IF EXISTS {OTHERS}")
    await owner.execute(f"CREATE ROLE {OTHERS} LOGIN")
    seats: list[asyncpg.Connection] = []
    try:
        while not over.is_set():
            try:
                seats.append(await asyncpg.connect(site.server.url(role=OTHERS)))
            except asyncpg.TooManyConnectionsError:
                await owner.execute(ALL)
                await asyncio.sleep(0.02)
    finally:
        for one in seats:
            one.terminate()
        await owner.close()


@contextmanager
def full(site: Site) -> Iterator[None]:
    """The disk below the server is full, also for its log; when it has ended by that, somebody starts it once there is room."""
    assert site.disk
    site.disk.fill(())
    with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
        for _segment in range(16):  # until those that its log has ready are used up
            site.server.do("SELECT pg_logical_emit_message(true, 'full', 'x')", "SELECT pg_switch_wal()")
    yield
    site.disk.free(())
    site.look_after()


@contextmanager
def store_gone(site: Site) -> Iterator[None]:
    """The object store takes no connections; the database is there."""
    assert site.store_line
    site.store_line.refuse()
    yield
    site.store_line.accept()


@contextmanager
def failed_over(site: Site) -> Iterator[None]:
    """The machine of the server is gone; after a while its standby takes its place."""
    site.server.kill()
    yield
    site.fail_over()


@contextmanager
def gone_without_a_word(site: Site) -> Iterator[None]:
    """The same, and nothing resets what was open: it is silent for good."""
    site.line.silence()
    site.server.kill()
    yield
    site.fail_over()


@contextmanager
def pooler_restarted(site: Site) -> Iterator[None]:
    """The pooler ends, and comes again after a while."""
    assert site.pooler
    site.pooler.halt()
    yield
    site.pooler.start()


POOLED: tuple[Way, ...] = ("a line", "PgBouncer")
OUTAGES = (
    Outage("PostgreSQL stopped (fast)", stopped, ways=POOLED),
    Outage("PostgreSQL stopped (immediate)", crashed),
    Outage("PostgreSQL frozen", frozen, 20),
    Outage("what is open goes silent, for good", silent, 0, unready=False),
    # A pooler gives out one silent connection after the other, and each of them costs whoever gets it the time of a statement.
    Outage("what is open behind it goes silent", silent, 0, unready=False, ways=("PgBouncer",), soon=3 * SOON),
    Outage("the whole line stands", stood, 20),
    Outage("connections refused", refused),
    Outage("read-only", read_only),
    Outage("no rights on drafts", _no_rights_on("drafts")),
    Outage("no rights on outbox", _no_rights_on("outbox")),
    Outage("too many connections", no_seats),
    Outage("disk full", full),
    Outage("object store away", store_gone, unready=False),
    Outage("PgBouncer restarted", pooler_restarted, ways=("PgBouncer",)),
    Outage("fail-over to a standby", failed_over, ways=("a line", "several hosts"), standby=True),
    Outage("fail-over, what was open goes silent", gone_without_a_word, standby=True),
)
