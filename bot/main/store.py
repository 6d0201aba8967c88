"""The store of files that the settings name, and whether it is this installation's. Law: no process serves from another store, or sweeps it."""

import asyncio
import logging
import os
import stat
import tempfile
import time
from pathlib import Path

from bot.settings import disk
from bot.settings.clock import Clock
from bot.settings.settings import Settings
from bot.worker.register import InFile, InStore, Register
from storage.database.database import Database
from storage.files import mark
from storage.files.files import ABOUT, Files, clear
from storage.files.folder import Folder
from storage.files.store import Away, Store
from storage.migrations.programs import Unusable

log = logging.getLogger(__name__)
AGAIN = 5.0
"""Seconds between two attempts to reach the store at the start."""
ANOTHERS = (
    "FILES_URL or FILES_DIR ({where}) belongs to another database: its mark is not of this one. "
    "Name the right DATABASE_URL, restore a backup into this one, or name an empty place, without a file called `mark`"
)
OURS = ". If every process of the other one is stopped for good: write {mark} into that file, and start again"
NONE = (
    "FILES_URL or FILES_DIR ({where}) holds none of the files that the database names. Bring back the disk or bucket, or restore a backup. "
    "If they are lost for good: write {mark} into a file called `mark` in it, and start again"
)
LOST = (
    "FILES_URL or FILES_DIR ({where}) is not the one that the database knows: it {seen}. "
    "Bring back the disk or bucket, or restore a backup. If they are lost for good: write {mark} into a file called `mark` in it"
)


def opened(settings: Settings, database: Database) -> Files:
    """The files, where the settings say. The library for object storage is imported only when they lie there."""
    return Files(database, store_of(settings))


def store_of(settings: Settings) -> Store:
    """The store that the settings name."""
    if not settings.objects:
        return Folder(settings.files_dir)
    from storage.files.objects import Objects

    return Objects(settings.objects, _scratch(), settings.objects_known)


def _scratch() -> Path:
    """A folder for files in transit, under the system's temporary one (TMPDIR). Unusable unless it is ours alone."""
    path = Path(tempfile.gettempdir()) / f"samverkansguiden-{os.getuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    known = path.lstat()
    if not stat.S_ISDIR(known.st_mode) or known.st_uid != os.getuid() or known.st_mode & 0o077:
        raise Unusable(f"{path} is not a folder of ours alone. Remove it, or name another TMPDIR")
    return path


def register_of(settings: Settings) -> Register:
    """The register outside the database in which erasures are written down."""
    return InStore(store_of(settings)) if settings.erased_in_store else InFile(settings.erased_log)


async def belongs(files: Files, settings: Settings, clock: Clock) -> None:
    """Make sure that the store is this installation's; a new one is marked. Unusable says what is wrong, and what to do.

    We wait for a store that is away, as long as for the database. The log warns of files on a disk that the next deploy would wipe.
    """
    for line in disk.told(settings):
        log.warning("%s", line)
    clear(files.store.scratch, (clock.here() - ABOUT).timestamp())
    last = time.monotonic() + settings.database_wait_seconds
    while True:
        try:
            files.belongs_by(await _agreed(files))
        except Away as away:
            if time.monotonic() >= last:
                raise Unusable(f"FILES_URL: the store cannot be reached ({away})") from None
            log.warning("FILES_URL: waiting for the store: %s", away)
            await asyncio.sleep(AGAIN)
        else:
            return


async def _agreed(files: Files) -> str:
    """The mark that database and store share; if one of them has none, it gets the other's."""
    store = files.store
    async with files.database.read() as connection:
        expected, rows = await mark.expected(connection), await mark.latest(connection)
    there = await mark.found(store)
    if expected and there == expected:
        return expected
    ours = bool(rows) and len(await store.lacking(rows)) < len(rows)
    if not expected:
        return await _first(files, there, ours, empty=not rows)
    if there or not ours:
        raise Unusable(_lost(store, there, expected))
    await mark.write(store, expected)
    return await _both(files, expected)


async def _first(files: Files, there: str, ours: bool, empty: bool) -> str:
    """Like _agreed, for a database without a mark. It first chooses a word, writes that to the store, and accepts only a mark that begins with it."""
    store = files.store
    async with files.database.write() as connection:
        word = await mark.word(connection)
    if not there and not ours and not empty:
        raise Unusable(NONE.format(where=store.where, mark=word))
    if not there:
        await mark.write(store, mark.fresh(word))
        there = await mark.found(store)
    if not there.startswith(word):
        raise Unusable((ANOTHERS + (OURS if ours else "")).format(where=store.where, mark=word))
    async with files.database.write() as connection:
        await mark.expect(connection, there)
    async with files.database.read() as connection:
        expected = await mark.expected(connection)
    return await _both(files, expected)


async def _both(files: Files, expected: str) -> str:
    """The mark that the database expects, once the store has it. Unusable when another process, with another database or store, was quicker."""
    if (there := await mark.found(files.store)) != expected:
        raise Unusable(_lost(files.store, there, expected))
    return expected


def _lost(store: Store, there: str, expected: str) -> str:
    seen = "has another mark" if there else "has no mark"
    return LOST.format(where=store.where, seen=seen, mark=expected)
