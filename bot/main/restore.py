"""Restore: puts back what a backup holds, except what was deleted after it was made."""

import asyncio
import hashlib
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.main import store
from bot.main.backup import FORMAT, LEDGER, MANIFEST, SUMS, backups, sha256_of
from bot.main.backup_key import key_of
from bot.settings.keys import Keys
from bot.settings.seal import seal_of
from bot.settings.settings import Settings
from bot.worker import register
from storage.cases.chain import Seal
from storage.database.database import Database
from storage.erasure import erasures, kept_shut
from storage.erasure.erasures import Erasure, number
from storage.files import mark
from storage.files.files import Files, all_held
from storage.files.store import Away
from storage.migrations import migrate, restoring, snapshot
from storage.migrations.move import move
from storage.migrations.programs import Unusable
from storage.people import staff


@dataclass
class Restored:
    """What was restored: when the backup was made, how many files, how many rows were deleted again, and who may sign in as a contact person.

    `moved` is how many rows were moved from SQLite to PostgreSQL; None when the backup is of the same kind of database.
    """

    made_at: str
    files: int = 0
    erased: int = 0
    staff: list[str] = field(default_factory=list)
    secret: str = ""
    moved: int | None = None


async def restore(
    settings: Settings, path: Path, at: datetime, force: bool = False, ledgers: tuple[Path, ...] = ()
) -> Restored:
    """Restore a backup in place of an empty database, or of any database with `force`. Unusable when that is impossible; nothing has changed then.

    If it is killed half-way, it leaves either what was there or a database on which nothing starts (storage.restoring) until it is restored.

    What was deleted after the backup is deleted again, dated `at`, as far as it is known: from the ledger (ERASED_LOG), from `ledgers`, from
    later backups beside this one, and from the database that is replaced. Nothing else may be using that database.
    """
    plain = settings.database_url.get_secret_value()
    manifest = await asyncio.to_thread(verified, path)
    for one in ledgers:
        if not one.exists():
            raise Unusable(f"there is no ledger at {one}")
    if not force and not await snapshot.empty(plain):
        raise Unusable("there is something in the database already. To replace it, add --force")
    if not force:
        await _nobody_elses(settings)
    known = await asyncio.to_thread(_known, path, *ledgers)
    known += await _outside(settings)
    known += await _in_place(plain)
    key = key_of(settings, path)
    seal = seal_of(Keys(key.secret, [one.get_secret_value() for one in settings.secret_keys_before]))
    done = Restored(manifest["made_at"], secret=key.said)
    done.moved = await _put_back(plain, path / manifest["database"], seal, restoring.note(known))
    key.keep()
    await snapshot.jump(plain)
    database = Database(plain)
    try:
        await migrate(database, seal, all_stopped=True)
        async with database.write() as connection:
            before = await number(connection)
            in_order = sorted(known, key=lambda one: one.at)
            await erasures.apply(connection, seal, in_order, at)
            done.erased = await number(connection) - before
            await kept_shut.close(connection, seal, in_order, at)
            await erasures.remember(connection, known)
            done.staff = [one.name for one in await staff.active(connection)]
            wanted = await all_held(connection)
        await database.wipe()
        files = store.opened(settings, database)
        done.files = await _files(files, path, wanted)
        await _marked(files)
        async with database.write() as connection:
            await restoring.ended(connection)
    except Away as away:
        raise Unusable(f"the files' store is away ({away}). Restore again, with --force") from None
    finally:
        await database.close()
    return done


async def _nobody_elses(settings: Settings) -> None:
    """Unusable when the store of files bears the mark of a database other than the restored one: an installation may be running on it."""
    there = await mark.found(store.store_of(settings))
    expected = await mark.expected_in(settings.database_url.get_secret_value()) if there else ""
    if there and there != expected:
        raise Unusable(
            "FILES_URL or FILES_DIR is another database's, which may be in use. To try a restore out, name another place for files. "
            "To give this one to the restored database, stop every process of the other and add --force"
        )


def verified(path: Path) -> dict[str, Any]:
    """The manifest of a complete backup. Unusable when anything in the backup is not as it was written."""
    try:
        manifest: dict[str, Any] = json.loads((path / MANIFEST).read_text())
        sums = (path / SUMS).read_text().splitlines()
    except (OSError, ValueError):
        raise Unusable(f"{path} is no backup, or not a whole one") from None
    if manifest.get("format") != FORMAT:
        raise Unusable(f"{path} is of another format: {manifest.get('format')}")
    for line in sums:
        sha256, _space, name = line.partition("  ")
        if not (path / name).is_file() or sha256_of(path / name) != sha256:
            raise Unusable(f"{name} in {path} is damaged")
    return manifest


def _known(path: Path, *ledgers: Path) -> list[Erasure]:
    """The deletions that a backup, the ledgers and the backups beside it know of."""
    beside = (one / LEDGER for one in backups(path.absolute().parent))
    return [one for file in (path / LEDGER, *ledgers, *beside) for one in register.read(file)]


async def _outside(settings: Settings) -> list[Erasure]:
    """The deletions that the register outside the database knows of."""
    try:
        return await store.register_of(settings).read()
    except Away as away:
        raise Unusable(f"FILES_URL: the register of erasures cannot be read, the store is away ({away})") from None


async def _in_place(plain: str) -> list[Erasure]:
    """The deletions that the database about to be replaced knows of, if it can still say."""
    if (path := snapshot.sqlite_path(plain)) and not path.exists():
        return []
    database, found = Database(plain), list[Erasure]()
    try:
        with suppress(Exception):  # it is damaged, or of an older version: the ledgers have to do
            async with database.read() as connection:
                found += await restoring.known(connection)
                found += await erasures.since(connection, erasures.EVER)
    finally:
        await database.close()
    return found


async def _put_back(plain: str, taken: Path, seal: Seal, note: str) -> int | None:
    """Put the database's snapshot in place of what is there. Returns how many rows went from SQLite to PostgreSQL, None otherwise."""
    if snapshot.sqlite_path(plain) is None and taken.suffix == ".sqlite3":
        return await move(plain, taken, seal, note)
    await snapshot.put_back(plain, taken, note)
    return None


async def _files(files: Files, path: Path, wanted: set[str]) -> int:
    number = 0
    for sha256 in sorted(wanted):
        source = path / "files" / sha256[:2] / sha256[2:]
        if source.exists():
            content = await asyncio.to_thread(source.read_bytes)
            if hashlib.sha256(content).hexdigest() != sha256:
                raise Unusable(f"files/{sha256[:2]}/{sha256[2:]} in {path} is damaged")
            if not await _whole(files, sha256):
                await files.store.delete([sha256])
                await files.put(content)
            number += 1
    return number


async def _whole(files: Files, sha256: str) -> bool:
    """Whether the store already has the file, unchanged."""
    async with files.at_hand([sha256]) as there:
        return sha256 in there and await asyncio.to_thread(sha256_of, there[sha256]) == sha256


async def _marked(files: Files) -> None:
    """Mark database and store as belonging together from now on, and no other store with them."""
    files.belongs_by(secrets.token_hex(16))
    async with files.database.write() as connection:
        await mark.renew(connection, files.mark)
    await mark.write(files.store, files.mark, over=True)
