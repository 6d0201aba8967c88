"""The package: safe names, right hashes, the same bytes again, and nothing missing because something is gone."""

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path, PureWindowsPath

import jsonschema
import pytest

from bot.documents.case_file import AttachedFile, schema
from bot.documents.package import LONGEST, Package, names, safe
from bot.documents.papers import Papers
from dialogs.applicants.where import House
from dialogs.case.case import Case
from storage.database.database import Database
from storage.files.files import Files
from storage.files.folder import Folder
from tests.clock import Clock
from tests.documents.making import made_here, package, taken
from tests.documents.played import MADE, Played, played
from tests.documents.soundness import alternatives, assert_sound, red
from tests.documents.unpacked import unpacked, with_files
from tests.samples import BROKEN_JPEG, TAKEN

SHA = hashlib.sha256(b"x").hexdigest()
HOSTILE_NAMES = (
    "../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/absolute.pdf",
    "C:\\a.pdf",
    "..",
    ".",
    "",
    "a\x00b.pdf",
    "con.pdf",
    "LPT1",
    "evil\u202efdp.exe",
    "a" * 500 + ".pdf",
    "x." + "y" * 300,
    "new\nline.pdf",
    ' "quoted"<>|?*:.pdf. ',
    "-rf.pdf",
    "استبيان.pdf",
    "😀.pdf",
)


def packed(one: Played, *, internal: bool = False) -> dict[str, bytes]:
    return unpacked(made_here(package(one, internal=internal)))


def test_what_is_in_it(arabic: Played) -> None:
    members = packed(arabic)
    assert list(members) == ["arende.pdf", "arende.json", "tjansteskrivelse.docx", "filer/استبيان.pdf", "manifest.json"]
    assert_sound(members["arende.pdf"])
    jsonschema.validate(json.loads(members["arende.json"]), schema())
    assert json.loads(members["arende.json"])["files"][0]["path"] == "filer/استبيان.pdf"


def test_the_manifest_says_what_each_member_is(arabic: Played) -> None:
    members = packed(arabic)
    manifest = json.loads(members.pop("manifest.json"))
    assert manifest["reference"] == "SAM-2023-0001"
    assert manifest["made_by"].startswith("Samverkansguiden ")
    assert manifest["made_at"] == MADE.isoformat()
    listed = {one["path"]: one for one in manifest["members"]}
    assert set(listed) == set(members)
    for path, content in members.items():
        assert listed[path]["sha256"] == hashlib.sha256(content).hexdigest()
        assert listed[path]["size"] == len(content)
        assert "/" in listed[path]["mime"]


def test_the_same_case_gives_the_same_bytes(swedish: Played) -> None:
    assert made_here(package(swedish)) == made_here(package(swedish))


def test_internal_notes_are_in_no_member(swedish: Played) -> None:
    notes = ("Ring biblioteket om nyckeln.", "vill börja vid stationen", "Stark grupp.")
    for internal in (False, True):
        members = packed(swedish, internal=internal)
        said = members["arende.json"].decode()
        letter = unpacked(members["tjansteskrivelse.docx"])["word/document.xml"].decode()
        assert [note in said for note in notes] == [internal] * len(notes)
        assert not any(note in letter for note in notes)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_is_only_a_name(name: str) -> None:
    made = safe(name, SHA)
    assert made
    assert made == Path(made).name == PureWindowsPath(made).name
    assert not set(made) & set('\\/:*?"<>|\n\0\u202e')
    assert made not in (".", "..")
    assert not made.startswith((".", " "))
    assert not made.endswith((".", " "))
    assert len(made) <= LONGEST + 1
    assert PureWindowsPath(made).stem.casefold() not in ("con", "lpt1")


def test_a_usual_name_stays_as_it_is() -> None:
    for name in ("enkät hösten 2022 (slutlig).pdf", "استبيان.pdf", "foto-1_b.JPG"):
        assert safe(name, SHA) == name


def test_names_are_told_apart() -> None:
    files = [
        AttachedFile(name=name, sha256=hashlib.sha256(bytes([at])).hexdigest(), size=1, mime="a/b", path=None)
        for at, name in enumerate(("a.pdf", "A.PDF", "b/a.pdf", "a.pdf", "x", "X", "gone.pdf"))
    ]
    found = names(files, {file.sha256 for file in files[:-1]})
    paths = [path for path in found.values() if path]
    assert len({path.casefold() for path in paths}) == len(paths) == 6
    assert all(path.startswith("filer/") and path.count("/") == 1 for path in paths)
    assert found[files[-1].sha256] is None


def test_hostile_names_in_a_whole_package(swedish: Played) -> None:
    one = with_files(swedish, *((name, name.encode(), "application/pdf") for name in HOSTILE_NAMES))
    members = packed(one)
    inside = [name for name in members if name.startswith("filer/")]
    assert len(inside) == len(HOSTILE_NAMES)
    assert_sound(members["arende.pdf"])
    sent_as = {one.get("sent_as") for one in json.loads(members["manifest.json"])["members"]}
    assert set(HOSTILE_NAMES) <= sent_as


def test_a_file_that_is_gone_is_said(swedish: Played, tmp_path: Path) -> None:
    members = packed(replace(swedish, files=Files(swedish.files.database, Folder(tmp_path / "empty"))))
    assert list(members) == ["arende.pdf", "arende.json", "tjansteskrivelse.docx", "manifest.json"]
    assert json.loads(members["arende.json"])["files"][0]["path"] is None
    (missing,) = json.loads(members["manifest.json"])["missing"]
    assert (missing["sent_as"], missing["mime"], len(missing["sha256"])) == ("enkat.pdf", "application/pdf", 64)


def test_pictures_are_in_the_pdf_as_far_as_they_can_be(swedish: Played) -> None:
    one = with_files(
        swedish,
        ("torget.png", red(3), "image/png"),
        ("trasig.jpg", BROKEN_JPEG, "image/jpeg"),
        ("enorm.png", red(3).replace((3).to_bytes(4), (60_000).to_bytes(4), 1), "image/png"),
        ("handling.pdf", TAKEN["paper.pdf"], "application/pdf"),
    )
    members = packed(one)
    assert alternatives(members["arende.pdf"]) == ["torget.png"]
    assert_sound(members["arende.pdf"])
    assert {"filer/torget.png", "filer/trasig.jpg", "filer/enorm.png", "filer/handling.pdf"} <= set(members)


async def test_from_the_database(database_url: str, tmp_path: Path) -> None:
    one = await played("rosengard.sv", database_url, tmp_path)
    database = Database(database_url)
    papers = Papers(database, one.files, House({}, ""), Clock())
    assert await taken(papers.package(0, "SAM-2023-0001", at=MADE)) == made_here(package(one))
    assert await taken(papers.package(0, "SAM-2023-0001"))
    assert await taken(papers.package(0, "SAM-2023-9999")) is None
    await database.close()


def test_a_case_with_nothing_in_it() -> None:
    members = unpacked(made_here(Package(Case(1, "SAM-2026-0001"), [], [], {}, MADE)))
    assert list(members) == ["arende.pdf", "arende.json", "tjansteskrivelse.docx", "manifest.json"]


def test_the_program_begins_without_what_makes_documents() -> None:
    """Most days nobody makes a package."""
    asked = "import sys, bot.__main__, bot.web.application; print('typst' in sys.modules, 'docx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
