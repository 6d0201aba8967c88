"""What the people of the tests write, and both bots' tokens: found in no log, no metric, no address and no error page of the whole run."""

import logging
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import generate_latest

from bot.operations import metrics
from bot.operations.logs import OURS, Redacting, frames
from bot.operations.logs import _said as said

APPLICANTS_TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
STAFF_TOKEN = "220302654:BBIeqUdwDI2wHXKygTfpgTBt1L6QBMEtbx2"
PLANTED: dict[str, tuple[str, ...]] = {
    "a name": ("Sara Ali", "Kim Berg", "Amal Haddad"),
    "an e-mail address": ("sara@malmo.se", "kim@example.se"),
    "a phone number": ("070-123 45 67", "+46701234567", "070-174 06 35", "+46701740635"),
    "an answer": ("A square for everyone", "Trees, benches and light", "Dark in the evening", "Torgets vänner"),
    "the applicants' bot's token": (APPLICANTS_TOKEN,),
    "the contact persons' bot's token": (STAFF_TOKEN,),
}
"""What is said of a finding is the kind alone."""
MOST = 20
"""Findings that are told."""


class Planted:
    """A pytest plugin that reads every log record as it is made, and at the end the logs of the processes that were started."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.test = ""
        self._make: Callable[..., logging.LogRecord] = logging.getLogRecordFactory()
        self._reading = False

    def look(self, where: str, text: str) -> None:
        """Note what of the planted is in a text."""
        for kind, values in PLANTED.items():
            if any(value in text for value in values):
                self.found.append(f"{kind} in {where}, during {self.test or 'the beginning'}")

    def pytest_sessionstart(self) -> None:
        """From now on every record is read, whatever handlers a test puts up."""
        logging.setLogRecordFactory(self._read)
        for name in OURS:
            logging.getLogger(name).setLevel(logging.INFO)

    def _read(self, *args: object, **named: object) -> logging.LogRecord:
        record = self._make(*args, **named)
        if record.name and not self._reading:  # a copy of a record begins without a name
            self._reading = True
            try:
                self._look_into(record)
            finally:
                self._reading = False
        return record

    def _look_into(self, record: logging.LogRecord) -> None:
        # What we log ourselves has to need no redacting; a library's lines are redacted, and a test's are its own.
        if record.name.partition(".")[0] in OURS:
            error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
            self.look(f"the log of {record.name}", said(record) + (frames(error) if error else ""))
        elif not record.name.startswith("tests"):
            line = copy(record)
            Redacting().filter(line)
            self.look(f"the log of {record.name}", f"{line.msg} {getattr(line, 'where', '')}")

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Which test it is."""
        self.test = nodeid

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Read what is left to be read; the run has failed when anything was found."""
        logging.setLogRecordFactory(self._make)
        self.look("the metrics", generate_latest(metrics.REGISTRY).decode())
        self.test = "the run"
        made = getattr(session.config, "_tmp_path_factory", None)
        for log in sorted(made.getbasetemp().rglob("*.log")) if made else ():
            self.look(f"the log of a process ({Path(log).parent.name})", log.read_text(errors="replace"))
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["planted"] = self.found
        if self.found:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Hear from a worker that ends what it has found."""
        self.found += getattr(node, "workeroutput", {}).get("planted", [])

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was found where."""
        if self.found:
            terminalreporter.section("planted values were found")
            for line in list(dict.fromkeys(self.found))[:MOST]:
                terminalreporter.line(line, red=True)


PLUGIN = Planted()
"""The one of this run: where else there is something to read, it is asked to `look`."""
