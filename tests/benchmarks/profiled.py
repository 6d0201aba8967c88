"""Where a turn's time goes: python -m tests.benchmarks.profiled ours-sqlite. The program under cProfile while the crowd talks to it."""

import asyncio
import pstats
import re
import signal
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.bare_bot_api import BareBotApi
from tests.benchmarks.contender import ROOT, Entry
from tests.benchmarks.entries import entries
from tests.benchmarks.grounds import Grounds
from tests.benchmarks.interview import interview
from tests.benchmarks.measured import Talk
from tests.benchmarks.steps import write

LAUNCHER = "tests.benchmarks.contenders.profiled"
WARM_UP, SECONDS = 2.0, 10.0
Lines = list[tuple[str, float]]


def profiled(entry: Entry) -> tuple[Lines, Lines]:
    """Where the time went, as shares of the whole: by package, and the functions that took most by themselves."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "profile"
        asyncio.run(_talked(replace(entry, command=(LAUNCHER, str(file), *entry.command)), Path(folder)))
        stats = pstats.Stats(str(file)).stats  # type: ignore[attr-defined]
    functions: Counter[str] = Counter()
    packages: Counter[str] = Counter()
    for (path, _line, name), (_calls, _primitive, own, _whole, _callers) in stats.items():
        if name != "<method 'poll' of 'select.epoll' objects>":
            functions[f"{_file(path)}: {name}"] += own
            packages[_package(path)] += own
    whole = sum(packages.values())
    return (
        [(name, own / whole) for name, own in packages.most_common(12)],
        [(name, own / whole) for name, own in functions.most_common(20)],
    )


async def _talked(entry: Entry, folder: Path) -> None:
    api, steps = BareBotApi(), await asyncio.to_thread(interview)
    await api.start()
    write(steps, folder / "interview.json")
    talk = Talk(entry, api, folder, steps)
    try:
        await talk.start()
        await talk.crowd.begin()
        await talk.crowd.wait(WARM_UP)
        talk.contender.signal(signal.SIGUSR1)
        await talk.crowd.wait(SECONDS)
        talk.contender.signal(signal.SIGUSR2)
        await talk.crowd.pause()
    finally:
        await talk.stop()
        await api.stop()


def _package(path: str) -> str:
    if found := re.search(r"site-packages/(\w+)", path):
        return found[1]
    return Path(path).relative_to(ROOT).parts[0] if path.startswith(f"{ROOT}/") else "Python itself"


def _file(path: str) -> str:
    """Where a function stands, without the machine's folders."""
    return "C" if path == "~" else re.sub(r".*(site-packages|lib/python3\.\d+)/", "", path).removeprefix(f"{ROOT}/")


def main() -> None:
    """Print both lists."""
    grounds = Grounds()
    try:
        for lines in profiled(entries([sys.argv[1] if sys.argv[1:] else "ours-sqlite"], grounds)[0]):
            print("\n".join(f"{share:6.1%}  {name}" for name, share in lines), end="\n\n")
    finally:
        grounds.close()


if __name__ == "__main__":
    main()
