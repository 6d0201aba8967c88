"""A file on its way in: written as it arrives, and deleted without a trace unless it is kept."""

import asyncio
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeVar

Made = TypeVar("Made")


class Arriving:
    """A file on its way in. It lies at `path`, under a temporary name, until it is kept."""

    def __init__(self, path: Path) -> None:
        self.path, self.size = path, 0
        self._hash = hashlib.sha256()
        self._file = path.open("xb")

    @property
    def sha256(self) -> str:
        """The SHA-256 of what has arrived so far, in hex digits."""
        return self._hash.hexdigest()

    async def write(self, chunk: bytes) -> None:
        """Append a chunk that has arrived. OSError when it cannot be written, for instance on a full disk."""
        await off(self.add, chunk)

    async def read(self, work: Callable[[BinaryIO], Made]) -> Made:
        """Call `work` with what has arrived so far, and return its result."""
        return await off(self._read, work)

    async def anew(self, work: Callable[[BinaryIO, BinaryIO], Made]) -> Made:
        """Let `work` rewrite the file, from what has arrived to its replacement; returns what `work` returns. If that raises, nothing changes."""
        return await off(self._anew, work)

    def add(self, chunk: bytes) -> None:
        """Like `write`, for callers that are already in a thread."""
        self._file.write(chunk)
        self._hash.update(chunk)
        self.size += len(chunk)

    def _read(self, work: Callable[[BinaryIO], Made]) -> Made:
        self._file.flush()
        with self.path.open("rb") as source:
            return work(source)

    def _anew(self, work: Callable[[BinaryIO, BinaryIO], Made]) -> Made:
        self._file.flush()
        other = self.path.with_suffix(".anew")
        try:
            with self.path.open("rb") as source, other.open("x+b") as target:
                made = work(source, target)
                size = target.seek(0, os.SEEK_END)
                target.seek(0)
                known = hashlib.file_digest(target, "sha256")
            self._file.close()
            self._file = other.replace(self.path).open("ab")
            self.size, self._hash = size, known
        finally:
            other.unlink(missing_ok=True)
        return made

    def keep_at(self, path: Path) -> None:
        """Move the file to its final name, durably."""
        self._file.flush()
        os.fsync(self._file.fileno())
        path.parent.mkdir(exist_ok=True)
        self.path.replace(path)

    def link_at(self, path: Path) -> None:
        """Give the file a second name, durably. FileExistsError when that name is taken."""
        self._file.flush()
        os.fsync(self._file.fileno())
        path.parent.mkdir(exist_ok=True)
        os.link(self.path, path)

    def end(self) -> None:
        """Close the file and remove its temporary name, whatever became of it."""
        try:
            self._file.close()
        finally:
            self.path.unlink(missing_ok=True)


async def off(work: Callable[..., Made], *given: object) -> Made:
    """Do `work` in another thread. A cancellation is raised only after it, so that nobody closes a file that is still being written."""
    under_way = asyncio.get_running_loop().run_in_executor(None, partial(work, *given))
    try:
        return await asyncio.shield(under_way)
    except asyncio.CancelledError:
        with suppress(Exception):
            await under_way
        raise
