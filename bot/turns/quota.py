"""Quotas: how much room files may take. Law: a file on its way in counts as if it were stored, so that two at once cannot pass a limit together."""

import asyncio
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.settings.clock import Clock
from dialogs.language.events import Filed, Unfit
from storage.database.database import Database
from storage.files import quota
from storage.files.files import Files
from storage.files.quota import HeldBytes
from storage.people.people import Address

MB = 1_000_000
"""Bytes."""
NEARLY = 0.9
LOOK = timedelta(seconds=30)
"""How long the measured total of all files is trusted; what this process takes in meanwhile is added."""


@dataclass(frozen=True, slots=True)
class FileLimits:
    """Limits in bytes: for the files in all cases that one person writes, in one case, and in all; for the disk space that stays free
    (0 to leave that unchecked); and for what one network address brings in a day.
    """

    person: int = 100 * MB
    case: int = 200 * MB
    whole: int = 10_000 * MB
    reserve: int = 1000 * MB
    network: int = 500 * MB


class Quotas:
    """The limits, and what counts against them."""

    def __init__(self, database: Database, files: Files, clock: Clock, limits: FileLimits | None = None) -> None:
        self.limits = limits or FileLimits()
        self._database, self._files, self._clock = database, files, clock
        self._coming: Counter[tuple[str, int]] = Counter()
        """Bytes on their way in: for a person, for a case, and in all."""
        self._whole, self._looked = 0, clock.now() - LOOK
        self._free = 0

    async def share(self, to: Address) -> "Share":
        """What a file that is about to come from this address may take. The caller ends it."""
        async with self._database.read() as connection:
            now = self._clock.now()
            held = await quota.held_at(connection, to, now) or HeldBytes(0, 0)
            if not timedelta() <= now - self._looked < LOOK:
                self._looked = now
                self._whole = await quota.held_in_all(connection)
        if self.limits.reserve:
            self._free = (await asyncio.to_thread(shutil.disk_usage, self._files.store.scratch)).free
        return Share(self, held)

    async def nearly_full(self) -> bool:
        """Whether the files take up NEARLY all of their room, or the disk has less than twice the reserve left."""
        async with self._database.read() as connection:
            whole = await quota.held_in_all(connection)
        if whole >= NEARLY * self.limits.whole:
            return True
        free = (await asyncio.to_thread(shutil.disk_usage, self._files.store.scratch)).free
        return bool(self.limits.reserve) and free < 2 * self.limits.reserve

    async def fitting(
        self, connection: AsyncConnection, person: int, case: int, files: tuple[Filed, ...]
    ) -> tuple[Filed, ...]:
        """The files for which the person and the case have room, in order. To be asked in the transaction that stores them."""
        held = await quota.held_by(connection, person, case, {file.sha256 for file in files})
        of_person, of_case, fitting = held.of_person, held.of_case, list[Filed]()
        for file in files:
            if of_person + file.size <= self.limits.person and of_case + file.size <= self.limits.case:
                of_person, of_case = of_person + file.size, of_case + file.size
                fitting.append(file)
        return tuple(fitting)

    def come(self, held: HeldBytes, size: int) -> Unfit | None:
        """Count `size` more bytes on their way in from there. Returns None, or why they may not come."""
        mine, case, whole = _keys(held)
        if held.of_person + self._coming[mine] + size > self.limits.person:
            return "full"
        if held.of_case + self._coming[case] + size > self.limits.case:
            return "full"
        if self._whole + self._coming[whole] + size > self.limits.whole:
            return "no_room"
        if self.limits.reserve and self._free - size < self.limits.reserve:
            return "no_room"
        self._free -= size
        self._coming.update(dict.fromkeys((mine, case, whole), size))
        return None

    def settle(self, held: HeldBytes, size: int, kept: bool) -> None:
        """These bytes are no longer on their way: they are `kept`, or gone."""
        for key in _keys(held):
            self._coming[key] -= size
            if not self._coming[key]:
                del self._coming[key]
        self._whole += size if kept else 0


class Share:
    """One file on its way in, and what its sender holds already."""

    def __init__(self, quotas: Quotas, held: HeldBytes) -> None:
        self._quotas, self._held, self._size = quotas, held, 0

    def come(self, size: int) -> Unfit | None:
        """Count `size` more bytes that have come. Returns None, or why they are too many."""
        trouble = self._quotas.come(self._held, size)
        self._size += 0 if trouble else size
        return trouble

    def end(self, kept: bool) -> None:
        """The file is no longer on its way: it is kept and counts by its rows, or it is gone."""
        self._quotas.settle(self._held, self._size, kept)
        self._size = 0


def _keys(held: HeldBytes) -> tuple[tuple[str, int], tuple[str, int], tuple[str, int]]:
    return ("person", held.person), ("case", held.case), ("all", 0)
