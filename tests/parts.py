"""How long each part of the tests took, and what was left out: said at the end of each run."""

from collections import defaultdict

import pytest

from tests.browser import found


class Parts:
    """A pytest plugin that adds up what each folder below tests/ took."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.tests: defaultdict[str, int] = defaultdict(int)
        self.left_out = 0

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Without a Chromium the browser tests are left out, and that is said."""
        if not any(item.get_closest_marker("browser") for item in items) or found():
            return
        browser = [item for item in items if item.get_closest_marker("browser")]
        self.left_out = len(browser)
        config.hook.pytest_deselected(items=browser)
        items[:] = [item for item in items if item not in browser]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up setup, call and teardown."""
        part = report.nodeid.split("/")[1]
        self.seconds[part] += report.duration
        self.tests[part] += report.when == "call"

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """A line a part."""
        terminalreporter.section("parts")
        for part, seconds in sorted(self.seconds.items(), key=lambda one: -one[1]):
            terminalreporter.line(f"{part:<14} {self.tests[part]:>4} tests  {seconds:6.1f} s")
        if self.left_out:
            terminalreporter.line(
                f"LEFT OUT: {self.left_out} browser tests, because there is no Chromium here (apt install chromium, or set CHROMIUM)",
                red=True,
            )
