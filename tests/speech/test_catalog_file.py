"""A catalog that cannot be read: the others are spoken all the same, and the log names its file."""

import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.main.program import house_of
from bot.main.terminal import known
from bot.speech import catalog_file
from bot.speech.catalog_file import FILE, Broken
from bot.speech.catalogs import languages, say
from bot.speech.offered import ROOT, lagging
from dialogs.language.words import Words
from tests.house import SECRET, GivenSettings

pytestmark = pytest.mark.english
PLAIN = "Where you stand"
Change = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the catalogs, which is what is spoken."""
    copy = tmp_path / "locales"
    shutil.copytree(catalog_file.CATALOGS, copy)
    monkeypatch.setattr(catalog_file, "CATALOGS", copy)
    yield copy
    catalog_file.read_anew()


def breaks(folder: Path, code: str, change: Change, encoding: str = "utf-8") -> Path:
    """Write a catalog anew, changed."""
    path = folder / code / FILE
    text = path.read_text(encoding="utf-8")
    assert change(text) != text or encoding != "utf-8"
    path.write_text(change(text), encoding=encoding, errors="replace")
    return path


def plural_forms(text: str) -> str:
    return re.sub(r"plural=\(?", "plural=((", text, count=1)


def unquoted(text: str) -> str:
    return re.sub(f'(msgid "{PLAIN}"\nmsgstr )"(.*)"', r"\1\2", text, count=1)


def unsaid(text: str) -> str:
    return re.sub(f'(msgid "{PLAIN}"\n)msgstr .*\n', r"\1", text, count=1)


def more_forms(text: str) -> str:
    return re.sub(r"nplurals=\d", "nplurals=1", text, count=1)


@pytest.mark.parametrize(
    ("change", "encoding"),
    [
        (plural_forms, "utf-8"),
        (str, "latin-1"),
        (unquoted, "utf-8"),
        (unsaid, "utf-8"),
        (more_forms, "utf-8"),
    ],
)
def test_it_is_left_out_and_the_log_names_its_file(
    folder: Path, caplog: pytest.LogCaptureFixture, change: Change, encoding: str
) -> None:
    path = breaks(folder, "pl", change, encoding)
    with caplog.at_level(logging.ERROR):
        here = house_of(GivenSettings.model_validate({"secret_key": SECRET, "database_url": "sqlite:///unused"}))
    assert "pl" not in here.languages
    assert "pl" not in here.choices()
    assert "fi" in here.languages
    assert "pl" not in lagging()
    (line,) = [one.getMessage() for one in caplog.records if one.name == catalog_file.__name__]
    assert str(path) in line
    assert len(line) > len(f"A catalog cannot be read: {path}: ")
    assert say(Words(PLAIN), "pl") == say(Words(PLAIN), "en"), "whoever used it is spoken to in English"


def test_a_language_that_babel_does_not_know_is_left_out(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    shutil.copytree(folder / "pl", folder / "xx")
    assert "xx" not in languages()
    assert "pl" in languages()
    assert str(folder / "xx" / FILE) in caplog.text


@pytest.mark.parametrize("code", ["sv", "en"])
def test_without_swedish_or_english_nothing_starts(folder: Path, code: str) -> None:
    path = breaks(folder, code, unquoted)
    with pytest.raises(Broken, match=re.escape(str(path))):
        languages()
    with pytest.raises(Exception, match=re.escape(str(path))):
        known("fi")


def test_the_program_that_cannot_start_says_so_in_a_line(folder: Path, tmp_path: Path) -> None:
    path = breaks(folder, "sv", unquoted)
    script = (
        "import sys; from pathlib import Path; from bot.speech import catalog_file; "
        "catalog_file.CATALOGS = Path(sys.argv.pop(1)); from bot.__main__ import main; main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(folder), "serve"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SECRET_KEY": SECRET,
            "DATABASE_URL": f"sqlite:///{tmp_path}/one.db",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 1
    assert str(path) in ended.stderr
    assert "Traceback" not in ended.stderr
