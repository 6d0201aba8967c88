"""Whoever is measured: processes of its own, on the core that it has to itself, that find a Bot API server and tell it their webhooks."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from yarl import URL

from tests.benchmarks.bare_bot_api import BareBotApi
from tests.house import SECRET
from tests.ports import free_port

ROOT = Path(__file__).parent.parent.parent
CORES = sorted(os.sched_getaffinity(0))
OURS, THEIRS = {CORES[0]}, {CORES[-1]}
"""The core of driver, Bot API server and databases; the core of the contender."""
TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 120
"""Seconds for a start on a busy machine."""
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "LD_PRELOAD", "FLUSH_DELAY_US")


@dataclass(frozen=True)
class Entry:
    """How a contender is started: the module and its arguments, its settings, how many processes of it.

    A script finds BOT_API, TOKEN, PORT and INTERVIEW in its environment; ours has its own names for them.
    """

    name: str
    command: tuple[str, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    processes: int = 1
    echoes: str = ""
    """What it says back instead of asking: "updates" for every update, "texts" for texts, which is then all that it gets."""
    alone: bool = False
    """Whether it measures itself, without any webhook."""
    tree: Path = ROOT
    """Whose modules it runs: this tree's, or an earlier one's."""

    @property
    def ours(self) -> bool:
        """Whether it is the program itself."""
        return self.command[-2:] == ("bot", "serve")


class Contender:
    """The running processes of an entry. `account` is its bot at the Bot API server."""

    def __init__(self, entry: Entry, api: BareBotApi, folder: Path, interview: Path) -> None:
        self.entry, self.folder = entry, folder
        self._token, self.account = api.account()
        self._api, self._interview = api, interview
        self._processes: list[subprocess.Popen[bytes]] = []

    async def start(self) -> None:
        """Start, and wait until each process listens and has told its webhook. RuntimeError, with the log's end, when it does not."""
        self.folder.mkdir(parents=True, exist_ok=True)
        cores = THEIRS if self.entry.processes == 1 else OURS | THEIRS
        for _number in range(self.entry.processes):
            with (self.folder / "log").open("ab") as log:
                process = subprocess.Popen(
                    [sys.executable, "-m", *self.entry.command],
                    cwd=self.folder,
                    env=self._environment(free_port()),
                    stdout=log,
                    stderr=log,
                    preexec_fn=lambda: os.sched_setaffinity(0, cores),  # noqa: PLW1509 - no threads here
                )
            self._processes.append(process)
        until = time.monotonic() + PATIENCE
        while len(self.account.hooks) < self.entry.processes or not await self._listens():
            if time.monotonic() > until or any(process.poll() is not None for process in self._processes):
                raise RuntimeError(f"{self.entry.name} does not start:\n{self.log()}")
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """SIGTERM, and SIGKILL to whoever does not listen."""
        self.signal(signal.SIGTERM)
        for process in self._processes:
            with suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(process.wait, 15)
            process.kill()
            process.wait()

    def signal(self, number: int) -> None:
        """Send a signal to each process."""
        for process in self._processes:
            process.send_signal(number)

    def log(self) -> str:
        """The end of what it has written."""
        return (self.folder / "log").read_text()[-2000:]

    def cpu(self) -> float:
        """Seconds of CPU that it has used so far, user and system."""
        return sum(_cpu(process.pid) for process in self._processes)

    def memory(self) -> float:
        """Megabytes of each process, shared pages by their share (PSS), the mean."""
        return sum(_pss(process.pid) for process in self._processes) / len(self._processes)

    def _environment(self, port: int) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name in PASSED_ON}
        here = f"http://127.0.0.1:{port}"
        always = {"PYTHONPATH": str(self.entry.tree), "PYTHONUNBUFFERED": "1", "PORT": str(port), "HOST": "127.0.0.1"}
        theirs = {"BOT_API": self._api.url, "TOKEN": self._token, "INTERVIEW": str(self._interview)}
        ours = {
            "PUBLIC_URL": here,
            "SECRET_KEY": SECRET,
            "APPLICANTS_BOT_TOKEN": self._token,
            "TELEGRAM_API_URL": self._api.url,
        }
        return inherited | always | (ours if self.entry.ours else theirs) | dict(self.entry.settings)

    async def _listens(self) -> bool:
        for hook in self.account.hooks:
            url = URL(hook)
            try:
                _reader, writer = await asyncio.open_connection(url.host, url.port)
                writer.close()
            except OSError:
                return False
        return True


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _pss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
