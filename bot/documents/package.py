"""The package for the registry: one zip of a case as PDF, JSON, a draft of the official letter, its files, and a manifest with their hashes."""

import asyncio
import hashlib
import io
import json
import re
import tomllib
import unicodedata
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from bot.clock import now
from bot.documents.case_file import AttachedFile, CaseFile
from bot.documents.gathered import gathered
from bot.documents.paper import paper
from bot.speech import STOCKHOLM
from dialogs.case import Case, CaseEvent, Submission
from dialogs.record import files_in
from storage import cases, submissions
from storage.database import Database
from storage.files import Files

FOLDER = "filer"
LONGEST = 80
"""Characters of a file's name: in the zip it stands below folders on a system that takes 260 for the whole path."""
PICTURES = {"image/jpeg", "image/png"}
HEAVIEST_PICTURE = 8_000_000
"""Bytes. A heavier one lies in the package like any other file, but not in the PDF."""
MOST_PIXELS = 40_000_000
"""What a picture may unpack to: a small file may hold an enormous one."""
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
MIMES = {
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


async def write_package(
    database: Database, files: Files, reference: str, *, at: datetime | None = None, internal: bool = False
) -> bytes | None:
    """The package of the case with this reference as it is now, or None without such a case. Whether the reader may have it is for the caller."""
    async with database.read() as connection:
        case = await cases.case(connection, reference)
        if case is None:
            return None
        events = await cases.history(connection, case.id)
        sent = await submissions.of_case(connection, case.id)
    return await package(case, sent, events, files, at or now(), internal=internal)


async def package(
    case: Case,
    sent: list[Submission],
    events: list[CaseEvent],
    files: Files,
    at: datetime,
    *,
    internal: bool = False,
) -> bytes:
    """The bytes of the zip: the same ones for the same case and the same `at`. Internal notes only when `internal`."""
    contents = await _contents(files, sent)
    return await asyncio.to_thread(_packed, case, sent, events, contents, at, internal)


async def _contents(files: Files, sent: list[Submission]) -> dict[str, bytes]:
    found = {}
    for sha256 in sorted(set().union(*(files_in(one.record, one.shared) for one in sent))):
        # What is gone is said in the documents, and keeps nobody from the rest.
        with suppress(FileNotFoundError):
            found[sha256] = await files.get(sha256)
    return found


def _packed(
    case: Case,
    sent: list[Submission],
    events: list[CaseEvent],
    contents: dict[str, bytes],
    at: datetime,
    internal: bool,
) -> bytes:
    from bot.documents.letter import letter
    from bot.documents.pdf import pdf

    file = gathered(case, sent, events, {}, at, made_by(), internal)
    paths = names(file.files, set(contents))
    file = gathered(case, sent, events, paths, at, made_by(), internal)
    shown = [one for one in file.files if one.sha256 in contents and _is_shown(one, contents[one.sha256])]
    members = {
        "arende.pdf": pdf(paper(file, shown), {one.sha256: contents[one.sha256] for one in shown}, at),
        "arende.json": (file.model_dump_json(indent=2) + "\n").encode(),
        "tjansteskrivelse.docx": letter(file),
    }
    members |= {path: contents[sha256] for sha256, path in paths.items() if path}
    members["manifest.json"] = _manifest(file, members)
    return _zipped(members, at)


def names(files: Iterable[AttachedFile], there: set[str]) -> dict[str, str | None]:
    """Where each file lies in the package: a safe name of its own each, None for one that is gone."""
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
    """A name that is only a name on every system: no path, no control or bidi character, no reserved word, not too long."""
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


def _is_shown(file: AttachedFile, content: bytes) -> bool:
    """Whether a picture goes into the PDF: one that typst knows, and that is no bigger than a page can bear."""
    if file.mime not in PICTURES or len(content) > HEAVIEST_PICTURE:
        return False
    width, height = dimensions(content)
    return 0 < width * height <= MOST_PIXELS


def dimensions(content: bytes) -> tuple[int, int]:
    """Width and height as a PNG or JPEG says in its head; (0, 0) when it does not."""
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    at = 2
    while content[:2] == b"\xff\xd8" and at + 9 < len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return 0, 0


def _manifest(file: CaseFile, members: dict[str, bytes]) -> bytes:
    sent = {one.path: one for one in file.files}
    listed = []
    for path, content in members.items():
        known = sent.get(path)
        one: dict[str, Any] = {"path": path, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        one["mime"] = known.mime if known else MIMES[PurePosixPath(path).suffix]
        if known:
            one["sent_as"] = known.name
        listed.append(one)
    made = {"reference": file.reference, "made_at": file.made_at.isoformat(), "made_by": file.made_by}
    return (json.dumps(made | {"members": listed}, ensure_ascii=False, indent=2) + "\n").encode()


def _zipped(members: dict[str, bytes], at: datetime) -> bytes:
    packed = io.BytesIO()
    local = at.astimezone(STOCKHOLM).timetuple()[:6]
    with zipfile.ZipFile(packed, "w") as archive:
        for path, content in members.items():
            info = zipfile.ZipInfo(path, local)
            # What is sent along is packed already, being JPEG, PDF, DOCX or Opus.
            info.compress_type = zipfile.ZIP_STORED if path.startswith(FOLDER) else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return packed.getvalue()


@cache
def made_by() -> str:
    """Which program, and which version of it, made the package."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return f"Samverkansguiden {project['version']}"
