"""The program as it really runs: a process of its own, that can be killed and started again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryFile

import httpx

from tests.ports import free_port
from tests.process.nursery import NURSERY, Born, forks

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60
"""Seconds for a start on a busy machine."""


class Program:
    """`python -m bot <command>` with these settings, in a directory of its own. `log` is everything it has written."""

    alone = False
    """Whether it imports everything itself whatever it costs: where its memory is weighed."""

    def __init__(self, directory: Path, command: str = "serve", **settings: str) -> None:
        self.directory, self.command = directory, command
        self.port = int(settings.setdefault("PORT", str(free_port())))
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name in ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")
        }
        always = {"HOST": "127.0.0.1", "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        # The tests run at any hour, and on Sundays.
        no_hours = {"QUIET_FROM": "", "QUIET_TO": "", "DIGEST_HOUR": ""}
        self.environment = inherited | always | no_hours | settings
        self._log = directory / f"{command}-{self.port}.log"
        self._process: subprocess.Popen[bytes] | Born | None = None

    @property
    def module(self) -> tuple[str, ...]:
        """What is run, before the command."""
        return ("bot",)

    @property
    def url(self) -> str:
        """Where its web is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What it has said, to standard output and error."""
        return self._log.read_text() if self._log.exists() else ""

    def start(self) -> "Program":
        """Start, and wait until it answers: the web, or a worker's METRICS_PORT (a worker without has nothing that answers)."""
        self.begin()
        port = self.environment.get("METRICS_PORT", "") if self.command == "worker" else self.port
        if port:
            self._wait(f"http://127.0.0.1:{port}/healthz")
        return self

    def begin(self) -> None:
        """Start, and wait for nothing."""
        with self._log.open("ab") as log:
            if not self.alone and forks(self.environment):
                module = (*self.module, self.command)
                self._process = NURSERY.born(module, self.directory, self.environment, log, log)
                return
            self._process = subprocess.Popen(
                [sys.executable, "-m", *self.module, self.command],
                cwd=self.directory,
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    @property
    def started(self) -> bool:
        """Whether it ever was."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process is not None
        return self._process.pid

    @property
    def ended(self) -> int | None:
        """Its exit status, or None while it runs."""
        assert self._process is not None
        return self._process.poll()

    def _wait(self, healthy: str) -> None:
        last = time.monotonic() + PATIENCE
        while time.monotonic() < last:
            assert self._process is not None
            assert self._process.poll() is None, self.log
            try:
                if httpx.get(healthy, timeout=5, verify=False).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise TimeoutError(self.log)

    def kill(self) -> None:
        """SIGKILL: no time for any last word."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def signal(self, number: int) -> None:
        """Send a signal, and wait for nothing."""
        assert self._process is not None
        self._process.send_signal(number)

    def stop(self) -> int:
        """SIGTERM, and the exit status."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=40)

    def ends(self) -> int:
        """Its exit status, once it has ended by itself."""
        assert self._process is not None
        return self._process.wait(timeout=PATIENCE)

    def run(self, *arguments: str) -> str:
        """Run another command with the same settings to its end; what it printed. subprocess.CalledProcessError when it fails."""
        done = self.ended_by(*arguments)
        done.check_returncode()
        return done.stdout

    def ended_by(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """The same with `more` settings, however it ends."""
        environment = self.environment | more
        if forks(environment):
            with TemporaryFile() as out, TemporaryFile() as error:
                one = NURSERY.born((*self.module, *arguments), self.directory, environment, out, error)
                status = one.wait()
                for file in (out, error):
                    file.seek(0)
                return subprocess.CompletedProcess(arguments, status, out.read().decode(), error.read().decode())
        return subprocess.run(
            [sys.executable, "-m", *self.module, *arguments],
            cwd=self.directory,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
