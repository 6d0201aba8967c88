"""A copy of the tree, in which a recipe of the README is carried out."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("bot", "dialogs", "storage", "locales", "tests")
FILES = ("pyproject.toml", "Makefile", "README.md", "CHANGELOG.md", "publiccode.yml", "LICENSE")
PROGRAM = ("bot", "dialogs", "storage")
SUFFIXES = {".py", ".html", ".js", ".css", ".toml", ".typ", ".yml", ".md"}
LATIN, GREEK = "abcdefghijklmnopqrstuvwxyz", "αβκδεφγηιξκλμνοπθρστυβωχψζ"
TO_GREEK = str.maketrans(LATIN + LATIN.upper(), GREEK + GREEK.upper())
MADE = count(2_000_000_000)
"""When a file was written, for the interpreter: no two alike, or it would take what it compiled of the one before."""


class Scratch:
    """A copy of what is tested. Nothing in it is shared with the tree but the virtual environment."""

    def __init__(self, root: Path, *folders: str) -> None:
        """Copy the tree into `root`, which is not there yet, or these `folders` of it; also what is compiled of it, which is as new as its source."""
        self.root = root
        root.mkdir()
        for name in folders or FOLDERS:
            shutil.copytree(ROOT / name, root / name)
        for name in FILES:
            shutil.copy2(ROOT / name, root / name)

    def read(self, path: str) -> str:
        """A file of the copy."""
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a file anew, or a new one."""
        to = self.root / path
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text, encoding="utf-8")
        at = next(MADE)
        os.utime(to, (at, at))

    def add(self, path: str, text: str) -> None:
        """Add a file."""
        assert not (self.root / path).exists(), f"{path} is there already"
        self.write(path, text)

    def insert(self, path: str, text: str, *, before: str = "", after: str = "") -> None:
        """Put lines into a file, before or after a piece of it that stands there once."""
        self.replace(path, before or after, f"{after}{text}{before}")

    def replace(self, path: str, right: str, wrong: str) -> None:
        """Write something else for a piece of a file that stands there once."""
        whole = self.read(path)
        assert whole.count(right) == 1, f"{path} has {right!r} {whole.count(right)} times"
        self.write(path, whole.replace(right, wrong))

    def runs(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the copy; it has ended, and what it said is in `stdout`."""
        return subprocess.run(
            command,
            cwd=self.root,
            env={**_plain(), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the interpreter in the copy."""
        return self.runs(sys.executable, *arguments)

    def makes(self, target: str) -> None:
        """Run make; the virtual environment is there, and nothing is installed. AssertionError with what it said when it fails."""
        venv = sys.prefix
        done = self.runs("make", f"--assume-old={venv}/test.done", target, f"VENV={venv}")
        assert done.returncode == 0, done.stdout

    def sources(self) -> dict[str, str]:
        """Every file of the program, by its path; words in other languages are none."""
        kept = [path for path in self.root.rglob("*") if path.suffix in SUFFIXES and path.is_file()]
        names = {path.relative_to(self.root): path for path in kept}
        return {
            name.as_posix(): path.read_text(encoding="utf-8")
            for name, path in names.items()
            if name.parts[0] in PROGRAM
        }

    def tests(self, *tests: str) -> subprocess.CompletedProcess[str]:
        """Run these tests in the copy."""
        return self.python("-m", "pytest", "-q", "--durations=0", "--hypothesis-profile=few", *dict.fromkeys(tests))

    def translates(self, swedish: Mapping[str, str]) -> None:
        """Bring the catalogs up to date, and fill in what is new: Swedish, the key in English, and elsewhere something that has the same places."""
        self.makes("translations")
        for catalog in sorted((self.root / "locales").glob("*/LC_MESSAGES/messages.po")):
            code = catalog.parent.parent.name
            text = catalog.read_text(encoding="utf-8")
            for id, said in _unfilled(catalog):
                text = text.replace(
                    said, said.replace('msgstr ""', f"msgstr {_quoted(_translation(id, code, swedish))}")
                )
            self.write(catalog.relative_to(self.root).as_posix(), text)


def _plain() -> dict[str, str]:
    """The environment of the run without what belongs to this run alone."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}


def _translation(id: str, code: str, swedish: Mapping[str, str]) -> str:
    return id if code == "en" else swedish[id] if code == "sv" and id in swedish else elsewhere(id)


def _unfilled(catalog: Path) -> list[tuple[str, str]]:
    """The ids that have no translation yet, each with its entry as it stands in the file."""
    with catalog.open("rb") as file:
        ids = {str(one.id) for one in read_po(file) if one.id and not one.string}
    entries = re.findall(r'^msgid (?:".*"\n)+msgstr ""\n(?!")', catalog.read_text(encoding="utf-8"), re.MULTILINE)
    found = [(_text(entry.partition("msgstr")[0]), entry) for entry in entries]
    assert {id for id, _entry in found} == ids, catalog
    return found


def _text(lines: str) -> str:
    """The text of quoted lines."""
    return "".join(re.findall(r'"(.*)"', lines)).replace(r"\"", '"').replace(r"\n", "\n").replace("\\\\", "\\")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', r"\"").replace("\n", r"\n") + '"'


def elsewhere(id: str) -> str:
    """What stands for a sentence in a language that the test does not speak: in Greek letters, which none of ours has, one for one.

    What is inserted stays, and what is quoted is quoted alike.
    """
    return "".join(part if part.startswith("{") else part.translate(TO_GREEK) for part in re.split(r"(\{\w+\})", id))
