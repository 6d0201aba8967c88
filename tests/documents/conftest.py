"""The Rosengård case in two languages, played once; and what is said of a PDF by checkers."""

import asyncio
import shutil
from pathlib import Path

import pytest

from tests.documents.played import Played, handled, played, to_the_decision

WORDS = {"sv": "Tack! Vi tar med enkäten.", "ar": "شكرًا! سنحضر الاستبيان."}


def _played(locale: str, template: Path, directory: Path) -> Played:
    shutil.copy(template, directory / "guide.sqlite3")
    one = asyncio.run(played(f"rosengard.{locale}", f"sqlite:///{directory / 'guide.sqlite3'}", directory))
    return handled(one, *to_the_decision(locale, WORDS[locale]))


@pytest.fixture(scope="session")
def swedish(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The case as it was written in Swedish, with everything up to the decision."""
    return _played("sv", sqlite_template, tmp_path_factory.mktemp("swedish"))


@pytest.fixture(scope="session")
def arabic(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The same in Arabic."""
    return _played("ar", sqlite_template, tmp_path_factory.mktemp("arabic"))
