"""What processes and folders weigh."""

import os
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")


def memory(pids: Iterable[int]) -> int:
    """Bytes of memory of these processes and their children, what several share counted once (PSS, Linux); 0 where the system does not say."""
    return sum(_of(pid) for pid in _family(pids))


def _family(pids: Iterable[int]) -> list[int]:
    found, left = [], list(pids)
    while left:
        pid = left.pop()
        found.append(pid)
        for children in (PROC / str(pid) / "task").glob("*/children"):
            left += [int(child) for child in _read(children).split()]
    return found


def _of(pid: int) -> int:
    lines = _read(PROC / str(pid) / "smaps_rollup").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has just ended
        return ""


def folder(path: Path) -> int:
    """Bytes of the files below it, as the disk holds them."""
    whole = 0
    for place, _folders, names in os.walk(path):
        for name in names:
            try:
                whole += (Path(place) / name).stat().st_size
            except FileNotFoundError:  # it has just gone
                continue
    return whole
