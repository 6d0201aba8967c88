"""Which pictures a paper shows. Law: a page gets none that was not rewritten, and all of them together stay below a number of pixels;
what does not fit is left out, and named.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from bot.documents.case_file import AttachedFile
from bot.pictures import Frame, Unreadable, frame, rewrite

SHOWN = frozenset(("image/jpeg", "image/png"))
"""The types that typst can draw, among those we accept."""
HEAVIEST, MOST_BYTES = 8_000_000, 40_000_000
"""Bytes of one picture, and of all in a paper. A heavier picture goes into the package like any other file."""
MOST_PIXELS = 50_000_000
"""The pixels, of three colours of eight bits, that all pictures of a paper together may unpack to (four photos of a phone):
a small file may hold an enormous picture.
"""


def readied(files: Iterable[AttachedFile], stored: Mapping[str, Path], folder: Path) -> list[AttachedFile]:
    """The files that are pictures and fit, in order. Each is rewritten into `folder`, under the name that `place` gives.

    `stored` says by SHA-256 where a file is; one that is gone or cannot be read is left out.
    """
    found, bytes_left, pixels_left = [], MOST_BYTES, MOST_PIXELS
    for file in files:
        if file.mime not in SHOWN or file.sha256 not in stored:
            continue
        with suppress(Unreadable, FileNotFoundError), stored[file.sha256].open("rb") as source:
            size, cost = source.seek(0, 2), pixels(_framed(file.mime, source))
            if size > min(HEAVIEST, bytes_left) or not 0 < cost <= pixels_left:
                continue
            source.seek(0)
            with (folder / place(file.sha256)).open("wb") as target:
                rewrite(file.mime, source, target)
            found.append(file)
            bytes_left, pixels_left = bytes_left - size, pixels_left - cost
    return found


def _framed(mime: str, source: BinaryIO) -> Frame:
    source.seek(0)
    return frame(mime, source)


def place(sha256: str) -> str:
    """The file name of a picture among the parts of a paper, by the SHA-256 of the file that was sent."""
    return f"picture-{sha256}"


def pixels(one: Frame) -> int:
    """The size of an unpacked picture, in pixels of three colours of eight bits: sixteen bits count double, a fourth colour a third more."""
    return one.width * one.height * max(one.bits, 8) * max(one.channels, 3) // 24
