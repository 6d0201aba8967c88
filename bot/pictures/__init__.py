"""Pictures are walked, never decoded, and written anew without what nobody needs. Law: the work is linear in their bytes, whoever made them."""

from typing import BinaryIO

from bot.pictures import boxes, jpeg, png
from bot.pictures.source import Frame, Source, Unreadable

__all__ = ["WALKED", "Frame", "Unreadable", "frame", "rewrite"]

BOXED = frozenset(("image/heic", "audio/mp4"))
"""What is made of boxes (ISO base media file format): voice memos as well, which carry a place."""
WALKED = frozenset(("image/jpeg", "image/png")) | BOXED
"""MIME types that can be walked here."""


def rewrite(mime: str, source: BinaryIO, target: BinaryIO) -> bool:
    """Write the picture at `source` to `target` without metadata; whether anything was left out.

    Its pixels stay as they are, and so does the way it is turned. Both files can be sought in; `target` is empty.
    Unreadable when it cannot be walked to its end, or is of no type in WALKED.
    """
    match mime:
        case "image/jpeg":
            return jpeg.rewrite(Source(source), target)
        case "image/png":
            return png.rewrite(Source(source), target)
        case _ if mime in BOXED:
            return boxes.rewrite(source, target, picture=mime == "image/heic")
    raise Unreadable


def frame(mime: str, source: BinaryIO) -> Frame:
    """How large a picture says that it is, in its head. Unreadable when it does not say it, or is of no type of picture in WALKED."""
    match mime:
        case "image/jpeg":
            return jpeg.frame(Source(source))
        case "image/png":
            return png.frame(Source(source))
        case "image/heic":
            return boxes.frame(source)
    raise Unreadable
