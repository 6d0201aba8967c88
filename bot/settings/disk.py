"""Disks that do not last: what is stored in a container's own layers, in memory, or on a host that keeps no disk, is gone after a deploy."""

from collections.abc import Collection
from pathlib import Path

from bot.settings.secret import KEPT_SECRET
from bot.settings.settings import Settings, hosts
from storage.migrations.snapshot import sqlite_path

MOUNTS = Path("/proc/self/mountinfo")
"""What is mounted where for this process (proc(5)). Not every system has it."""
NOT_LASTING = frozenset(("overlay", "aufs", "tmpfs", "ramfs", "rootfs"))
"""File systems of a container's own layers, and of memory."""


def passing(path: Path, mounts: str, on: Collection[str]) -> str:
    """Why the disk at an absolute path will be lost, or "". `mounts` is a mountinfo; `on` names the marks of hosts that keep no disk (PASSING)."""
    if on:
        return f"this host ({', '.join(on)}) keeps no disk"
    where, kind = "", ""
    for line in mounts.splitlines():
        before, _dash, after = line.partition(" - ")
        at = before.split(" ")[4].encode().decode("unicode_escape") if before.count(" ") > 3 else ""
        # A later mount at the same place hides the earlier one.
        if at and path.is_relative_to(at) and len(at) >= len(where):
            where, kind = at, after.partition(" ")[0]
    return f"it is a file system of the kind {kind}, at {where}" if kind in NOT_LASTING else ""


def told(settings: Settings) -> list[str]:
    """One line for each thing that would be lost."""
    mounts = MOUNTS.read_text(errors="replace") if MOUNTS.exists() else ""
    kept = KEPT_SECRET.exists() and KEPT_SECRET.read_text(errors="replace").strip()
    lying = {
        "The files": None if settings.objects else settings.files_dir,
        "SECRET_KEY": KEPT_SECRET if kept == settings.secret_key.get_secret_value() else None,
        "The database": sqlite_path(settings.database_url.get_secret_value()),
        "The register of erasures": None if settings.erased_in_store else settings.erased_log,
    }
    return [
        f"{what} would be lost with the next deploy: {path} lies on a disk that does not last, {why}"
        for what, path in lying.items()
        if path and (why := passing(path.absolute(), mounts, hosts()))
    ]
