"""Every row of the threat model names its tests and its place in the code, and they are there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MODEL = ROOT / "docs/threat-model.md"


def rows() -> list[list[str]]:
    """The rows of the table with five columns, without its head."""
    lines = [
        line.strip("| ").split(" | ") for line in MODEL.read_text(encoding="utf-8").splitlines() if line.startswith("|")
    ]
    found = [line for line in lines if len(line) == 5 and not line[0].startswith("---")]
    return found[1:]


def named_in(path: Path) -> set[str]:
    return {
        one.name
        for one in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_each_row_names_tests_that_are_there() -> None:
    assert len(rows()) > 40
    for who, what, _control, _where, tests in rows():
        named = re.findall(r"`(tests/\S+\.py)::(test_\w+)`", tests)
        assert named, (who, what)
        assert re.sub(r"`tests/\S+\.py::test_\w+`|,|\s", "", tests) == "", tests
        for path, name in named:
            assert name in named_in(ROOT / path), f"{path}::{name}"


def test_each_row_says_where_in_the_code() -> None:
    for _who, what, _control, where, _tests in rows():
        named = re.findall(r"`([^`]+)`", where)
        assert named, what
        for path in named:
            assert (ROOT / path).exists(), path
