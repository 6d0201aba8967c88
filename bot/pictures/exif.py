"""EXIF (CIPA DC-008, a TIFF of tags): read for the one tag that says how a picture is turned, and written with that one alone."""

import struct

ORIENTATION, SHORT = 0x0112, 3
"""The tag, and the type of its value (TIFF 6.0)."""
UPRIGHT = 1
LONGEST = 1 << 16
"""Bytes that are looked at; in a JPEG there is no room for more."""


def orientation(tiff: bytes) -> int:
    """How a picture is turned, 1 (upright) to 8; 1 also when that cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2], "<")
    try:
        (at,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, at)
        for place in range(count):
            tag, kind, number, value = struct.unpack_from(order + "HHIH", tiff, at + 2 + 12 * place)
            if tag == ORIENTATION:
                return value if kind == SHORT and number == 1 and UPRIGHT <= value <= 8 else UPRIGHT
    except struct.error:  # cut off, or it points outside
        pass
    return UPRIGHT


def alone(tiff: bytes) -> bytes:
    """EXIF that says how the picture of this EXIF is turned, and nothing else; b"" for one that is upright."""
    turned = orientation(tiff)
    if turned == UPRIGHT:
        return b""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, SHORT, 1, turned, 0, 0)
