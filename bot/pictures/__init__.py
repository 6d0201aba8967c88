"""Pictures are walked, never decoded, and rewritten without what nobody needs. Law: the work is linear in their bytes, whoever made them."""

from typing import BinaryIO

from bot.pictures import boxes, jpeg, png
from bot.pictures.source import Frame, Source, Unreadable

__all__ = ["WALKED", "Frame", "Unreadable", "frame", "rewrite"]

BOXED = frozenset(("image/heic", "audio/mp4"))
"""Types that are made of boxes (ISO base media file format). Voice memos are among them: they, too, carry a place."""
WALKED = frozenset(("image/jpeg", "image/png")) | BOXED
"""MIME types that can be walked here."""


def rewrite(mime: str, source: BinaryIO, target: BinaryIO) -> bool:
    """Write the picture at `source` to `target` without metadata. Returns whether anything was left out.

    Its pixels and its orientation stay as they are. Both files are seekable; `target` is empty.
    Unreadable when it cannot be walked to its end, or its type is not in WALKED.
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
    """The size that a picture's head gives. Unreadable when there is none, or when its type is not a picture type in WALKED."""
    match mime:
        case "image/jpeg":
            return jpeg.frame(Source(source))
        case "image/png":
            return png.frame(Source(source))
        case "image/heic":
            return boxes.frame(source)
    raise Unreadable
