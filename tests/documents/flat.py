"""A picture of one colour."""

import io

from PIL import Image


def flat(width: int, height: int) -> bytes:
    """A PNG, so many pixels wide and high."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 60)).save(made, "PNG")
    return made.getvalue()
