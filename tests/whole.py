"""Every test, with every matrix whole: `python -m tests.whole [what pytest takes]`, as `make test-all` does. What came of it stands in docs/reliability.md."""

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.crash.table import PAGE, machine

BEGIN, END = "<!-- make test-all writes from here -->", "<!-- make test-all wrote to here -->"

MORE = {"WHOLE": "1", "PYTEST_PLUGINS": "tests.exercised"}
"""The environment of the run: matrices are whole, and each source file's test is seen to run it."""


def main() -> None:
    """Run them, write what came of it, and end as pytest did."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="whole-") as place:
        report = Path(place) / "report.xml"
        command = [sys.executable, "-m", "pytest", f"--junit-xml={report}", *sys.argv[1:]]
        status = subprocess.run(command, env=os.environ | MORE, check=False).returncode
        if report.exists():
            write(said(report.read_text(encoding="utf-8"), time.monotonic() - began))
    sys.exit(status)


def said(report: str, seconds: float) -> str:
    """What a report in JUnit's form says of a run that took so long, in a paragraph."""
    (suite,) = ET.fromstring(report).iter("testsuite")
    tests, failed, skipped = (int(suite.get(name, "0")) for name in ("tests", "failures", "skipped"))
    failed += int(suite.get("errors", "0"))
    left = f", {skipped} left out" if skipped else ""
    return (
        f"`make test-all` at {_commit()}, {datetime.now(UTC):%Y-%m-%d}: {tests:,} tests in {seconds / 60:.0f} minutes, "
        f"{failed or 'none'} failed{left}. {machine()}."
    )


def write(text: str) -> None:
    """Put it on the page, between the marks."""
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.partition(BEGIN)[0], page.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def _commit() -> str:
    """The commit that was tested, as short as git says it; "a tree without git" where there is none."""
    command = ["git", "describe", "--always", "--dirty"]
    done = subprocess.run(command, cwd=PAGE.parent, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "a tree without git"


if __name__ == "__main__":
    main()
