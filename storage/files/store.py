"""What a store of files can do, whether it is a folder on this machine or an object store."""

from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from storage.files.arriving import Arriving

MARK = "mark"
"""The name of the note by which a store says which one it is."""


class Away(OSError):
    """The store cannot be reached, or refuses us. The text names the kind of error, and contains no address, no key and nobody's name."""


class Store(Protocol):
    """Files by the SHA-256 of their content, and a few notes by name. Every method raises Away when the store cannot be reached."""

    @property
    def where(self) -> str:
        """The store as known to the people who run the program: a folder, or an address without keys."""

    @property
    def scratch(self) -> Path:
        """A folder on this machine, in which a file lies until it is kept, or while it is read."""

    async def keep(self, arriving: Arriving) -> None:
        """Keep what has arrived, durably. If the same file is already there, it stays, and counts as young from now on."""

    def at_hand(self, wanted: Collection[str]) -> AbstractAsyncContextManager[dict[str, Path]]:
        """Those of `wanted` that are here, as files on this machine while the context lasts. What is gone, or no longer what it was, is left out."""

    async def lacking(self, wanted: Collection[str]) -> set[str]:
        """Those of `wanted` that are not here."""

    async def delete(self, gone: Collection[str]) -> None:
        """Delete these for good. A missing file is no error."""

    async def older(self, than: float) -> list[str]:
        """The SHA-256 of files kept, or made young, before `than` (seconds since the epoch). What others put here is ignored."""

    async def empty(self) -> bool:
        """Whether the store holds no files."""

    async def note(self, name: str) -> bytes | None:
        """The note with this name, at most a few lines; None when there is none."""

    async def notes(self, folder: str) -> list[str]:
        """The names of all notes in a folder, sorted."""

    async def write(self, name: str, content: bytes, *, over: bool = False) -> bool:
        """Write a note, durably. False when a note with this name exists, unless it is to be written `over`."""


def checked(sha256: str) -> str:
    """The given SHA-256. ValueError when it is not one (64 hex digits), since file names are made from it."""
    if not named(sha256):
        raise ValueError("not a SHA-256")
    return sha256


def named(name: str) -> bool:
    """Whether a name is a SHA-256, like those of files that we keep."""
    return len(name) == 64 and set(name) <= set("0123456789abcdef")
