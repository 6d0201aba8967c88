"""Files: what lies in a store by its content, once, and the rows that hold it.

Law: nobody takes hold of a file that somebody else is deleting. A store cannot be asked inside a transaction, so whoever
deletes leaves a row first (in `locks`, by the file's SHA-256): "going", and "gone" when it is done. Whoever has kept
the same content before that finds the row and does not take hold; whoever keeps it anew afterwards takes the row away.
A store that was asked and did not answer may delete later: its files stay "going" until that is over.
"""

import asyncio
import logging
import os
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.database import Database
from storage.database.instant import instant
from storage.database.process_tables import locks
from storage.database.tables import files
from storage.files.arriving import Arriving, off
from storage.files.store import MARK, Away, Store

log = logging.getLogger(__name__)
LOCK = 0x66696C6573
"""The name of our advisory lock (PostgreSQL): a number of our own, "files" in ASCII."""
DIGITS = 64
"""Of a SHA-256: no other name in `locks` has as many."""
ABOUT = timedelta(hours=1)
"""How long a row says that a file is gone: longer than anybody who kept it before may take to take hold of it (bot/web/http/post.py)."""
GOING = timedelta(minutes=2)
"""How long a deletion may be under way; one that has not ended by then never will."""
PATIENCE, BEAT = 5.0, 0.1
"""Seconds that whoever keeps a file waits for a deletion of the same, and between two looks."""
QUICKLY = 3.0
"""Seconds in which a store that can be reached has answered."""


class Files:
    """The files of an installation: a store, and the database whose rows hold them."""

    def __init__(self, database: Database, store: Store) -> None:
        self.database, self.store = database, store
        self.mark = ""
        """What the store's mark must be, once that is known."""
        self._gone_here, self._looked = set[str](), False
        """What has such a row, as far as this process knows; of an embedded database, which has one, that is all, and nobody looks for one each time."""

    def belongs_by(self, mark: str) -> None:
        """From now on the store is ours as long as it has this mark."""
        self.mark = mark

    def coming(self) -> Arriving:
        """A new file, to be ended by whoever asked for it."""
        return Arriving(self.store.scratch / f"{secrets.token_hex(16)}.part")

    @asynccontextmanager
    async def arriving(self) -> AsyncIterator[Arriving]:
        """A new file, to be written as it comes. On leaving it is gone, whatever happened, unless it was kept; a crash leaves it to the sweep."""
        one = self.coming()
        try:
            yield one
        finally:
            await off(one.end)

    async def keep(self, arriving: Arriving) -> str:
        """Keep what has come, durably; its SHA-256. Away when the store is, or still deletes the same content."""
        sha256 = arriving.sha256
        gone = await self._gone(sha256) if await self._may_be_gone(sha256) else ""
        await self.store.keep(arriving)
        if gone:
            async with self.database.write() as connection:
                await connection.execute(delete(locks).where(locks.c.name == sha256, locks.c.holder == gone))
        return sha256

    async def _may_be_gone(self, sha256: str) -> bool:
        """Whether there may be a row that says so."""
        if not self.database.embedded:
            return True
        if not self._looked:
            async with self.database.read() as connection:
                found = await connection.execute(select(locks.c.name).where(func.length(locks.c.name) == DIGITS))
            self._gone_here |= set(found.scalars())
            self._looked = True
        return sha256 in self._gone_here

    async def _gone(self, sha256: str) -> str:
        """Who deleted this content lately, if anybody did; after waiting for whoever is about to."""
        last = time.monotonic() + PATIENCE
        while True:
            async with self.database.read() as connection:
                one = (await connection.execute(select(locks).where(locks.c.name == sha256))).first()
                now = await instant(connection) if one else None
            if one is None or now is None or one.holder.startswith("gone") or one.until < now:
                return str(one.holder) if one else ""
            if time.monotonic() > last:
                raise Away("it is being deleted")
            await asyncio.sleep(BEAT)

    async def put(self, content: bytes) -> str:
        """Keep content that is there as a whole; its SHA-256."""
        async with self.arriving() as one:
            await one.write(content)
            return await self.keep(one)

    def at_hand(self, wanted: Collection[str]) -> AbstractAsyncContextManager[dict[str, Path]]:
        """Those of `wanted` that are there as files of this machine, as long as the context lasts. What is gone is left out."""
        return self.store.at_hand(wanted)

    async def lacking(self, wanted: Collection[str]) -> set[str]:
        """Those of `wanted` that the store does not have."""
        return await self.store.lacking(wanted)

    async def get(self, sha256: str) -> bytes:
        """The content. FileNotFoundError when it is gone."""
        async with self.at_hand([sha256]) as there:
            if sha256 not in there:
                raise FileNotFoundError("no such file")
            return await asyncio.to_thread(there[sha256].read_bytes)

    async def there(self, connection: AsyncConnection, wanted: set[str]) -> set[str]:
        """Those of `wanted`, which were kept lately, that nobody has deleted since, and nobody will before the transaction has ended.
        It asks nobody but the database.
        """
        await _alone(connection)
        gone = await connection.execute(select(locks.c.name).where(locks.c.name.in_(wanted)))
        return wanted - set(gone.scalars())

    async def drop(self, gone: set[str]) -> int:
        """Delete those of `gone` that no row holds, for good. How many are deleted. What the store does not do now, the sweep does."""
        if not gone:
            return 0
        mine = secrets.token_hex(8)
        async with self.database.write() as connection:
            going = await _going(connection, gone, mine)
        if not going:
            return 0
        if self.database.embedded:
            self._gone_here |= going
        try:
            await self.store.delete(going)
        except OSError as error:  # the world's
            log.warning(
                "%d files are not deleted yet: %s", len(going), error if isinstance(error, Away) else error.errno
            )
            return 0
        async with self.database.write() as connection:
            after = {"holder": f"gone {mine}", "until": await instant(connection) + ABOUT}
            await connection.execute(
                update(locks).where(locks.c.name.in_(going), locks.c.holder == f"going {mine}").values(after)
            )
        return len(going)

    async def older(self, than: float) -> list[str]:
        """The SHA-256 of what was kept before `than` (seconds since the epoch). What a crash left half written before then goes at once, and so does
        what says of files that they are gone, after its time.
        """
        await asyncio.to_thread(clear, self.store.scratch, than)
        async with self.database.write() as connection:
            now = await instant(connection)
            # Law: one that went says so as long as one that is gone, for whoever kept the same before.
            over = and_(locks.c.holder.startswith("gone"), locks.c.until < now) | (locks.c.until < now - ABOUT)
            await connection.execute(delete(locks).where(func.length(locks.c.name) == DIGITS, over))
        return await self.store.older(than)

    async def reachable(self) -> str:
        """What is wrong with the store, for whoever runs the program; nothing ("") when it answers and is ours. Away when it does not answer."""
        if not os.access(self.store.scratch, os.W_OK | os.X_OK):
            return "the folder for files on their way cannot be written"
        try:
            async with asyncio.timeout(QUICKLY):
                found = await self.store.note(MARK)
        except TimeoutError:
            raise Away("it does not answer") from None
        except Away:
            raise
        except OSError as error:
            return f"the files' store cannot be read: {error.strerror}"
        if not self.mark or (found or b"").decode(errors="replace").strip() == self.mark:
            return ""
        return "the files' store has another mark than the database" if found else "the files' store has no mark"


def clear(scratch: Path, than: float) -> None:
    """Delete from a scratch folder what was last written before then: nobody is at work on it any more."""
    for path in scratch.glob("*"):
        with suppress(FileNotFoundError):
            if path.lstat().st_mtime < than:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


async def _going(connection: AsyncConnection, gone: set[str], mine: str) -> set[str]:
    """Those of `gone` that no row holds, each with a row that says that it goes."""
    await _alone(connection)
    now = await instant(connection)
    going = gone - set((await connection.execute(select(files.c.sha256).where(files.c.sha256.in_(gone)))).scalars())
    if not going:
        return going
    others = select(locks.c.name).where(
        locks.c.name.in_(going), locks.c.holder.startswith("going"), locks.c.until >= now
    )
    going -= set((await connection.execute(others)).scalars())
    await connection.execute(delete(locks).where(locks.c.name.in_(going)))
    rows = [{"name": sha256, "holder": f"going {mine}", "until": now + GOING} for sha256 in sorted(going)]
    if rows:
        await connection.execute(locks.insert(), rows)
    return going


async def held(connection: AsyncConnection, wanted: set[str]) -> set[str]:
    """Those of `wanted` that a row holds."""
    return wanted & await all_held(connection) if wanted else set()


async def all_held(connection: AsyncConnection) -> set[str]:
    """The SHA-256 of every file that a row holds."""
    return set((await connection.execute(select(files.c.sha256).distinct())).scalars())


async def _alone(connection: AsyncConnection) -> None:
    """From here to the end of the transaction nobody else deletes a file or takes hold of one. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
