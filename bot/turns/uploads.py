"""The door for files: what they are is read from their content, never from their name;
nothing is stored that cannot be walked, or that there is no room for.
"""

import asyncio
import errno
import logging
import time
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
"""MIME type to the ending that a file of it is given."""
LONGEST_NAME = 100
AT_ONCE, FROM_ONE_PLACE = 24, 3
"""Forms with files that may be arriving at the same time: in all, and from one address of the network. Of a chat it is one."""
PACE = 10_000_000
"""Bytes a second of all files that arrive together; whoever sends faster waits on the line."""
TIME = 15.0
"""Seconds that every form has for itself, however slow it is."""
KB = 1000
log = logging.getLogger(__name__)
FULL = (errno.ENOSPC, errno.EDQUOT)


class Crowded(Exception):
    """Too many are sending files at the same time: this is to be tried again in a while."""


async def admit(files: Files, name: str, arriving: Arriving) -> Filed | Unfit:
    """Keep what has arrived, of at most 20 MB, if it is of an allowed type, a picture without what is hidden in it; otherwise say why not."""
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
    """The name without folders and unwanted characters, with the ending of what the file really is."""
    stem = PurePath(cleaned(name.replace("\\", "/").replace("\n", " "))).stem[:LONGEST_NAME].strip(". ")
    return (stem or "file") + ending


class Uploads:
    """Everything that is on its way in."""

    def __init__(
        self, database: Database, files: Files, keys: Keys, clock: Clock, room: FileLimits | None = None
    ) -> None:
        self.database, self.files, self.keys, self.clock = database, files, keys, clock
        self.quotas = Quotas(database, files, clock, room)
        self.pace = Pace(PACE)
        self.senders: dict[Address, UploadForm] = {}
        """Whose forms with files are on their way in."""

    def make_room(self) -> bool:
        """Hang up on the slowest of those who have had their time, so that somebody else can send. Whether there was one."""
        late = [form for form in self.senders.values() if time.monotonic() - form.began >= TIME]
        slowest = min(late, key=lambda form: form.came / (time.monotonic() - form.began), default=None)
        if slowest is None:
            return False
        slowest.hang_up()
        return True

    @asynccontextmanager
    async def form(self, to: Address) -> AsyncIterator["UploadForm"]:
        """Files that come together, from one address. Those that no turn was given are gone on leaving."""
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
        """Since when it is on its way (seconds of a monotonic clock), and the bytes that have come."""
        self._hang_up: Callable[[], None] = lambda: None
        self._shares: list[Share] = []
        self.kept: set[str] = set()
        """The SHA-256 of files that lie in the store and that no turn was given yet."""

    def begin(self, network: str, hang_up: Callable[[], None]) -> None:
        """Files are about to come, from this address of the network; `hang_up` ends the line. Crowded, before any of them is read, when too many do."""
        senders = self._uploads.senders
        from_there = sum(one.network == network for one in senders.values())
        if self._to in senders:
            senders[self._to].hang_up()  # a line that broke in a tunnel: whoever begins anew is the same person
        elif from_there >= FROM_ONE_PLACE:
            raise Crowded
        if len(senders) >= AT_ONCE and not self._uploads.make_room():
            raise Crowded
        self.network, self.began, self._hang_up = network, time.monotonic(), hang_up
        senders[self._to] = self

    async def pass_over(self, _name: str, chunks: AsyncIterable[bytes]) -> Unfit:
        """Read a file that there is no place for, at the pace of the others, so that whoever sends it reads an answer and not a cut line."""
        async for chunk in chunks:
            await self._uploads.pace.keep(len(chunk))
        return "no_room"

    def hang_up(self) -> None:
        """End it, for it is too slow where others wait."""
        self._forgotten()
        self._hang_up()

    def _forgotten(self) -> None:
        if self._uploads.senders.get(self._to) is self:
            del self._uploads.senders[self._to]

    async def take(self, name: str, chunks: AsyncIterable[bytes]) -> Filed | Unfit:
        """Store the file that these make, or say why not; then the rest of them may not have been read."""
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
                self.kept.add(outcome.sha256)  # here, for on leaving a cancellation may come
            return outcome

    def handed_over(self) -> None:
        """A turn has them now: it drops what it does not take."""
        self.kept.clear()

    def end(self) -> None:
        """No more files come, and what came counts by its rows."""
        for share in self._shares:
            share.end(kept=True)
        self._forgotten()

    @property
    def _key(self) -> str:
        return self._uploads.keys.derive(f"network:{self.network}")

    async def _spent(self) -> bool:
        """Whether as much as may come from one address of the network on a day has come."""
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
