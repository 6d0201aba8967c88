"""A test that fails leaves open what it would have closed behind its last line: that is ended with it, and fails no other test."""

import gc
import os
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

TICKS = os.sysconf("SC_CLK_TCK")
"""A second, in the unit in which the system says when a process began."""


def ticks() -> int:
    """How long the system has been up."""
    return int(time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)) * TICKS)


def begun_after(since: int) -> set[int]:
    """The processes that this one has started since then (to a hundredth of a second), where the system says so (Linux). See proc(5), stat."""
    mine = set[int]()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            parent, began = int(fields[1]), int(fields[19])
            if parent == os.getpid() and began >= since:
                mine.add(int(stat.parent.name))
    return mine


class LeftBehind:
    """A pytest plugin. Whoever forgets to close something in a test that passes is told by a ResourceWarning, as ever."""

    def __init__(self) -> None:
        self.failed = False
        self.started: set[int] = set()
        self.before: set[threading.Thread] = set()
        self.threads: dict[threading.Thread, str] = {}
        """Those that tests which failed have left, by the test."""
        self.raised: list[str] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionstart(self) -> Generator[None]:
        """What a thread raises is the next test's to answer for, but not when a test that failed has left the thread."""
        yield
        told = threading.excepthook

        def raised(given: threading.ExceptHookArgs) -> None:
            test = self.threads.get(given.thread) if given.thread else None
            if test is None:
                told(given)
            else:
                said = "".join(traceback.format_exception_only(given.exc_type, given.exc_value)).strip()
                self.raised.append(f"{test} has left a thread that raised {said}")

        threading.excepthook = raised

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        """What fixtures have started is theirs to end; what the test itself has started is looked for when it fails."""
        since, self.before = ticks(), set(threading.enumerate())
        try:
            return (yield)
        except BaseException:
            self.started = begun_after(since)
            raise

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Whether any part of the test failed. A timer that it has left is stopped; what its threads have raised by now stands in its report."""
        if call.excinfo and call.when == "call":
            self._keep_threads(item.nodeid)
        report = yield
        self.failed |= report.failed
        if report.failed and self.raised:
            report.sections.append(("left behind", "\n".join(self.raised)))
            self.raised.clear()
        return report

    def _keep_threads(self, test: str) -> None:
        """Note whose they are. Those that have come to their end before are forgotten."""
        self.threads = {thread: whose for thread, whose in self.threads.items() if thread.is_alive()}
        for thread in set(threading.enumerate()) - self.before:
            self.threads[thread] = test
            if isinstance(thread, threading.Timer):
                thread.cancel()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        """After the last word of a test that failed, end what it has left."""
        self.failed, self.started = False, set()
        done = yield
        if self.failed:
            for child in self.started & begun_after(0):
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            # The last failure's frames are kept for a debugger, and with them what stands in their variables.
            sys.last_type = sys.last_value = sys.last_traceback = None
            self._collect()
        return done

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A worker says what is not told yet."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["left_behind"] = self.raised

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Hear it from a worker that ends."""
        self.raised += getattr(node, "workeroutput", {}).get("left_behind", [])

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """What threads have raised after their tests were told of."""
        if self.raised:
            terminalreporter.section("left behind")
        for one in self.raised:
            terminalreporter.line(one)

    @staticmethod
    def _collect() -> None:
        """Sockets, sessions and loops go now, not in the middle of somebody else's test, and say nothing of it."""
        hook, sys.unraisablehook = sys.unraisablehook, lambda _unraisable: None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                while gc.collect():
                    pass
        finally:
            sys.unraisablehook = hook
