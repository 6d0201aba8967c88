"""Papers: everything made to be taken away, by child processes.
Law: a few at a time, one for each person, and none of it grows in this process.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from bot.documents.export import OwnData
from bot.documents.overview import picture_of
from bot.documents.own import own_of
from bot.documents.package import Package
from bot.documents.receipt import ReceiptPaper
from bot.documents.spawn import LIMITS, WITH_PICTURES, ChildLimits, Unmade, made
from bot.operations.places import Busy, Places
from dialogs.engine.record import sha256s_in
from storage.cases import cases, submissions

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.documents.spawn import Job
    from bot.settings.clock import Clock
    from dialogs.applicants.where import House
    from storage.database.database import Database
    from storage.files.files import Files

log = logging.getLogger(__name__)
REST = 600
"""Seconds for which a paper that ended its child is not tried again."""
PaperFile = AbstractAsyncContextManager["BinaryIO | None"]
"""A file, open at its beginning while the context lasts; None when there is nothing to make, or they may not have it."""


class Papers:
    """Makes papers and archives, with what is stored when their turn comes. Every method raises Busy, and Unmade when the paper cannot be made.

    `asker` is the person who asks, 0 for nobody in particular. `patience` is how many seconds they wait for a place.
    `limits` are those of a child process, `with_pictures` those of one that puts pictures into a package.
    """

    def __init__(
        self,
        database: "Database",
        files: "Files",
        house: "House",
        clock: "Clock",
        limits: ChildLimits = LIMITS,
        with_pictures: ChildLimits = WITH_PICTURES,
    ) -> None:
        self.database, self.files, self.house, self.clock = database, files, house, clock
        self._limits, self._with_pictures = limits, with_pictures
        self._applicants, self._staff = Places(), Places()
        """Kept apart, so that no stranger keeps a contact person from their work."""
        self._asking: set[int] = set()
        self._ended: dict[tuple[str, object], float] = {}
        """The papers that ended their child, and when (by `Clock.passed`)."""

    def package(
        self,
        asker: int,
        reference: str,
        patience: float = 0,
        *,
        at: "datetime | None" = None,
        internal: bool = False,
    ) -> PaperFile:
        """The package of the case with this reference; None when there is no such case. The caller checks whether the reader may have it.
        Internal notes only when `internal`.
        """

        async def job(held: AsyncExitStack) -> Package | None:
            async with self.database.read() as connection:
                case = await cases.case(connection, reference)
                if case is None:
                    return None
                events = await cases.history(connection, case.id)
                sent = await submissions.of_case(connection, case.id)
            wanted = set[str]().union(*(sha256s_in(one.record, one.shared) for one in sent))
            return Package(case, sent, events, await self._stored(held, wanted), at or self.clock.now(), internal)

        return self._made(self._staff, asker, ("package", reference), patience, job)

    def receipt(self, asker: int, reference: str, locale: str, patience: float = 0) -> PaperFile:
        """The current receipt of a case, for somebody who writes it; None for anybody else, and when nothing was sent."""

        async def job(_held: AsyncExitStack) -> ReceiptPaper | None:
            async with self.database.read() as connection:
                id = await cases.written_by(connection, asker, reference)
                case = await cases.case_by_id(connection, id) if id else None
                if case is None:
                    return None
                sent = await submissions.of_case(connection, case.id)
            return ReceiptPaper(case, sent, locale, self.house.mailbox) if sent else None

        return self._made(self._applicants, asker, ("receipt", reference), patience, job)

    def own(self, asker: int, patience: float = 0) -> PaperFile:
        """Everything that is stored about one person."""

        async def job(held: AsyncExitStack) -> OwnData:
            own = await own_of(self.database, asker, self.house)
            return OwnData(
                own, await self._stored(held, {file["sha256"] for file in own.rows["files"]}), self.clock.now()
            )

        return self._made(self._applicants, asker, ("own", asker), patience, job)

    def overview(self, asker: int, locale: str) -> PaperFile:
        """The overview as PNG for a contact person; None when they no longer are one."""
        return self._made(
            self._staff,
            asker,
            ("overview", asker),
            0,
            lambda _held: picture_of(self.database, self.house.city, asker, locale),
        )

    async def _stored(self, held: AsyncExitStack, sha256s: set[str]) -> "dict[str, Path]":
        """The paths of these files. The paper names those that are gone, and the log tells whoever runs the program: a volume may be missing."""
        try:
            found = await held.enter_async_context(self.files.at_hand(sha256s))
        except OSError as error:
            raise Unmade(f"OSError {error.errno or error}") from None
        if gone := len(sha256s) - len(found):
            log.error("%d files of a paper lie nowhere", gone)
        return found

    @asynccontextmanager
    async def _made(
        self,
        places: Places,
        asker: int,
        what: tuple[str, object],
        patience: float,
        job: "Callable[[AsyncExitStack], Awaitable[Job | None]]",
    ) -> AsyncIterator[BinaryIO | None]:
        """Run `job` for one person, and give its file. Nobody gets a second paper made before the first has been taken away."""
        if asker in self._asking:
            raise Busy
        self._asking.add(asker)
        try:
            async with places.one(patience), AsyncExitStack() as held:
                file = await self._of(places, what, await job(held))
            if file is None:
                yield None
                return
            with file:
                size = file.seek(0, 2)
                file.seek(0)
                with places.lies(size):
                    yield file
        finally:
            self._asking.discard(asker)

    async def _of(self, places: Places, what: tuple[str, object], job: "Job | None") -> BinaryIO | None:
        """Run a job, if it fits. None without a job; Busy when there is no room."""
        if job is None:
            return None
        places.fits(_size(job))
        return await self._tried(what, job)

    async def _tried(self, what: tuple[str, object], job: "Job") -> BinaryIO:
        """Run a job, the second time without its pictures. A job that ends its child both times is left alone for a while."""
        present = self.clock.passed()
        self._ended = {one: at for one, at in self._ended.items() if present - at < REST}
        if what in self._ended:
            raise Unmade("not again yet")
        try:
            return await made(job, self._with_pictures if isinstance(job, Package) else self._limits)
        except Unmade as unmade:
            log.warning("%s was not made: %s", type(job).__name__, unmade)
            if not isinstance(job, Package):
                self._left_alone(what, unmade)
                raise
        try:
            return await made(replace(job, pictures=False), self._limits)
        except Unmade as unmade:
            log.error("Package was not made without pictures either: %s", unmade)
            self._left_alone(what, unmade)
            raise

    def _left_alone(self, what: tuple[str, object], unmade: Unmade) -> None:
        if not unmade.passes:
            self._ended[what] = self.clock.passed()


def _size(job: "Job") -> int:
    """The size in bytes of the files that go into a paper."""
    size = 0
    for path in job.stored.values() if isinstance(job, Package | OwnData) else ():
        with suppress(FileNotFoundError):
            size += path.stat().st_size
    return size
