"""What is written for people to read stands in lines that a difference can show. Rows of tables are as long as they are."""

from pathlib import Path

import pytest

from tests.laws.sources import ROOT

WRITTEN_BY_PROGRAMS = {"performance.md", "reliability.md"}
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *(path for path in sorted((ROOT / "docs").glob("*.md")) if path.name not in WRITTEN_BY_PROGRAMS),
]
LONGEST = 300
LONGEST_DECISION = 200


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_line_is_too_long_to_be_read(page: Path) -> None:
    most = LONGEST_DECISION if page.name == "decisions.md" else LONGEST
    lines = enumerate(page.read_text(encoding="utf-8").splitlines(), 1)
    assert [number for number, line in lines if len(line) > most and not line.startswith("|")] == []
