"""A disk that can be full: a small tmpfs where the machine lets us mount one, else a limit on the size of a process's files."""

import os
import resource
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

SIZE, OF_A_SERVER = 64 * 2**20, 512 * 2**20
"""Bytes of the tmpfs: enough for a storm, soon full; and with a whole database server on it."""


class Disk:
    """A directory, `path`. `real` says whether it is a file system of its own, which really fills (ENOSPC); without, files grow no more (EFBIG)."""

    def __init__(self, path: Path, size: int = SIZE) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", path], capture_output=True, check=False
        )
        self.real = mounted.returncode == 0

    def fill(self, processes: Iterable[int]) -> None:
        """From now on nothing more fits; `processes` are those that write there."""
        if not self.real:
            largest = max((file.stat().st_size for file in self.path.rglob("*") if file.is_file()), default=0)
            self._limit(processes, largest)
            return
        with suppress(OSError), (self.path / "ballast").open("ab", buffering=0) as ballast:
            room = os.statvfs(self.path)
            with suppress(OSError):  # somebody else may have taken some of it
                os.posix_fallocate(ballast.fileno(), 0, room.f_bavail * room.f_frsize)
            ballast.seek(0, os.SEEK_END)
            for size in (2**16, 2**12, 1):
                with suppress(OSError):
                    while ballast.write(b"\0" * size):
                        pass

    def free(self, processes: Iterable[int]) -> None:
        """There is room again."""
        if self.real:
            (self.path / "ballast").unlink(missing_ok=True)
        else:
            self._limit(processes, resource.RLIM_INFINITY)

    def close(self) -> None:
        """Give it back."""
        if self.real:
            subprocess.run(["umount", "-l", self.path], capture_output=True, check=False)

    def _limit(self, processes: Iterable[int], size: int) -> None:
        for pid in processes:
            with suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
