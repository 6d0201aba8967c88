"""A picture that is read once, from beginning to end, a window at a time."""

import re
from dataclasses import dataclass
from typing import BinaryIO

WINDOW = 1 << 18
"""Bytes that are in memory and searched in one go. Between two windows other threads get their turn."""
MOST_PARTS = 20_000
"""The most segments, chunks or boxes of one picture: a PNG of 20 MB in chunks of 1 kB has so many, and nothing that a camera makes."""


class Unreadable(Exception):
    """A picture that cannot be walked: cut off, damaged, or made to keep its reader busy."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a picture's head says: width and height in pixels, bits a channel, and channels. A palette is one channel of indexes."""

    width: int
    height: int
    bits: int
    channels: int


class Source:
    """Reads a file once. `windows` counts how often more of it was read, which measures the work."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        self._file, self._window, self._at, self._parts = file, b"", 0, 0
        self.windows = 0

    def part(self) -> None:
        """Note that one more part begins. Unreadable when there are too many."""
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise Unreadable

    def take(self, size: int) -> bytes:
        """The next `size` bytes, at most a window. Unreadable when there are fewer."""
        while len(self._window) - self._at < size:
            self._surely_more()
        self._at += size
        return self._window[self._at - size : self._at]

    def copy(self, size: int, target: BinaryIO | None) -> None:
        """Write the next `size` bytes to `target`, or skip them without one. Unreadable when there are fewer."""
        while size:
            if self._at == len(self._window):
                self._surely_more()
            size -= self._put(min(len(self._window), self._at + size), target)

    def upto(self, sought: re.Pattern[bytes], target: BinaryIO | None) -> int:
        """Write all before the first match of `sought`, two bytes long, to `target`, or skip it. Returns the number of bytes. Unreadable without a match."""
        passed = 0
        while not (found := sought.search(self._window, self._at)):
            # The last byte may be the first of the two.
            passed += self._put(max(self._at, len(self._window) - 1), target)
            self._surely_more()
        return passed + self._put(found.start(), target)

    def rest(self) -> bool:
        """Whether anything is left."""
        return self._at < len(self._window) or self._more()

    def _put(self, end: int, target: BinaryIO | None) -> int:
        passed = end - self._at
        if target and passed:
            target.write(self._window[self._at : end])
        self._at = end
        return passed

    def _more(self) -> bool:
        fresh = self._file.read(WINDOW)
        self.windows += 1
        self._window, self._at = self._window[self._at :] + fresh, 0
        return bool(fresh)

    def _surely_more(self) -> None:
        if not self._more():
            raise Unreadable
