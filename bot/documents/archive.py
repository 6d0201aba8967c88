"""A zip written member by member, from disk to disk, so that its memory stays the same whatever is in it."""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from dialogs.kinds.day import STOCKHOLM

CHUNK = 1_000_000
"""Bytes that are held at a time."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip: its path, its SHA-256, and its size in bytes."""

    path: str
    sha256: str
    size: int


class Archive:
    """Writes a zip into `target`, a seekable file. Every member is dated `at`, so the same members give the same bytes."""

    def __init__(self, target: BinaryIO, at: datetime) -> None:
        self.members: list[Member] = []
        self._zip = zipfile.ZipFile(target, "w")
        self._time = at.astimezone(STOCKHOLM).timetuple()[:6]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A zip that was left unfinished gets no end that would make it look whole.
        if kind is None:
            self._zip.close()

    def write(self, path: str, content: bytes) -> None:
        """Add a text of ours, compressed."""
        self._add(path, BytesIO(content), len(content), zipfile.ZIP_DEFLATED)

    def copy(self, path: str, source: Path) -> None:
        """Add a file that somebody sent, uncompressed: every type we accept is compressed already. FileNotFoundError when it is gone."""
        with source.open("rb") as file:
            self._add(path, file, source.stat().st_size, zipfile.ZIP_STORED)

    def _add(self, path: str, source: BinaryIO, size: int, compression: int) -> None:
        info = zipfile.ZipInfo(path, self._time)
        info.compress_type, info.file_size, info.external_attr = compression, size, 0o644 << 16
        digest = hashlib.sha256()
        with self._zip.open(info, "w") as member:
            for chunk in _chunks(source):
                digest.update(chunk)
                member.write(chunk)
        self.members.append(Member(path, digest.hexdigest(), info.file_size))


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk
