"""How long each part of the tests took, and what was left out: said at the end of each run."""

import os
import time
from collections import defaultdict
from typing import Any

import pytest

from tests.browser import found
from tests.reach import folder
from tests.spread import left_to_the_other


class Parts:
    """A pytest plugin that adds up what each folder below tests/ took, in all workers together, and says how long the run took."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.tests: defaultdict[str, int] = defaultdict(int)
        self.left_out = 0
        self.on_the_other = 0
        self.workers = 0
        self._began = time.monotonic()

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Without a Chromium the browser tests are left out, and that is said."""
        if not any(item.get_closest_marker("browser") for item in items) or found():
            return
        browser = [item for item in items if item.get_closest_marker("browser")]
        self.left_out = len(browser)
        config.hook.pytest_deselected(items=browser)
        items[:] = [item for item in items if item not in browser]

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Count what is left to the other database."""
        self.on_the_other += sum(map(left_to_the_other, items))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up setup, call and teardown."""
        part = folder(report.nodeid)
        self.seconds[part] += report.duration
        self.tests[part] += report.when == "call"

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A worker says what it left out."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput |= {"left_out": self.left_out, "on_the_other": self.on_the_other}

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Hear it from a worker that ends; they have all left out the same."""
        self.workers += 1
        said = getattr(node, "workeroutput", {})
        self.left_out = max(self.left_out, said.get("left_out", 0))
        self.on_the_other = max(self.on_the_other, said.get("on_the_other", 0))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """A line a part, and one for all."""
        terminalreporter.section("parts")
        for part, seconds in sorted(self.seconds.items(), key=lambda one: -one[1]):
            terminalreporter.line(f"{part:<14} {self.tests[part]:>4} tests  {seconds:6.1f} s")
        beside = f", {self.workers} workers side by side" if self.workers else ""
        spent = os.times()
        terminalreporter.line(
            f"{sum(self.tests.values()):,} tests in {time.monotonic() - self._began:.0f} s{beside}, on {os.cpu_count()} processors"
            f" of which they took {sum(spent[:4]):.0f} s"
        )
        if self.on_the_other:
            terminalreporter.line(
                f"{self.on_the_other} tests ran on one of the two databases; make test-all runs them on both"
            )
        if self.left_out:
            terminalreporter.line(
                f"LEFT OUT: {self.left_out} browser tests, because there is no Chromium here (apt install chromium-headless-shell, or set CHROMIUM)",
                red=True,
            )
