"""Quotas: how much room files may take. Law: what is on its way in counts as if it were there, so that nobody passes beside another one."""

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
"""The time for which what all files take together is believed; what this process takes in meanwhile is added."""


@dataclass(frozen=True, slots=True)
class FileLimits:
    """Bytes: of the files in all cases that one person writes, of one case, of all; of the disk that stays free (0 when that is nobody's business);
    and of what one address of the network brings on a day.
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
        """Bytes on their way in, of a person, in a case, and of all."""
        self._whole, self._looked = 0, clock.now() - LOOK
        self._free = 0

    async def share(self, to: Address) -> "Share":
        """A file is about to come from this address: what it may take. It is to be ended."""
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
        """Whether the files have taken NEARLY all of their room, or the disk has less than twice what is to stay free."""
        async with self._database.read() as connection:
            whole = await quota.held_in_all(connection)
        if whole >= NEARLY * self.limits.whole:
            return True
        free = (await asyncio.to_thread(shutil.disk_usage, self._files.store.scratch)).free
        return bool(self.limits.reserve) and free < 2 * self.limits.reserve

    async def fitting(
        self, connection: AsyncConnection, person: int, case: int, files: tuple[Filed, ...]
    ) -> tuple[Filed, ...]:
        """Those of the files for which the person and the case have room, in their order. In the transaction that stores them."""
        held = await quota.held_by(connection, person, case, {file.sha256 for file in files})
        of_person, of_case, fitting = held.of_person, held.of_case, list[Filed]()
        for file in files:
            if of_person + file.size <= self.limits.person and of_case + file.size <= self.limits.case:
                of_person, of_case = of_person + file.size, of_case + file.size
                fitting.append(file)
        return tuple(fitting)

    def come(self, held: HeldBytes, size: int) -> Unfit | None:
        """So many bytes more come from there: they count from now on, or why they may not."""
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
        """So many bytes are not on their way any more: they are `kept`, or gone."""
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
        """So many bytes more have come; why they are too many, or None."""
        trouble = self._quotas.come(self._held, size)
        self._size += 0 if trouble else size
        return trouble

    def end(self, kept: bool) -> None:
        """The file is kept, and rows say so, or it is gone."""
        self._quotas.settle(self._held, self._size, kept)
        self._size = 0


def _keys(held: HeldBytes) -> tuple[tuple[str, int], tuple[str, int], tuple[str, int]]:
    return ("person", held.person), ("case", held.case), ("all", 0)
