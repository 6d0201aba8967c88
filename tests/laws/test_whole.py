"""What `make test-all` writes of itself, and what the Makefile runs."""

import re
from pathlib import Path

from tests import exercised, whole
from tests.crash.table import PAGE
from tests.reach import QUICK

ROOT = Path(__file__).parent.parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
REPORT = '<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="{skipped}" tests="3500" time="9"/></testsuites>'


def test_a_run_is_told_in_a_paragraph() -> None:
    text = whole.said(REPORT.format(skipped=4), 1234)
    assert re.match(
        r"`make test-all` at \S.*, \d{4}-\d\d-\d\d: 3,500 tests in 21 minutes, 3 failed, 4 left out\. ", text
    )
    assert "cores" in text
    passed = REPORT.replace('errors="1" failures="2"', 'errors="0" failures="0"')
    assert "none failed. " in whole.said(passed.format(skipped=0), 60)


def test_the_last_whole_run_stands_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count(whole.BEGIN) == page.count(whole.END) == 1
    assert page.index(whole.BEGIN) < page.index(whole.END)


def test_the_whole_run_sees_that_each_test_runs_its_source() -> None:
    assert {"WHOLE": "1", "PYTEST_PLUGINS": exercised.__name__} == whole.MORE


def test_quick_looks_where_something_is_quick() -> None:
    (line,) = re.findall(r"^QUICK := (.*)$", MAKEFILE, re.MULTILINE)
    assert line.split() == [f"tests/{one}" for one in QUICK]
    assert all((ROOT / "tests" / one).is_dir() for one in QUICK)


def test_ci_runs_the_readmes_command() -> None:
    assert "make test\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^make test +#", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
