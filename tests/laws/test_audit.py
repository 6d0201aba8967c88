"""What `make audit` makes of an answer, and of none."""

import json
from typing import Any

import pytest

from tests.audit import CLEAN, FOUND, ROOT, UNKNOWN, ask, verdict

WELL = {"name": "yarl", "version": "1.0", "vulns": []}
WEAK = {"name": "babel", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"], "description": "x"}]}
UNASKED = {"name": "attrs", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "status", "word"),
    [
        ([WELL], CLEAN, "CLEAN"),
        ([WELL, WEAK, UNASKED], FOUND, "babel 2.0: PYSEC-1, mended in 2.1"),
        ([WELL, UNASKED], UNKNOWN, "NOT REACHABLE for 1 of 2"),  # pip-audit calls this clean
        ([UNASKED], UNKNOWN, "NOT REACHABLE for 1 of 1"),
        ([], UNKNOWN, "NOT REACHABLE"),
    ],
)
def test_the_three_ways_it_can_end(packages: list[dict[str, Any]], status: int, word: str) -> None:
    ended, said = verdict(json.dumps({"dependencies": packages, "fixes": []}))
    assert ended == status
    assert word in said


@pytest.mark.parametrize("printed", ["", "no JSON", "[]", "{}", "null"])
def test_no_answer_is_said_to_be_none(printed: str) -> None:
    assert verdict(printed)[0] == UNKNOWN


def test_who_asks_too_long_is_ended_with_what_they_started() -> None:
    """Whoever is left holds the line that is read to its end, for ten minutes."""
    assert ask(("sh", "-c", "sleep 600 & wait"), patience=1) == ""


def test_no_program_is_no_answer() -> None:
    assert ask(("/nowhere/uv",)) == ""


def test_ci_asks_and_is_held_up_by_nothing() -> None:
    lines = [line.partition("#")[0].strip() for line in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()]
    assert "make audit || true" in lines
