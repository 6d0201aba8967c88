"""Where the tests' processes of the program come from: an interpreter that has imported everything once, and forks.

A process that comes from here is one of its own, with its own settings, folder, log and end; what it does not do anew is to import, which takes
longer than most of what is tested then. `python -m bot` itself is started where the start is what is tested, outside of pytest, on anything
but Linux, and everywhere with WHOLE=1 (`make test-all`).
"""

import atexit
import gc
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from runpy import run_module
from typing import IO

from tests.spread import WHOLE

ROOT = Path(__file__).parent.parent.parent
LARGEST = 1_000_000
"""Bytes of what is asked."""


def forks(environment: dict[str, str]) -> bool:
    """Whether a process with these variables comes from here: its interpreter would be the same as this one's nursery."""
    same = all(environment.get(name) == os.environ.get(name) for name in ("LANG", "HOME", "VIRTUAL_ENV"))
    here = sys.platform == "linux" and "PYTEST_VERSION" in os.environ and not WHOLE
    return here and same and environment.get("PYTHONPATH") == str(ROOT)


class Born:
    """A process of the nursery, as one of `subprocess.Popen` as far as it goes."""

    def __init__(self, line: socket.socket, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._line, self._lock = line, threading.Lock()

    def poll(self) -> int | None:
        """The exit status, -9 after SIGKILL; None while it runs."""
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit status, once it has ended. subprocess.TimeoutExpired after `timeout` seconds."""
        last = None if timeout is None else time.monotonic() + timeout
        while (status := self._look(0.5 if last is None else min(0.5, max(0, last - time.monotonic())))) is None:
            if last is not None and time.monotonic() >= last:
                raise subprocess.TimeoutExpired("bot", timeout or 0)
        return status

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def _look(self, seconds: float) -> int | None:
        with self._lock:
            if self.returncode is None:
                self._line.settimeout(seconds)
                with suppress(BlockingIOError, TimeoutError):
                    self.returncode = int(self._line.recv(20) or b"-9")  # the nursery itself was killed
                    self._line.close()
            return self.returncode


class Nursery:
    """The one of this run: started when the first process is wanted, ended with the interpreter."""

    def __init__(self) -> None:
        self._place = "/nowhere"
        self._lock = threading.Lock()

    def born(
        self, module: Sequence[str], directory: Path, environment: dict[str, str], out: IO[bytes], error: IO[bytes]
    ) -> Born:
        """`python -m <module and its arguments>` in this directory with these variables, which writes to `out` and `error`."""
        line = self._line()
        asked = json.dumps({"module": module, "directory": str(directory), "environment": environment}).encode()
        socket.send_fds(line, [asked], [out.fileno(), error.fileno()])
        return Born(line, int(line.recv(20)))

    def _line(self) -> socket.socket:
        """A line to the nursery. It is begun anew if it has ended, which it does with a failing test that it was begun in."""
        with self._lock:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with suppress(ConnectionRefusedError, FileNotFoundError):
                line.connect(self._place)
                return line
            self._begin()
            line.connect(self._place)
            return line

    def _begin(self) -> None:
        self._place = f"{tempfile.mkdtemp(prefix='nursery-')}/s"
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        listening.bind(self._place)
        listening.listen(64)
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "tests.process.nursery", str(listening.fileno())]
        nursery = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, pass_fds=[listening.fileno()])
        listening.close()
        atexit.register(nursery.communicate)  # it ends when nobody holds its standard input any more


NURSERY = Nursery()


MODULES = (
    "bot.__main__",
    "bot.mail.connect",
    "bot.speech.numbered",
    "bot.telegram.applicants",
    "bot.telegram.connect",
    "bot.telegram.contact_persons",
    "bot.telegram.listening",
    "bot.telegram.webhook",
    "bot.web.application",
    "email_validator",
    "storage.files.objects",
)
"""What the program imports, at its start and where a setting asks for it. None of it starts a thread, which a fork would lose."""


def imports() -> None:
    """Everything that a process would import, the languages, and the templates of the pages."""
    for name in MODULES:
        import_module(name)
    from bot.speech.catalogs import languages, say, unreviewed
    from bot.speech.offered import lagging
    from bot.web.pages.pages import Pages
    from dialogs.applicants.where import House
    from dialogs.language.words import _

    unreviewed()
    lagging()
    for code in languages():
        say(_("Language"), code)
    pages = Pages(House({}, "")).environment
    for name in pages.list_templates():
        pages.get_template(name)
    assert threading.active_count() == 1


def _brings_up(listening: socket.socket) -> dict[str, object]:
    """Fork whoever is asked for, and say how each ended, until standard input ends; in a fork, return what it is to be."""
    awake, woken = socket.socketpair()
    awake.setblocking(False)
    signal.set_wakeup_fd(awake.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    waiting = selectors.DefaultSelector()
    for one in (listening, woken, sys.stdin):
        waiting.register(one, selectors.EVENT_READ)
    lines: dict[int, socket.socket] = {}
    while True:
        for key, _events in waiting.select():
            if key.fileobj is sys.stdin:
                os._exit(0)
            if key.fileobj is woken:
                woken.recv(100)
                _buries(lines)
                continue
            line, _address = listening.accept()
            asked, descriptors, _flags, _from = socket.recv_fds(line, LARGEST, 2)
            if not (pid := os.fork()):
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                waiting.close()
                for one in (*lines.values(), line, listening, awake, woken):
                    one.close()
                _takes(descriptors)
                wanted: dict[str, object] = json.loads(asked)
                return wanted
            for one in descriptors:
                os.close(one)
            lines[pid] = line
            with suppress(OSError):  # whoever asked has ended
                line.send(str(pid).encode())


def _takes(descriptors: Sequence[int]) -> None:
    """Standard output and error are these from now on."""
    for number, one in enumerate(descriptors, 1):
        os.dup2(one, number)
        os.close(one)


def _buries(lines: dict[int, socket.socket]) -> None:
    """Tell of everybody who has ended."""
    while lines:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        with lines.pop(pid) as line, suppress(OSError):
            line.send(str(os.waitstatus_to_exitcode(status)).encode())


def _becomes(wanted: dict[str, object]) -> None:
    """Be `python -m` what is wanted from now on."""
    environment, directory, module = (wanted[name] for name in ("environment", "directory", "module"))
    assert isinstance(environment, dict)
    assert isinstance(module, list)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.chdir(str(directory))
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.path[0] = str(directory)
    sys.argv = module
    sys.modules.pop(f"{module[0]}.__main__", None)  # it is run now, not imported
    run_module(module[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    imports()
    gc.collect()
    gc.freeze()
    _becomes(_brings_up(socket.socket(fileno=int(sys.argv[1]))))
