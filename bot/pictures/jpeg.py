"""JPEG (ITU-T T.81): its segments are copied or left out, and the data of its scans passes through."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from bot.pictures import exif
from bot.pictures.source import Frame, Source, Unreadable

START = b"\xff\xd8"
END, SCAN, COMMENT = 0xD9, 0xDA, 0xFE
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Start of frame: baseline, progressive, lossless, with Huffman or arithmetic coding."""
TABLES = frozenset((0xC4, 0xCC, 0xDB, 0xDD))
"""Huffman tables, arithmetic conditioning, quantization tables, restart interval."""
JFIF, EXIF, ADOBE = 0xE0, 0xE1, 0xEE
"""APP0, APP1, APP14."""
APPLICATION = frozenset(range(0xE0, 0xF0))
KNOWN = FRAMES | TABLES | APPLICATION | {SCAN, COMMENT}
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""A marker; not a stuffed byte or a restart, which belong to the data of a scan, and not a fill byte."""


def rewrite(source: Source, target: BinaryIO) -> bool:
    """Write the picture at `source` to `target` without metadata and without what follows its end. Returns whether anything was left out."""
    framed = scanned = turned = left_out = False
    target.write(START)
    for code, body, before in _segments(source):
        kept = _kept(code, body, turned)
        left_out |= before > 0 or kept != body
        turned |= code == EXIF and bool(kept)
        if code in FRAMES:
            _frame(body)
            if framed:
                raise Unreadable
            framed = True
        if kept:
            target.write(bytes((0xFF, code)) + (len(kept) + 2).to_bytes(2) + kept)
        if code == SCAN:
            if not framed:
                raise Unreadable
            scanned = True
            source.upto(MARKER, target)
    if not scanned:
        raise Unreadable
    target.write(bytes((0xFF, END)))
    return left_out or source.rest()


def frame(source: Source) -> Frame:
    """The frame that the picture's head gives."""
    for code, body, _before in _segments(source):
        if code in FRAMES:
            return _frame(body)
    raise Unreadable


def _segments(source: Source) -> Iterator[tuple[int, bytes, int]]:
    """The code and content of each segment up to the end, and how many stray bytes came before it: decoders skip those, too."""
    if source.take(2) != START:
        raise Unreadable
    while True:
        source.part()
        before = source.upto(MARKER, None)
        code = source.take(2)[1]
        if code == END:
            return
        length = int.from_bytes(source.take(2))
        if code not in KNOWN or length < 2:
            raise Unreadable
        yield code, source.take(length - 2), before


def _kept(code: int, body: bytes, turned: bool) -> bytes:
    """What is kept of a segment; b"" when it is left out."""
    match code:
        case 0xE0 if body.startswith(b"JFIF\0") and len(body) >= 14:
            return body[:12] + b"\0\0"  # without its thumbnail
        case 0xEE if body.startswith(b"Adobe") and len(body) >= 12:
            return body[:12]  # how to read the colours of CMYK
        case 0xE1 if body.startswith(b"Exif\0\0") and not turned and (alone := exif.alone(body[6:])):
            return b"Exif\0\0" + alone
        case _ if code in APPLICATION or code == COMMENT:
            return b""
    return body


def _frame(body: bytes) -> Frame:
    bits, height, width, channels = body[:1], body[1:3], body[3:5], body[5:6]
    found = Frame(*(int.from_bytes(number) for number in (width, height, bits, channels)))
    if len(body) != 6 + 3 * found.channels or not (found.width and found.height and found.bits and found.channels):
        raise Unreadable
    return found
