"""What strangers bring: small things that grow when somebody looks at them."""

import struct
import zlib
from functools import cache

MARKS = "a" + "%CC%81%CC%A3" * 99_000
"""Combining marks out of order, percent-encoded."""
PDF = b"%PDF-1.7\n"


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png(width: int, height: int, *chunks: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IEND", b"")


@cache
def picture_bomb() -> bytes:
    """Ten pixels by ten, with a colour profile that unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    block = b"\0" * 2**20
    profile = b"".join(packer.compress(block) for _megabyte in range(1024)) + packer.flush()
    return _png(10, 10, _chunk(b"iCCP", b"x\0\0" + profile), _chunk(b"IDAT", zlib.compress(b"\0" * 110)))


def ready() -> None:
    """Make them all beforehand: packing takes seconds, too."""
    picture_bomb()
    heavy_picture()


@cache
def heavy_picture() -> bytes:
    """Forty million pixels in forty kilobytes."""
    packer = zlib.compressobj(9)
    row = b"\0" * 6325
    rows = b"".join(packer.compress(row) for _row in range(6324)) + packer.flush()
    return _png(6324, 6324, _chunk(b"IDAT", rows))
