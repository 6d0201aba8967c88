"""The register of erasures, outside the database: one JSON line for each, in a file, or in notes in the store that holds the files."""

import asyncio
import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from storage.erasure.erasures import Erasure
from storage.files.store import Store

ERASED = "erased"
"""The folder of the notes."""
AT_ONCE = 16
"""Notes that are read at the same time."""


class Register(Protocol):
    """A place that outlives the database. Several processes may write to it; a line that is in it twice does no harm."""

    async def read(self) -> list[Erasure]:
        """The erasures in it; none when there is no register."""

    async def add(self, erased: Iterable[Erasure]) -> None:
        """Add to it, durably."""


class InFile:
    """A register in a file of this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def read(self) -> list[Erasure]:
        """What the file says."""
        return await asyncio.to_thread(read, self.path)

    async def add(self, erased: Iterable[Erasure]) -> None:
        """Append to the file."""
        await asyncio.to_thread(write, self.path, erased)


class InStore:
    """A register in notes of a store, `erased/<instant of the first>-<random>.jsonl`: an object cannot be appended to."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def read(self) -> list[Erasure]:
        """What all the notes say, in the order of their names."""
        names, found = await self.store.notes(ERASED), list[Erasure]()
        for start in range(0, len(names), AT_ONCE):
            notes = await asyncio.gather(*map(self.store.note, names[start : start + AT_ONCE]))
            found += [one for note in notes for one in parsed((note or b"").decode(errors="replace"))]
        return found

    async def add(self, erased: Iterable[Erasure]) -> None:
        """Write one more note."""
        rows = list(erased)
        name = f"{ERASED}/{rows[0].at:%Y%m%dT%H%M%S}-{secrets.token_hex(8)}.jsonl"
        await self.store.write(name, lines(rows).encode())


def lines(erased: Iterable[Erasure]) -> str:
    """The lines of a register."""
    return "\n".join(json.dumps(one.as_json()) for one in erased)


def parsed(text: str) -> list[Erasure]:
    """The erasures in the lines of a register. A line that a crash cut off is skipped."""
    found = []
    for line in text.splitlines():
        try:
            found.append(Erasure.of_json(json.loads(line)))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def read(path: Path) -> list[Erasure]:
    """The erasures in a register file; none when there is no file."""
    return parsed(path.read_text(encoding="utf-8", errors="replace")) if path.exists() else []


def write(path: Path, erased: Iterable[Erasure]) -> None:
    """Append to a register file, durably, and on a new line, in case a crash cut the last one off."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        file.seek(0, os.SEEK_END)
        if file.tell():
            file.write("\n")
        file.write(lines(erased))
        file.flush()
        os.fsync(file.fileno())
