"""Items of a HEIC (ISO/IEC 14496-12, "Item location box"): which of them are pictures, and where the others are."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from bot.pictures.source import Unreadable

PICTURES = frozenset(
    b"hvc1 hev1 lhv1 hvt1 vvc1 av01 avc1 jpeg j2k1 unci mski grid iovl iden tmap".split(),
)
"""Types of items that are a picture, or say how one is put together. All others, above all EXIF and XMP, are no part of what is seen."""


class Fields:
    """Reads big-endian numbers one after another. Unreadable beyond the end."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def number(self, size: int) -> int:
        """The next number, of `size` bytes; 0 when that is 0."""
        return int.from_bytes(self.take(size))

    def take(self, size: int) -> bytes:
        """The next `size` bytes as they are."""
        self.skip(size)
        return self._content[self._at - size : self._at]

    def skip(self, size: int) -> None:
        """Skip `size` bytes."""
        self._at += size
        if self._at > len(self._content):
            raise Unreadable


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a part of an item is, in bytes: `within` the data box beside the list, or else in the file."""

    within: bool
    start: int
    size: int


def places(content: bytes, wanted: Collection[int], count: Callable[[], None]) -> Iterator[Extent]:
    """Where the items with these numbers are, from the content of an `iloc`. Calls `count` for each item and part. Unreadable when they are anywhere else."""
    fields = Fields(content)
    version = fields.number(1)
    fields.skip(3)
    sizes = fields.number(2)
    offset, length, base, index = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15 if version else 0
    if version > 2 or {offset, length, base, index} - {0, 4, 8}:
        raise Unreadable
    wide = 2 if version < 2 else 4
    for _item in range(fields.number(wide)):
        count()
        number = fields.number(wide)
        method = fields.number(2) & 15 if version else 0
        elsewhere = fields.number(2)
        start, parts = fields.number(base), fields.number(2)
        if number not in wanted:
            fields.skip(parts * (index + offset + length))
            continue
        if elsewhere or method > 1:
            raise Unreadable
        for _part in range(parts):
            count()
            fields.skip(index)
            yield Extent(method == 1, start + fields.number(offset), fields.number(length))
