"""A file on its way in: written as it comes, and nothing of it left unless it is kept."""

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
    """A file on its way in. It lies at `path`, below a name of its own, until it is kept."""

    def __init__(self, path: Path) -> None:
        self.path, self.size = path, 0
        self._hash = hashlib.sha256()
        self._file = path.open("xb")

    @property
    def sha256(self) -> str:
        """The SHA-256 of what has come so far, in hex digits."""
        return self._hash.hexdigest()

    async def write(self, chunk: bytes) -> None:
        """More of it has come. OSError when it cannot be written, as on a full disk."""
        await off(self.add, chunk)

    async def read(self, work: Callable[[BinaryIO], Made]) -> Made:
        """What `work` makes of what has come so far."""
        return await off(self._read, work)

    async def anew(self, work: Callable[[BinaryIO, BinaryIO], Made]) -> Made:
        """Have `work` write it anew, from what has come to what takes its place; what `work` returns. When it raises, all stays as it was."""
        return await off(self._anew, work)

    def add(self, chunk: bytes) -> None:
        """As `write`, for whoever is in a thread already."""
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
        """Give it its own name, durably."""
        self._file.flush()
        os.fsync(self._file.fileno())
        path.parent.mkdir(exist_ok=True)
        self.path.replace(path)

    def link_at(self, path: Path) -> None:
        """Give it another name as well, durably. FileExistsError when something else has that one."""
        self._file.flush()
        os.fsync(self._file.fileno())
        path.parent.mkdir(exist_ok=True)
        os.link(self.path, path)

    def end(self) -> None:
        """Whatever became of it: nothing is left below its first name."""
        try:
            self._file.close()
        finally:
            self.path.unlink(missing_ok=True)


async def off(work: Callable[..., Made], *given: object) -> Made:
    """Do it in another thread. A cancellation comes after it: nobody closes a file under whoever still writes it."""
    under_way = asyncio.get_running_loop().run_in_executor(None, partial(work, *given))
    try:
        return await asyncio.shield(under_way)
    except asyncio.CancelledError:
        with suppress(Exception):
            await under_way
        raise
