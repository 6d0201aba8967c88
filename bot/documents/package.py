"""The package for the registry: one zip with the case as PDF and as JSON, a draft of the official letter, its files, and a manifest of their hashes."""

import json
import re
import tomllib
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from bot.documents.archive import Archive
from bot.documents.blocks import paper
from bot.documents.build import gathered
from bot.documents.case_file import AttachedFile, CaseFile
from bot.documents.letter import letter
from bot.documents.pdf import Unshown, pdf
from bot.documents.pictures import readied
from dialogs.case.case import Case, CaseEvent, Submission

FOLDER = "filer"
LONGEST = 80
"""The most characters of a file's name. The zip is unpacked below other folders, and some systems allow 260 for the whole path."""
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
MIMES = {
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Package:
    """A package to be made of a case as it was at `at`. `stored` gives the path of each file, by its SHA-256.

    Internal notes only when `internal`; without `pictures`, each picture is named on the paper instead of shown.
    """

    case: Case
    sent: list[Submission]
    events: list[CaseEvent]
    stored: dict[str, Path]
    at: datetime
    internal: bool = False
    pictures: bool = True

    def make(self, target: BinaryIO, scratch: Path) -> None:
        """Write the zip: the same bytes for the same case and the same `at`. `scratch` is an empty folder to work in."""
        # The documents name the files that are gone; the rest is still delivered.
        there = {sha256: path for sha256, path in self.stored.items() if path.exists()}
        paths = names(self._file({}).files, set(there))
        file = self._file(paths)
        with Archive(target, self.at) as archive:
            archive.write("arende.pdf", self._pdf(file, there, scratch))
            archive.write("arende.json", (file.model_dump_json(indent=2) + "\n").encode())
            archive.write("tjansteskrivelse.docx", letter(file))
            for sha256, path in paths.items():
                if path:
                    archive.copy(path, there[sha256])
            archive.write("manifest.json", _manifest(file, archive))

    def _file(self, paths: dict[str, str | None]) -> CaseFile:
        return gathered(self.case, self.sent, self.events, paths, self.at, made_by(), internal=self.internal)

    def _pdf(self, file: CaseFile, there: dict[str, Path], scratch: Path) -> bytes:
        shown = readied(file.files, there, scratch) if self.pictures else []
        try:
            return pdf(paper(file, shown), scratch, self.at)
        except Unshown as unshown:
            return pdf(paper(file, [one for one in shown if one.sha256 not in unshown.sha256s]), scratch, self.at)


def names(files: Iterable[AttachedFile], there: set[str]) -> dict[str, str | None]:
    """The path of each file in the package: a safe name for each, unlike all others; None for a file that is gone."""
    found: dict[str, str | None] = {}
    taken: set[str] = set()
    for file in files:
        name = safe(file.name, file.sha256)
        if name.casefold() in taken:
            stem, dot, ending = name.rpartition(".")
            name = f"{stem or ending}-{file.sha256[:8]}{dot}{ending if stem else ''}"
        taken.add(name.casefold())
        found[file.sha256] = f"{FOLDER}/{name}" if file.sha256 in there else None
    return found


def safe(name: str, sha256: str) -> str:
    """A name that is nothing but a name on every system: no path, no control or bidi character, no reserved word, not too long."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    kept = "".join(char if _is_safe(char) else "_" for char in last).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        stem, ending = kept, ""
    ending = ending[:10]
    stem = stem[: LONGEST - len(ending)].strip(" .")
    if not stem.strip("_") or RESERVED.fullmatch(stem):
        stem = f"fil-{sha256[:8]}"
    return f"{stem}.{ending}" if ending else stem


def _is_safe(char: str) -> bool:
    # Letters, marks, digits of every script; Cf holds what reorders text, Cc what controls a terminal.
    return unicodedata.category(char)[0] in "LMN" or char in " -_.,()+&åäöÅÄÖ\u200c\u200d"


def _manifest(file: CaseFile, archive: Archive) -> bytes:
    sent = {one.path: one for one in file.files}
    listed = []
    for member in archive.members:
        known = sent.get(member.path)
        one: dict[str, Any] = {"path": member.path, "sha256": member.sha256, "size": member.size}
        one["mime"] = known.mime if known else MIMES[PurePosixPath(member.path).suffix]
        if known:
            one["sent_as"] = known.name
        listed.append(one)
    made = {"reference": file.reference, "made_at": file.made_at.isoformat(), "made_by": file.made_by}
    missing = [
        {"sent_as": one.name, "sha256": one.sha256, "size": one.size, "mime": one.mime}
        for one in file.files
        if not one.path
    ]
    return (json.dumps(made | {"members": listed, "missing": missing}, ensure_ascii=False, indent=2) + "\n").encode()


def missing_in(package: BinaryIO) -> list[str]:
    """The SHA-256 of the files that a package says are missing."""
    with zipfile.ZipFile(package) as archive:
        return [one["sha256"] for one in json.loads(archive.read("manifest.json"))["missing"]]


@cache
def made_by() -> str:
    """The program and the version that made the package."""
    project = Path(__file__).parents[2] / "pyproject.toml"
    if not project.exists():  # installed as a package
        return f"Samverkansguiden {version('samverkansguiden')}"
    return f"Samverkansguiden {tomllib.loads(project.read_text(encoding='utf-8'))['project']['version']}"
