"""The ledger: the register of erasures as a file outside the database, the one thing that a lost database must not take along."""

import asyncio
import json
import logging
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from bot.loops import pause, within
from storage import erasures
from storage.database import Database
from storage.erasures import EVER, Erasure
from storage.sqlstate import kind

log = logging.getLogger(__name__)
BEAT = 5.0
"""Seconds between two looks; an erasure that is younger when the database is lost is not in the file."""
PATIENCE = 30.0
"""Seconds that the database has to say what was erased."""
OVERLAP = timedelta(hours=1)
"""How far a look goes back: of two transactions at once the earlier one may end later."""
Key = tuple[str, int, datetime]


class Ledger:
    """The file at `path`, one JSON line for each erasure. Several processes may write it; a line that stands there twice does no harm."""

    def __init__(self, database: Database, path: Path) -> None:
        self.database, self.path = database, path
        self._written: dict[Key, datetime] | None = None
        self._last = EVER

    @within(300)  # the file may be long, and its disk slow
    async def run(self) -> None:
        """Keep the file up to date until cancelled."""
        while True:
            try:
                await self.once()
            except Exception as error:  # the world's: the database is away, or the disk is full
                log.error("the ledger of erasures: %s", kind(error))
            await pause(BEAT)

    async def once(self) -> int:
        """Write what is not there yet, durably. How many lines."""
        if self._written is None:
            self._written = {}
            self._remember(await asyncio.to_thread(read, self.path))
        async with asyncio.timeout(PATIENCE), self.database.read() as connection:
            found = await erasures.since(connection, max(EVER, self._last - OVERLAP))
        fresh = [one for one in found if _key(one) not in self._written]
        if fresh:
            await asyncio.to_thread(write, self.path, fresh)
            self._remember(fresh)
        return len(fresh)

    def _remember(self, ledger: list[Erasure]) -> None:
        written = (self._written or {}) | {_key(one): one.at for one in ledger}
        self._last = max([self._last, *written.values()])
        self._written = {key: at for key, at in written.items() if at >= self._last - 2 * OVERLAP}


def _key(one: Erasure) -> Key:
    return one.what, one.key, one.at


def read(path: Path) -> list[Erasure]:
    """What a ledger says; nothing when there is none. A line that a crash cut off is passed over."""
    found = []
    if path.exists():
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                found.append(Erasure.of_json(json.loads(line)))
            except (ValueError, KeyError, TypeError):
                continue
    return found


def write(path: Path, ledger: Iterable[Erasure]) -> None:
    """Append to a ledger, durably; on a line of its own, whatever a crash left of the last one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        file.seek(0, os.SEEK_END)
        if file.tell():
            file.write("\n")
        file.write("\n".join(json.dumps(one.as_json()) for one in ledger))
        file.flush()
        os.fsync(file.fileno())
