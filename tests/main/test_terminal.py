"""The chat in a terminal, as a translator uses it: the real program, its input and its output."""

import subprocess
import sys
from pathlib import Path

from bot.speech.catalogs import languages

ROOT = Path(__file__).parent.parent.parent


def talked(language: str, *lines: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "talk", language],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_language_is_read_from_the_welcome_on(tmp_path: Path) -> None:
    begin = str(len(languages()) + 1)
    done = talked("sv", begin, "1", "", "Vi vill ha bänkar.", "/help", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "gator, torg" in done.stdout
    assert "En blandad grupp av aktörer har ett förslag" in done.stdout
    assert "Frågor och svar" in done.stdout
    assert not list(tmp_path.rglob("*.sqlite3")), "nothing is kept"


def test_a_language_that_is_not_there_is_said_with_those_that_are(tmp_path: Path) -> None:
    done = talked("tlh", folder=tmp_path)
    assert done.returncode == 2
    assert "sv, en, ar, bs" in done.stderr
