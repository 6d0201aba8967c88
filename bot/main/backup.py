"""Backups: the database, the files and whatever else is needed, complete and verified, in a folder of their own; made while people write."""

import asyncio
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.main import store
from bot.operations.metrics import built
from bot.settings.secret import KEPT_SECRET
from bot.settings.settings import Settings
from bot.worker import register
from storage.database.database import Database
from storage.erasure import erasures
from storage.files.files import Files, held
from storage.files.store import Away
from storage.migrations import restoring, revision, snapshot
from storage.migrations.programs import Unusable

FORMAT = 1
"""Version of the manifest's format."""
MANIFEST, SUMS, LEDGER, SECRET = "manifest.json", "SHA256SUMS", "erased.jsonl", "secret_key"
ELSEWHERE = "not in here: it comes from SECRET_KEY, keep it with the settings"


@dataclass
class Made:
    """A backup: its folder, how many files it has and shares with the previous one, and what was lost before it could be copied."""

    path: Path
    files: int = 0
    bytes: int = 0
    linked: int = 0
    erased: list[str] = field(default_factory=list)
    """Files whose draft was deleted while the backup was made."""
    lost: list[str] = field(default_factory=list)
    """Files that are gone from the store, and were taken from the previous backup."""
    damaged: list[str] = field(default_factory=list)
    """Files that rows refer to, but that are missing or have changed."""


async def backup(settings: Settings, folder: Path, at: datetime) -> Made:
    """Make a new backup in `folder`, dated `at`. Files that the previous one holds are linked, not copied. Unusable when it cannot be made."""
    database = Database(settings.database_url.get_secret_value())
    files = store.opened(settings, database)
    made = Made(folder / f"samverkansguiden-{at:%Y%m%dT%H%M%SZ}")
    partial = made.path.with_suffix(".partial")
    try:
        _begin(folder, partial)
        taken = await snapshot.take(settings.database_url.get_secret_value(), partial)
        before = next(iter(backups(folder)), None)
        missing = await _copy(made, taken.files, files, partial, before)
        async with database.read() as connection:
            if await restoring.unended(connection):
                raise Unusable(
                    "a restore into the database has not ended, so it is nothing to keep. Restore again, with --force"
                )
            made.damaged = sorted(await held(connection, missing))
            register.write(partial / LEDGER, await erasures.since(connection, erasures.EVER))
        made.erased = sorted(missing - set(made.damaged))
        secret = _keep_secret(settings, partial)
        _describe(partial, made, taken.name, await revision(database), secret, at)
        await asyncio.to_thread(_seal, partial)
        partial.replace(made.path)
        _durable(folder)
    except Away as away:
        raise Unusable(f"the files cannot be read: their store is away ({away})") from None
    except OSError as error:
        raise Unusable(f"the backup cannot be written: {error.strerror}") from None
    finally:
        await database.close()
        shutil.rmtree(partial, ignore_errors=True)
    return made


def _begin(folder: Path, partial: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    partial.mkdir(mode=0o700)


def backups(folder: Path) -> Iterator[Path]:
    """The complete backups in a folder, the latest first."""
    for path in sorted(folder.glob("samverkansguiden-*Z"), reverse=True):
        if (path / MANIFEST).exists():
            yield path


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


async def _copy(made: Made, wanted: frozenset[str], files: Files, to: Path, before: Path | None) -> set[str]:
    """Bring every wanted file into the backup, and read and verify each. Returns those that are missing."""
    missing, lost = set(), await files.lacking(wanted)
    for sha256 in sorted(wanted):
        target = to / "files" / sha256[:2] / sha256[2:]
        target.parent.mkdir(parents=True, exist_ok=True)
        earlier = before / "files" / sha256[:2] / sha256[2:] if before else None
        if await asyncio.to_thread(_linked, earlier, target, sha256):
            made.linked += 1
            made.lost += [sha256] * (sha256 in lost)
        elif not await _copied(files, target, sha256):
            missing.add(sha256)
            continue
        made.files += 1
        made.bytes += target.stat().st_size
    return missing


def _linked(earlier: Path | None, target: Path, sha256: str) -> bool:
    if not earlier or not earlier.exists() or sha256_of(earlier) != sha256:
        return False
    os.link(earlier, target)
    return True


async def _copied(files: Files, target: Path, sha256: str) -> bool:
    async with files.at_hand([sha256]) as there:
        return sha256 in there and await asyncio.to_thread(_verified, there[sha256], target, sha256)


def _verified(source: Path, target: Path, sha256: str) -> bool:
    try:
        shutil.copyfile(source, target)
    except FileNotFoundError:
        return False
    if sha256_of(target) == sha256:
        return True
    target.unlink()
    return False


def _keep_secret(settings: Settings, to: Path) -> str:
    """Copy the secret of an embedded installation; one from the environment is not ours to write down. Returns where it is now."""
    secret = settings.secret_key.get_secret_value()
    if not KEPT_SECRET.exists() or KEPT_SECRET.read_text(errors="replace").strip() != secret:
        return ELSEWHERE
    path = to / SECRET
    path.touch(mode=0o600)
    path.write_text(secret)
    return "in here"


def _describe(to: Path, made: Made, database: str, tables: str, secret: str, at: datetime) -> None:
    manifest = {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "program": built(),
        "tables": tables,
        "database": database,
        "files": made.files,
        "bytes": made.bytes,
        "erased_meanwhile": made.erased,
        "damaged": made.damaged,
        "secret_key": secret,
    }
    (to / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")


def _seal(to: Path) -> None:
    """Write the checksums in the format of `sha256sum -c`, and make sure that everything is on the disk."""
    paths = sorted(path for path in to.rglob("*") if path.is_file())
    lines = [f"{sha256_of(path)}  {path.relative_to(to)}\n" for path in paths]
    (to / SUMS).write_text("".join(lines))
    for path in (*paths, to / SUMS):
        _durable(path)
    _durable(to)


def _durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
