"""Where files come in. What a file is, its content says, never its name.
Nothing is stored that has to be walked and cannot be, or that there is no room for.
"""

import asyncio
import errno
import logging
from collections.abc import AsyncIterable, AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import PurePath

import filetype

from bot.operations.pace import Pace
from bot.pictures import WALKED, Unreadable, rewrite
from bot.settings.clock import Clock
from bot.settings.keys import Keys
from bot.turns.quota import FileLimits, Quotas, Share
from dialogs.kinds.files import BIGGEST
from dialogs.language.events import Filed, Unfit
from dialogs.language.words import cleaned
from storage.database.database import Database
from storage.files.arriving import Arriving
from storage.files.files import Files
from storage.files.store import Away
from storage.people import usage
from storage.people.people import Address

ALLOWED = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/heic": ".heic",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
}
"""MIME types, and the extension that a file of each type gets."""
LONGEST_NAME = 100
AT_ONCE, FROM_ONE_PLACE = 24, 3
"""Forms with files that may be arriving at the same time: in all, and from one network address. A chat may have one."""
PACE = 10_000_000
"""Bytes a second for all arriving files together; a faster sender has to wait."""
TIME = 15.0
"""Seconds that every form gets, however slow it is."""
KB = 1000
log = logging.getLogger(__name__)
FULL = (errno.ENOSPC, errno.EDQUOT)


class Crowded(Exception):
    """Too many people are sending files at the same time. Try again in a while."""


async def admit(files: Files, name: str, arriving: Arriving) -> Filed | Unfit:
    """Keep what has arrived, if it has at most 20 MB and an allowed type; a picture loses what is hidden in it. Otherwise say why not."""
    if not arriving.size:
        return "empty_file"
    if arriving.size > BIGGEST:
        return "too_big"
    mime, trimmed = await arriving.read(filetype.guess_mime), False
    if mime not in ALLOWED:
        return "wrong_type"
    if mime in WALKED:
        try:
            trimmed = await arriving.anew(partial(rewrite, mime))
        except Unreadable:
            return "broken"
    return Filed(await files.keep(arriving), _name(name, ALLOWED[mime]), mime, arriving.size, trimmed)


def _name(name: str, ending: str) -> str:
    """The name without folders and unwanted characters, with the extension of what the file really is."""
    stem = PurePath(cleaned(name.replace("\\", "/").replace("\n", " "))).stem[:LONGEST_NAME].strip(". ")
    return (stem or "file") + ending


class Uploads:
    """All files that are on their way in."""

    def __init__(
        self, database: Database, files: Files, keys: Keys, clock: Clock, room: FileLimits | None = None
    ) -> None:
        self.database, self.files, self.keys, self.clock = database, files, keys, clock
        self.quotas = Quotas(database, files, clock, room)
        self.pace = Pace(PACE)
        self.senders: dict[Address, UploadForm] = {}
        """The forms with files on their way in, by their senders."""

    def make_room(self) -> bool:
        """Hang up on the slowest form that has had its TIME, so that somebody else can send. False when there is none."""
        present = self.clock.passed()
        late = [form for form in self.senders.values() if present - form.began >= TIME]
        slowest = min(late, key=lambda form: form.came / (present - form.began), default=None)
        if slowest is None:
            return False
        slowest.hang_up()
        return True

    @asynccontextmanager
    async def form(self, to: Address) -> AsyncIterator["UploadForm"]:
        """Files that come together from one address. On leaving, those that were not given to a turn are deleted."""
        form = UploadForm(self, to)
        try:
            yield form
        finally:
            form.end()
            if form.kept:
                await self.files.drop(form.kept)


class UploadForm:
    """Files that come together: a form on the web, an album."""

    def __init__(self, uploads: Uploads, to: Address) -> None:
        self._uploads, self._to, self.network = uploads, to, ""
        self.began, self.came = 0.0, 0
        """When it began (by `Clock.passed`), and the bytes that have come."""
        self._hang_up: Callable[[], None] = lambda: None
        self._shares: list[Share] = []
        self.kept: set[str] = set()
        """The SHA-256 of stored files that have not been given to a turn yet."""

    def begin(self, network: str, hang_up: Callable[[], None]) -> None:
        """Files are about to come from this network address; `hang_up` cuts the connection.

        Crowded, before any file is read, when too many people are sending.
        """
        senders = self._uploads.senders
        from_there = sum(one.network == network for one in senders.values())
        if self._to in senders:
            senders[self._to].hang_up()  # that connection broke, in a tunnel perhaps: the same person begins anew
        elif from_there >= FROM_ONE_PLACE:
            raise Crowded
        if len(senders) >= AT_ONCE and not self._uploads.make_room():
            raise Crowded
        self.network, self.began, self._hang_up = network, self._uploads.clock.passed(), hang_up
        senders[self._to] = self

    async def pass_over(self, _name: str, chunks: AsyncIterable[bytes]) -> Unfit:
        """Read a file that there is no room for, at the pace of the others, so that its sender gets an answer and not a cut connection."""
        async for chunk in chunks:
            await self._uploads.pace.keep(len(chunk))
        return "no_room"

    def hang_up(self) -> None:
        """End the form, because it is too slow while others wait."""
        self._forgotten()
        self._hang_up()

    def _forgotten(self) -> None:
        if self._uploads.senders.get(self._to) is self:
            del self._uploads.senders[self._to]

    async def take(self, name: str, chunks: AsyncIterable[bytes]) -> Filed | Unfit:
        """Store the file that these chunks make, or say why not. In that case some of them may not have been read."""
        if await self._spent():
            return "no_room"
        share = await self._uploads.quotas.share(self._to)
        outcome: Filed | Unfit = "damaged"
        try:
            outcome = await self._taken(name, chunks, share)
        except OSError as error:
            if error.errno not in FULL and not isinstance(error, Away):
                raise
            log.error("a file was not taken: %s", error if isinstance(error, Away) else error.errno)
            outcome = "away" if isinstance(error, Away) else "no_room"
        finally:
            if isinstance(outcome, Filed):
                self._shares.append(share)
                await self._spend(outcome.size)
            else:
                share.end(kept=False)
        return outcome

    async def _taken(self, name: str, chunks: AsyncIterable[bytes], share: Share) -> Filed | Unfit:
        if trouble := share.come(0):
            return trouble
        async with self._uploads.files.arriving() as arriving:
            async for chunk in chunks:
                if arriving.size + len(chunk) > BIGGEST:
                    return "too_big"
                self.came += len(chunk)
                if trouble := share.come(len(chunk)):
                    return trouble
                await self._uploads.pace.keep(len(chunk))
                await arriving.write(chunk)
            try:
                outcome = await admit(self._uploads.files, name, arriving)
            except asyncio.CancelledError:
                self.kept.add(arriving.sha256)  # it may just have been kept
                raise
            if isinstance(outcome, Filed):
                self.kept.add(outcome.sha256)  # noted here, because a cancellation may come on leaving
            return outcome

    def handed_over(self) -> None:
        """A turn has the files now, and drops those it does not take."""
        self.kept.clear()

    def end(self) -> None:
        """No more files come. Those that came count by their rows."""
        for share in self._shares:
            share.end(kept=True)
        self._forgotten()

    @property
    def _key(self) -> str:
        return self._uploads.keys.derive(f"network:{self.network}")

    async def _spent(self) -> bool:
        """Whether this network address has sent all that it may in a day."""
        if not self.network:
            return False
        async with self._uploads.database.read() as connection:
            return (
                await usage.most(connection, "kilobytes", [self._key], self._uploads.clock.now()) * KB
                >= self._uploads.quotas.limits.network
            )

    async def _spend(self, size: int) -> None:
        if self.network:
            async with self._uploads.database.write() as connection:
                await usage.count(connection, "kilobytes", self._key, self._uploads.clock.now(), size // KB + 1)
