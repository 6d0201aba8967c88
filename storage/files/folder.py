"""Files in a folder on this machine, such as a volume on a server: each is named by its SHA-256."""

import asyncio
import os
import secrets
import stat
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from storage.files.arriving import Arriving, off
from storage.files.store import checked, named

COMING = "coming"
"""The folder, beside those of the files, in which a file lies until it is kept."""


class Folder:
    """A store in a directory; see Store. Several processes may share it."""

    def __init__(self, directory: Path) -> None:
        # Law: absolute, because a child process that reads a file has another working directory.
        self.directory = directory.absolute()
        self.where = str(directory)
        self.scratch = self.directory / COMING
        self.scratch.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where the file of this SHA-256 lies."""
        return self.directory / checked(sha256)[:2] / sha256[2:]

    async def keep(self, arriving: Arriving) -> None:
        """Give what has arrived its final name."""
        await off(self._keep, arriving)

    def _keep(self, arriving: Arriving) -> None:
        path = self.path(arriving.sha256)
        try:
            os.utime(path)  # it is already there, and counts as young again for the sweep
        except FileNotFoundError:
            arriving.keep_at(path)

    @asynccontextmanager
    async def at_hand(self, wanted: Collection[str]) -> AsyncIterator[dict[str, Path]]:
        """The paths of these files; nothing is copied or read."""
        paths = {sha256: self.path(sha256) for sha256 in sorted(wanted)}
        yield {sha256: path for sha256, path in paths.items() if path.exists()}

    async def lacking(self, wanted: Collection[str]) -> set[str]:
        """Those of `wanted` that are not here."""
        return {sha256 for sha256 in wanted if not self.path(sha256).exists()}

    async def delete(self, gone: Collection[str]) -> None:
        """Delete these for good. If one cannot be deleted, the others still are, and its error is raised at the end."""
        trouble: OSError | None = None
        for path in [self.path(sha256) for sha256 in gone]:
            try:
                await asyncio.to_thread(path.unlink, missing_ok=True)
            except OSError as error:
                trouble = error
        if trouble:
            raise trouble

    async def older(self, than: float) -> list[str]:
        """The SHA-256 of files kept, or made young, before then."""
        return await asyncio.to_thread(self._older, than)

    def _older(self, than: float) -> list[str]:
        found = []
        for path in self.directory.glob("??/*"):
            name, half, _anything = (path.parent.name + path.name).partition(".")
            with suppress(FileNotFoundError):  # a file that was just deleted
                known = path.lstat()
                if not named(name) or not stat.S_ISREG(known.st_mode) or known.st_mtime >= than:
                    continue
                if half:  # what an earlier version left half written
                    path.unlink()
                else:
                    found.append(name)
        return found

    async def empty(self) -> bool:
        """Whether the store holds no files."""
        return await asyncio.to_thread(lambda: next(self.directory.glob("??/*"), None) is None)

    async def note(self, name: str) -> bytes | None:
        """The note with this name; None when there is none."""
        try:
            return await asyncio.to_thread((self.directory / name).read_bytes)
        except FileNotFoundError:
            return None

    async def notes(self, folder: str) -> list[str]:
        """The names of all notes in a folder."""
        return [f"{folder}/{path.name}" for path in sorted((self.directory / folder).glob("*"))]

    async def write(self, name: str, content: bytes, *, over: bool = False) -> bool:
        """Write a note, whole or not at all. False when there is one already, unless it is to be written `over`."""
        return await off(self._write, self.directory / name, content, over)

    def _write(self, path: Path, content: bytes, over: bool) -> bool:
        one = Arriving(self.scratch / f"{secrets.token_hex(16)}.part")
        try:
            one.add(content)
            if over:
                one.keep_at(path)
            else:
                one.link_at(path)
        except FileExistsError:
            return False
        finally:
            one.end()
        return True
