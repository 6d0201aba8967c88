"""Boxes (ISO/IEC 14496-12; HEIC: 23008-12): what they hide is overwritten with zeros in place, so that nothing that points into the file has to move."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from bot.pictures.items import PICTURES, Extent, Fields, places
from bot.pictures.source import WINDOW, Frame, Unreadable
from bot.pictures.tree import LIST_HEAD, Box, Tree, only

KEPT = frozenset((b"ftyp", b"styp", b"mdat", b"moof", b"mfra", b"sidx", b"pdin"))
"""Top-level boxes that stay beside `moov` and a picture's `meta`. Others are makers' own: a film beside the picture, another list of metadata."""
WITHIN = frozenset((b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf", b"mvex"))
"""Boxes whose parts are looked at one by one."""
HIDING = frozenset((b"udta", b"meta", b"uuid", b"free", b"skip", b"xml ", b"bxml"))
"""Boxes that hold a place, a name or a device; and unused room, which may hold anything."""
TIMED = frozenset((b"mvhd", b"tkhd", b"mdhd"))
"""Headers that say when the recording was made and changed."""
SAID = frozenset((b"udes", b"altt", b"crtt", b"mdft"))
"""Properties of a picture that are words or times."""
DEEPEST = 8
LONGEST_LIST = 1 << 20
"""The most bytes of a list of items."""


def rewrite(source: BinaryIO, target: BinaryIO, picture: bool) -> bool:
    """Write the file at `source`, a `picture` or a recording, to `target`, with zeros for what is hidden in it. Returns whether there was anything."""
    walk = _Blanking(Tree(source))
    walk.file(picture)
    source.seek(0)
    while window := source.read(WINDOW):
        target.write(window)
    for at in walk.freed:
        target.seek(at)
        target.write(b"free")
    were = [_blanked(source, target, start, end) for start, end in _merged(walk.blank)]
    return any(were)


def frame(source: BinaryIO) -> Frame:
    """The largest size that any picture in the file claims, with the most bits and channels that any claims."""
    tree = Tree(source)
    whole, pixels = [(0, 0)], [(8, 3)]
    meta = only(tree.file(), b"meta")
    for box in tree.properties(tree.listed(meta)) if meta else ():
        fields = Fields(tree.read(box.body, min(box.end - box.body, WINDOW))[LIST_HEAD:])
        if box.kind == b"ispe":
            whole.append((fields.number(4), fields.number(4)))
        if box.kind == b"pixi" and (channels := fields.number(1)):
            pixels.append((max(fields.number(1) for _channel in range(channels)), channels))
    width, height = max(whole, key=lambda size: size[0] * size[1])
    if not width * height:
        raise Unreadable
    return Frame(width, height, max(bits for bits, _ in pixels), max(channels for _, channels in pixels))


class _Blanking:
    """What to overwrite with zeros (from, to), and where the types are of boxes and items that become free room."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.blank: list[tuple[int, int]] = []
        self.freed: list[int] = []

    def file(self, picture: bool) -> None:
        """Look at the top-level boxes."""
        boxes = self.tree.file()
        meta = only(boxes, b"meta") if picture else None
        if not meta and not only(boxes, b"moov"):
            raise Unreadable
        for box in boxes:
            if box.kind in WITHIN:
                self._within(box, 1)
            elif box != meta and box.kind not in KEPT:
                self._free(box)
        if meta:
            self._pictures(self.tree.listed(meta), [box for box in boxes if box.kind == b"mdat"])

    def _within(self, box: Box, depth: int) -> None:
        if depth > DEEPEST:
            raise Unreadable
        for part in self.tree.inside(box.body, box.end):
            if part.kind in HIDING:
                self._free(part)
            elif part.kind in WITHIN:
                self._within(part, depth + 1)
            elif part.kind in TIMED:
                self._untimed(part)

    def _pictures(self, parts: list[Box], data: list[Box]) -> None:
        for part in parts:
            if part.kind in HIDING:
                self._free(part)
        self.blank += [(one.body, one.end) for one in self.tree.properties(parts) if one.kind in SAID]
        listed, located, inside = only(parts, b"iinf"), only(parts, b"iloc"), only(parts, b"idat")
        if listed and located:
            hidden = self._hidden(listed)
            for place in places(self._list(located), hidden, self.tree.count):
                self._blank_item(place, data, inside)

    def _hidden(self, iinf: Box) -> set[int]:
        """The numbers of the items that are not pictures: EXIF, XMP, and whatever else somebody has thought of."""
        counted = 2 if self.tree.read(iinf.body, 1) == b"\0" else 4
        hidden = set()
        for infe in self.tree.inside(iinf.body + 4 + counted, iinf.end):
            version = self.tree.read(infe.body, 1)[0]
            if infe.kind != b"infe" or version not in (2, 3):
                raise Unreadable
            width = 2 if version == 2 else 4
            fields = Fields(self.tree.read(infe.body + 4, width + 6))
            number = fields.number(width)
            fields.skip(2)
            if fields.take(4) not in PICTURES:
                hidden.add(number)
                self.freed.append(infe.body + 4 + width + 2)  # readers show nothing if an EXIF item holds no EXIF
        return hidden

    def _blank_item(self, place: Extent, data: Iterable[Box], inside: Box | None) -> None:
        around = ([inside] if inside else []) if place.within else data
        start = place.start + (inside.body if place.within and inside else 0)
        end = start + place.size
        if not place.size or not any(box.body <= start and end <= box.end for box in around):
            raise Unreadable
        self.blank.append((start, end))

    def _list(self, box: Box) -> bytes:
        if box.end - box.body > LONGEST_LIST:
            raise Unreadable
        return self.tree.read(box.body, box.end - box.body)

    def _untimed(self, box: Box) -> None:
        long = self.tree.read(box.body, 1) == b"\x01"
        end = box.body + 4 + (16 if long else 8)
        if end > box.end:
            raise Unreadable
        self.blank.append((box.body + 4, end))

    def _free(self, box: Box) -> None:
        self.freed.append(box.start + 4)
        self.blank.append((box.body, box.end))


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same bytes as spans that do not overlap: bytes that are named a thousand times are written once."""
    at = 0
    for start, end in sorted(spans):
        if end > at:
            yield max(start, at), end
            at = end


def _blanked(source: BinaryIO, target: BinaryIO, start: int, end: int) -> bool:
    """Write zeros from `start` to `end`. Returns whether anything else was there before."""
    source.seek(start)
    target.seek(start)
    was = False
    for at in range(start, end, WINDOW):
        size = min(WINDOW, end - at)
        was |= source.read(size).count(0) < size
        target.write(bytes(size))
    return was
