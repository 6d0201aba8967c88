"""Files: contents that lie in a store, each once, and the rows that hold them.

Law: nobody takes hold of a file that somebody else is deleting. A store cannot be asked inside a transaction, so a process that
deletes first leaves a row (in `locks`, by the file's SHA-256): "going", then "gone" when it is done. A process that kept the
same content before that finds the row and does not take hold; one that keeps it again afterwards removes the row.
A store that was asked and did not answer may still delete later: its files stay "going" until that time is over.
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
"""The key of our advisory lock (PostgreSQL): a number that we chose, "files" in ASCII."""
DIGITS = 64
"""The length of a SHA-256 in hex: no other name in `locks` is that long."""
ABOUT = timedelta(hours=1)
"""How long a row says that a file is gone: longer than a process that kept it before may need to take hold of it (bot/web/http/post.py)."""
GOING = timedelta(minutes=2)
"""How long a deletion may take; if it has not ended by then, it never will."""
PATIENCE, BEAT = 5.0, 0.1
"""Seconds that keeping a file waits for a deletion of the same content, and seconds between two checks."""
QUICKLY = 3.0
"""Seconds within which a reachable store answers."""


class Files:
    """The files of an installation: a store, and the database whose rows hold them."""

    def __init__(self, database: Database, store: Store) -> None:
        self.database, self.store = database, store
        self.mark = ""
        """The mark that the store must have; "" until that is known."""
        self._gone_here, self._looked = set[str](), False
        """The files with such a row, as far as this process knows. An embedded database has one process, so this is complete, and we need not ask each time."""

    def belongs_by(self, mark: str) -> None:
        """From now on, the store is ours only while it has this mark."""
        self.mark = mark

    def coming(self) -> Arriving:
        """A new file on its way in. The caller must call its `end`."""
        return Arriving(self.store.scratch / f"{secrets.token_hex(16)}.part")

    @asynccontextmanager
    async def arriving(self) -> AsyncIterator[Arriving]:
        """A new file, to be written as it arrives. On leaving it is deleted, whatever happened, unless it was kept; after a crash the sweep deletes it."""
        one = self.coming()
        try:
            yield one
        finally:
            await off(one.end)

    async def keep(self, arriving: Arriving) -> str:
        """Keep what has arrived, durably, and return its SHA-256. Away when the store cannot be reached, or is still deleting the same content."""
        sha256 = arriving.sha256
        gone = await self._gone(sha256) if await self._may_be_gone(sha256) else ""
        await self.store.keep(arriving)
        if gone:
            async with self.database.write() as connection:
                await connection.execute(delete(locks).where(locks.c.name == sha256, locks.c.holder == gone))
        return sha256

    async def _may_be_gone(self, sha256: str) -> bool:
        """Whether there may be a row that says that this content is going or gone."""
        if not self.database.embedded:
            return True
        if not self._looked:
            async with self.database.read() as connection:
                found = await connection.execute(select(locks.c.name).where(func.length(locks.c.name) == DIGITS))
            self._gone_here |= set(found.scalars())
            self._looked = True
        return sha256 in self._gone_here

    async def _gone(self, sha256: str) -> str:
        """The holder of the row left by a recent deletion of this content, "" for none. Waits for a deletion under way; Away after PATIENCE."""
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
        """Keep content that we have in full, and return its SHA-256."""
        async with self.arriving() as one:
            await one.write(content)
            return await self.keep(one)

    def at_hand(self, wanted: Collection[str]) -> AbstractAsyncContextManager[dict[str, Path]]:
        """Those of `wanted` that exist, as files on this machine for as long as the context lasts. Missing ones are left out."""
        return self.store.at_hand(wanted)

    async def lacking(self, wanted: Collection[str]) -> set[str]:
        """Those of `wanted` that the store does not have."""
        return await self.store.lacking(wanted)

    async def get(self, sha256: str) -> bytes:
        """The content of a file. FileNotFoundError when it is gone."""
        async with self.at_hand([sha256]) as there:
            if sha256 not in there:
                raise FileNotFoundError("no such file")
            return await asyncio.to_thread(there[sha256].read_bytes)

    async def there(self, connection: AsyncConnection, wanted: set[str]) -> set[str]:
        """Those of `wanted`, which were kept lately, that nobody has deleted since, and that nobody will delete before the transaction ends.
        This asks only the database.
        """
        await _alone(connection)
        gone = await connection.execute(select(locks.c.name).where(locks.c.name.in_(wanted)))
        return wanted - set(gone.scalars())

    async def drop(self, gone: set[str]) -> int:
        """Delete for good those of `gone` that no row holds, and return how many were deleted. The sweep does what the store fails to do now."""
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
        except OSError as error:  # the world's fault
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
        """The SHA-256 of files kept before `than` (seconds since the epoch). Files that a crash left half written before then are deleted at once, and
        so are rows that say that files are gone, when their time is over.
        """
        await asyncio.to_thread(clear, self.store.scratch, than)
        async with self.database.write() as connection:
            now = await instant(connection)
            # Law: a "going" row stays as long past its time as a "gone" one, for a process that kept the same content before.
            over = and_(locks.c.holder.startswith("gone"), locks.c.until < now) | (locks.c.until < now - ABOUT)
            await connection.execute(delete(locks).where(func.length(locks.c.name) == DIGITS, over))
        return await self.store.older(than)

    async def reachable(self) -> str:
        """What is wrong with the store, for the people who run the program; "" when it answers and is ours. Away when it does not answer."""
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
    """Delete what was last written before then from a scratch folder: nobody is working on it any more."""
    for path in scratch.glob("*"):
        with suppress(FileNotFoundError):
            if path.lstat().st_mtime < than:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


async def _going(connection: AsyncConnection, gone: set[str], mine: str) -> set[str]:
    """Those of `gone` that no row holds; marks each of them as "going" in `locks`."""
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
    """From here to the end of the transaction, nobody else deletes a file or takes hold of one. SQLite has only one writer anyway."""
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
