"""A test that fails leaves open what it would have closed behind its last line: that is ended with it, and fails no other test."""

import gc
import os
import signal
import sys
import time
import warnings
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

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

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        """What fixtures have started is theirs to end; what the test itself has started is looked for when it fails."""
        since = ticks()
        try:
            return (yield)
        except BaseException:
            self.started = begun_after(since)
            raise

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Whether any part of the test failed."""
        report = yield
        self.failed |= report.failed
        return report

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
