"""Files by content: each lies once, in a directory, below the name of its SHA-256."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.arriving import Arriving, off
from storage.tables import files

LOCK = 0x66696C6573
"""The name of our advisory lock (PostgreSQL): a number of our own, "files" in ASCII."""
COMING = "coming"
"""The folder, beside those of the files, in which one lies until it is kept."""


class Files:
    """A directory of files, a volume on a server."""

    def __init__(self, directory: Path) -> None:
        # Law: absolute, for a child process that reads a file has another working directory.
        self.directory = directory.absolute()
        (self.directory / COMING).mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where the file of this SHA-256 (64 hex digits) lies."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError("not a SHA-256")
        return self.directory / sha256[:2] / sha256[2:]

    def coming(self) -> Arriving:
        """A new file, to be ended by whoever asked for it."""
        return Arriving(self.directory / COMING / f"{secrets.token_hex(16)}.part")

    @asynccontextmanager
    async def arriving(self) -> AsyncIterator[Arriving]:
        """A new file, to be written as it comes. On leaving it is gone, whatever happened, unless it was kept; a crash leaves it to the sweep."""
        one = self.coming()
        try:
            yield one
        finally:
            await off(one.end)

    async def keep(self, arriving: Arriving) -> str:
        """Keep what has come, durably; its SHA-256."""
        return await off(self._keep, arriving)

    def _keep(self, arriving: Arriving) -> str:
        path = self.path(arriving.sha256)
        try:
            os.utime(path)  # it lies there already, and is young again for the sweep
        except FileNotFoundError:
            arriving.keep_at(path)
        return arriving.sha256

    async def put(self, content: bytes) -> str:
        """Store content, durably; its SHA-256."""
        return await off(self._put, content)

    def _put(self, content: bytes) -> str:
        one = self.coming()
        try:
            one.add(content)
            return self._keep(one)
        finally:
            one.end()

    async def get(self, sha256: str) -> bytes:
        """The content. FileNotFoundError when it is gone."""
        return await asyncio.to_thread(self.path(sha256).read_bytes)

    async def there(self, connection: AsyncConnection, wanted: set[str]) -> set[str]:
        """Those of `wanted` that lie here, and go on lying here until the transaction has ended: somebody else may be deleting the same."""
        await _alone(connection)
        return {sha256 for sha256 in wanted if self.path(sha256).exists()}

    async def drop(self, connection: AsyncConnection, gone: set[str]) -> None:
        """Delete those of `gone` that no row holds, for good. In a transaction of its own, after the rows are gone: nobody takes hold of one meanwhile."""
        await _alone(connection)
        held = set((await connection.execute(select(files.c.sha256).where(files.c.sha256.in_(gone)))).scalars())
        for sha256 in gone - held:
            await asyncio.to_thread(self.path(sha256).unlink, missing_ok=True)

    async def reachable(self) -> str:
        """What is wrong with the place for files, for whoever runs the program; "" when they can be kept there."""
        return "" if os.access(self.directory / COMING, os.W_OK | os.X_OK) else "FILES_DIR cannot be written"

    async def older(self, than: float) -> list[Path]:
        """What was last written before `than` (seconds since the epoch): a look into the directory, in no transaction."""
        return await asyncio.to_thread(self._older, than)

    async def sweep(self, connection: AsyncConnection, old: list[Path]) -> int:
        """Delete those of these paths that no row holds, and what a crash left half written. How many."""
        await _alone(connection)
        names = {path: (path.parent.name + path.name.partition(".")[0]) for path in old}
        wanted = set(names.values())
        held = set((await connection.execute(select(files.c.sha256).where(files.c.sha256.in_(wanted)))).scalars())
        gone = [path for path in old if path.suffix or names[path] not in held]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)

    def _older(self, than: float) -> list[Path]:
        found = []
        for path in self.directory.glob("*/*"):
            with suppress(FileNotFoundError):  # a file that has just got its own name, or was deleted
                if path.stat().st_mtime < than:
                    found.append(path)
        return found


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
