"""What a store of files can do, wherever it lies: in a folder of this machine, or with somebody who keeps objects."""

from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from storage.files.arriving import Arriving

MARK = "mark"
"""The name below which a store says which one it is."""


class Away(OSError):
    """The store cannot be reached, or refuses us. The text is the kind of error: no address, no key, nobody's name."""


class Store(Protocol):
    """Files by the SHA-256 of their content, and a few notes by name. Away when it cannot be asked, from each of these."""

    @property
    def where(self) -> str:
        """How whoever runs the program knows it: a folder, or an address without keys."""

    @property
    def scratch(self) -> Path:
        """A folder of this machine, in which a file lies until it is kept, or while it is read."""

    async def keep(self, arriving: Arriving) -> None:
        """Keep what has come, durably. One that lies there already stays, and counts from now on as young."""

    def at_hand(self, wanted: Collection[str]) -> AbstractAsyncContextManager[dict[str, Path]]:
        """Those of `wanted` that lie here as files of this machine, as long as the context lasts. What is gone, or is not what it was, is left out."""

    async def lacking(self, wanted: Collection[str]) -> set[str]:
        """Those of `wanted` that do not lie here."""

    async def delete(self, gone: Collection[str]) -> None:
        """Delete these for good. What is not there is no error."""

    async def older(self, than: float) -> list[str]:
        """The SHA-256 of what was kept, or made young, before `than` (seconds since the epoch). What others put here is passed over."""

    async def empty(self) -> bool:
        """Whether no file lies here."""

    async def note(self, name: str) -> bytes | None:
        """What was noted below this name, of at most a few lines; None when nothing was."""

    async def notes(self, folder: str) -> list[str]:
        """The names of everything that was noted in a folder, in their order."""

    async def write(self, name: str, content: bytes, *, over: bool = False) -> bool:
        """Note something, durably. False when there is a note of this name already, unless it is to be written over."""


def checked(sha256: str) -> str:
    """The SHA-256 itself. ValueError when it is not one (64 hex digits): names of files are made of it."""
    if not named(sha256):
        raise ValueError("not a SHA-256")
    return sha256


def named(name: str) -> bool:
    """Whether a name is a SHA-256, as of a file that we kept."""
    return len(name) == 64 and set(name) <= set("0123456789abcdef")
