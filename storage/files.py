"""Files by content: each lies once, in a directory, below the name of its SHA-256."""

import asyncio
import hashlib
import os
import secrets
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import files


class Files:
    """A directory of files, a volume on a server."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        directory.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where the file of this SHA-256 (64 hex digits) lies."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError("not a SHA-256")
        return self.directory / sha256[:2] / sha256[2:]

    async def put(self, content: bytes) -> str:
        """Store content, durably; its SHA-256."""
        return await asyncio.to_thread(self._put, content)

    def _put(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        if path.exists():
            os.utime(path)
            return sha256
        path.parent.mkdir(exist_ok=True)
        # A crash leaves a stray temporary file, never half a file under a whole one's name.
        temporary = path.with_suffix(f".{secrets.token_hex(8)}")
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        return sha256

    async def get(self, sha256: str) -> bytes:
        """The content. FileNotFoundError when it is gone."""
        return await asyncio.to_thread(self.path(sha256).read_bytes)

    async def drop(self, gone: set[str]) -> None:
        """Delete these for good."""
        for sha256 in gone:
            await asyncio.to_thread(self.path(sha256).unlink, missing_ok=True)

    async def sweep(self, connection: AsyncConnection, older_than: float) -> int:
        """Delete what no row holds and what was last written before `older_than` (seconds since the epoch). How many."""
        stray = [path for path in self.directory.glob("*/*") if path.stat().st_mtime < older_than]
        names = {path: (path.parent.name + path.name.partition(".")[0]) for path in stray}
        held = set((await connection.execute(select(files.c.sha256).distinct())).scalars())
        gone = [path for path in stray if path.suffix or names[path] not in held]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)
