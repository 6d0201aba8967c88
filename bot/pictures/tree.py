"""The nested boxes of a file, looked up in place, with their sizes checked and their number bounded."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from bot.pictures.source import MOST_PARTS, Unreadable

LIST_HEAD = 4
"""Bytes of version and flags before the content of a full box."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its type, where it begins, where its content begins, and where both end."""

    kind: bytes
    start: int
    body: int
    end: int


class Tree:
    """The boxes of a seekable file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, io.SEEK_END)
        self._parts = 0

    def count(self) -> None:
        """Count one more part of any kind that is looked at. Unreadable when there are too many."""
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise Unreadable

    def read(self, at: int, size: int) -> bytes:
        """`size` bytes from `at`. Unreadable when there are fewer."""
        self._file.seek(at)
        found = self._file.read(size)
        if len(found) < size:
            raise Unreadable
        return found

    def file(self) -> list[Box]:
        """The top-level boxes, which fill the file, from `ftyp` on."""
        found = list(self.inside(0, self._size))
        if not found or found[0].kind != b"ftyp":
            raise Unreadable
        return found

    def inside(self, start: int, end: int) -> Iterator[Box]:
        """The boxes that fill these bytes, one after another. Unreadable when they do not."""
        while start < end:
            self.count()
            if end - start < 8:
                raise Unreadable
            size, kind, body = int.from_bytes(self.read(start, 4)), self.read(start + 4, 4), start + 8
            if size == 1 and end - body >= 8:
                size, body = int.from_bytes(self.read(body, 8)), body + 8
            elif size == 0 and end == self._size:
                size = end - start  # the last box may reach to the end of the file
            if not body - start <= size <= end - start:
                raise Unreadable
            yield Box(kind, start, body, start + size)
            start += size

    def listed(self, full: Box) -> list[Box]:
        """The boxes inside a full box, which begins with version and flags."""
        return list(self.inside(full.body + LIST_HEAD, full.end))

    def properties(self, parts: list[Box]) -> Iterator[Box]:
        """The properties of pictures, among the parts of a `meta`."""
        for iprp in (part for part in parts if part.kind == b"iprp"):
            for ipco in self.inside(iprp.body, iprp.end):
                if ipco.kind == b"ipco":
                    yield from self.inside(ipco.body, ipco.end)


def only(parts: list[Box], kind: bytes) -> Box | None:
    """The only part of this type; None without one. Unreadable when there are several, since readers might differ on which to believe."""
    found = [part for part in parts if part.kind == kind]
    if len(found) > 1:
        raise Unreadable
    return found[0] if found else None
