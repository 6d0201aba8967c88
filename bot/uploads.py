"""The door for files: what they are is read from their content, never from their name; nothing is stored that cannot be walked, or that there is no room for."""

import errno
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import PurePath

import filetype

from bot.pictures import WALKED, Unreadable, rewrite
from bot.quota import Quotas, Share
from dialogs.events import Filed, Unfit
from dialogs.kinds.files import BIGGEST
from dialogs.words import cleaned
from storage.arriving import Arriving
from storage.database import Database
from storage.files import Files
from storage.people import Address

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

    def __init__(self, database: Database, files: Files) -> None:
        self.database, self.files, self.quotas = database, files, Quotas(database, files)
        self.senders: dict[Address, str] = {}
        """Who is sending a form with files, and from which address of the network."""

    @asynccontextmanager
    async def form(self, to: Address) -> AsyncIterator["Form"]:
        """Files that come together, from one address. Those that no turn was given are gone on leaving."""
        form = Form(self, to)
        try:
            yield form
        finally:
            form.end()
            if form.kept:
                async with self.database.write() as connection:
                    await self.files.drop(connection, form.kept)


class Form:
    """Files that come together: a form on the web, an album."""

    def __init__(self, uploads: Uploads, to: Address) -> None:
        self._uploads, self._to, self._begun = uploads, to, False
        self._shares: list[Share] = []
        self.kept: set[str] = set()
        """The SHA-256 of files that lie in the store and that no turn was given yet."""

    def begin(self, network: str) -> None:
        """Files are about to come, from this address of the network. Crowded, before any of them is read, when too many do."""
        senders = self._uploads.senders
        from_there = sum(one == network for one in senders.values())
        if self._to in senders or len(senders) >= AT_ONCE or from_there >= FROM_ONE_PLACE:
            raise Crowded
        senders[self._to] = network
        self._begun = True

    async def take(self, name: str, chunks: AsyncIterable[bytes]) -> Filed | Unfit:
        """Store the file that these make, or say why not; then the rest of them may not have been read."""
        share = await self._uploads.quotas.share(self._to)
        outcome: Filed | Unfit = "damaged"
        try:
            outcome = await self._taken(name, chunks, share)
        except OSError as error:
            if error.errno not in FULL:
                raise
            outcome = "no_room"
        finally:
            if isinstance(outcome, Filed):
                self.kept.add(outcome.sha256)
                self._shares.append(share)
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
                if trouble := share.come(len(chunk)):
                    return trouble
                await arriving.write(chunk)
            return await admit(self._uploads.files, name, arriving)

    def handed_over(self) -> None:
        """A turn has them now: it drops what it does not take."""
        self.kept.clear()

    def end(self) -> None:
        """No more files come, and what came counts by its rows."""
        for share in self._shares:
            share.end(kept=True)
        if self._begun:
            del self._uploads.senders[self._to]
