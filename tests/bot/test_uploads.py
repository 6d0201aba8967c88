"""Files at the door: known by their content."""

from pathlib import Path

import pytest

from dialogs.events import Filed
from dialogs.kinds.files import BIGGEST
from storage.files import Files
from tests.house import admitted
from tests.samples import PDF, REFUSED, TAKEN


@pytest.mark.parametrize("name", TAKEN)
async def test_taken(name: str, tmp_path: Path) -> None:
    files = Files(tmp_path)
    filed = await admitted(files, name, TAKEN[name])
    assert isinstance(filed, Filed)
    assert filed.name == name
    assert await files.get(filed.sha256) == TAKEN[name]


@pytest.mark.parametrize("name", REFUSED)
async def test_refused_whatever_the_name_says(name: str, tmp_path: Path) -> None:
    assert await admitted(Files(tmp_path), name, REFUSED[name]) == "wrong_type"
    assert not list(tmp_path.glob("*/*"))


async def test_too_big_and_empty(tmp_path: Path) -> None:
    assert await admitted(Files(tmp_path), "a.pdf", PDF + bytes(BIGGEST)) == "too_big"
    assert await admitted(Files(tmp_path), "a.pdf", b"") == "empty_file"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\x\\report.PDF.exe", "report.PDF.pdf"),
        ("\u202egnp.evil", "gnp.pdf"),
        ("\0\n", "file.pdf"),
        ("", "file.pdf"),
        ("ا" * 300, "ا" * 100 + ".pdf"),
    ],
)
async def test_names_are_made_harmless(given: str, kept: str, tmp_path: Path) -> None:
    filed = await admitted(Files(tmp_path), given, PDF)
    assert isinstance(filed, Filed)
    assert filed.name == kept
