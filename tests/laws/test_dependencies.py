"""What is locked is used: every dependency is imported, or there is a reason here why it is not."""

import re
import tomllib

import pytest

from tests.laws.sources import ROOT, importers

NAMED_OTHERWISE = {
    "cld3-py": "gcld3",
    "phonenumberslite": "phonenumbers",
    "python-dateutil": "dateutil",
    "python-docx": "docx",
    "python-telegram-bot": "telegram",
}
"""Packages, and the module that each of them is imported as."""
NOT_IMPORTED = {
    "aiosqlite": "SQLAlchemy's driver for sqlite+aiosqlite://",
    "tzdata": "the time zones of zoneinfo, where the system has none",
}
"""Packages that nothing of ours imports, and who uses them."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DEPENDENCIES = [re.split(r"[\[<>=!~; ]", one, maxsplit=1)[0] for one in PROJECT["dependencies"]]


@pytest.mark.parametrize("name", sorted({*DEPENDENCIES} - NOT_IMPORTED.keys()))
def test_every_dependency_is_imported(name: str) -> None:
    assert importers(NAMED_OTHERWISE.get(name, name.replace("-", "_"))), f"{name} is locked, and imported by nothing"


def test_the_exceptions_are_dependencies_and_exceptions() -> None:
    assert {*NAMED_OTHERWISE, *NOT_IMPORTED} <= {*DEPENDENCIES}
    assert not [name for name in NOT_IMPORTED if importers(name)]


def test_a_dependency_that_nothing_imports_is_found() -> None:
    assert importers("aiohttp")
    assert not importers("aiolimiter")
