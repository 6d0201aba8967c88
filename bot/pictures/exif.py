"""EXIF (CIPA DC-008, a TIFF of tags): read for the one tag that gives a picture's orientation, and written with that tag alone."""

import struct

ORIENTATION, SHORT = 0x0112, 3
"""The tag, and the type of its value (TIFF 6.0)."""
UPRIGHT = 1
LONGEST = 1 << 16
"""Bytes that are looked at. A JPEG has no room for more."""


def orientation(tiff: bytes) -> int:
    """The orientation of a picture, 1 (upright) to 8; 1 also when it cannot be read."""
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
    """EXIF that gives only the orientation in this EXIF, and nothing else; b"" for an upright picture."""
    turned = orientation(tiff)
    if turned == UPRIGHT:
        return b""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, SHORT, 1, turned, 0, 0)
