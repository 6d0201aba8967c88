"""PNG (ISO/IEC 15948): its chunks are copied or left out; their content is never inflated."""

import struct
from typing import BinaryIO
from zlib import crc32

from bot.pictures import exif
from bot.pictures.source import Frame, Source, Unreadable

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEAD, DATA, END, EXIF = b"IHDR", b"IDAT", b"IEND", b"eXIf"
KEPT = frozenset((b"PLTE", b"tRNS", DATA, END))
ANCILLARY = 0x20
"""The bit in a chunk's first letter that says that a picture can be shown without it."""
LARGEST = 2**31 - 1
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Colour type to channels."""
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
"""Colour type to bits a channel."""


def rewrite(source: Source, target: BinaryIO) -> bool:
    """Write the picture at `source` to `target` without metadata and without what follows its end. Returns whether anything was left out."""
    head = _head(source)
    _read(head)
    target.write(SIGNATURE)
    _put(target, HEAD, head)
    drawn = turned = left_out = False
    kind = HEAD
    while kind != END:
        length, kind = _begun(source)
        if kind == b"PLTE" and length > 768:  # 256 colours
            raise Unreadable
        if kind in KEPT:
            target.write(struct.pack(">I4s", length, kind))
            source.copy(length + 4, target)
        elif kind[0] & ANCILLARY:
            looked_at = source.take(min(length, exif.LONGEST)) if kind == EXIF else b""
            source.copy(length - len(looked_at) + 4, None)
            alone = exif.alone(looked_at) if not turned else b""
            if alone:
                turned = True
                _put(target, EXIF, alone)
            left_out |= alone != looked_at or not alone
        else:
            raise Unreadable
        drawn |= kind == DATA
    if not drawn or length:
        raise Unreadable
    return left_out or source.rest()


def frame(source: Source) -> Frame:
    """The frame that the picture's head gives."""
    return _read(_head(source))


def _head(source: Source) -> bytes:
    if source.take(len(SIGNATURE)) != SIGNATURE or _begun(source) != (13, HEAD):
        raise Unreadable
    head = source.take(13)
    source.copy(4, None)
    return head


def _begun(source: Source) -> tuple[int, bytes]:
    """The length and type of the chunk that begins here."""
    source.part()
    length, kind = struct.unpack(">I4s", source.take(8))
    if length > LARGEST or not kind.isalpha():
        raise Unreadable
    return length, kind


def _read(head: bytes) -> Frame:
    width, height, bits, colour, packing, filtering, interlacing = struct.unpack(">IIBBBBB", head)
    sound = 0 < width <= LARGEST and 0 < height <= LARGEST and packing == filtering == 0 and interlacing in (0, 1)
    if not sound or bits not in DEPTHS.get(colour, ()):
        raise Unreadable
    return Frame(width, height, bits, CHANNELS[colour])


def _put(target: BinaryIO, kind: bytes, content: bytes) -> None:
    target.write(struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc32(kind + content)))
