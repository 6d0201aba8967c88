"""Files that are two things at once, or more than they seem: stored as they came, never unpacked, only ever saved."""

import io
import zipfile
from pathlib import Path

import pytest

from dialogs.language.events import Filed
from storage.database.database import Database
from storage.files.files import Files
from storage.files.folder import Folder
from tests.house import admitted
from tests.samples import PDF, PNG
from tests.web.cases import comes_in
from tests.web.conftest import Served
from tests.web.visitor import Visitor
from tests.web.walk import walk

SCRIPT = b"<html><script>alert(document.cookie)</script></html>"


def zip_of(size: int) -> bytes:
    """A Word file of which one part is that large when it is opened."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in ("[Content_Types].xml", "_rels/.rels", "../../../etc/passwd"):
            archive.writestr(name, "<x/>")
        archive.writestr("word/document.xml", bytes(size))
    return made.getvalue()


async def test_what_is_two_things_at_once_is_only_saved(served: Served, visitor: Visitor) -> None:
    """A picture and a PDF that are pages, too: nothing that a browser would run."""
    await walk(visitor, "papers")
    files = (("a.html", PNG + SCRIPT), ("b.svg", PDF + SCRIPT), ("c.pdf", PDF + zip_of(10)))
    await visitor.press("add", files=files)
    await visitor.press("done")
    await walk(visitor)
    await visitor.press("send")
    await visitor.press("sure")
    async with Visitor(served.url) as desk:
        await comes_in(served, desk)
        page = await desk.open("/queue/SAM-" + visitor.page.html.partition("SAM-")[2][:9])
        links = {one for one in page.html.split('"') if "/files/" in one}
        assert len(links) == 3
        for link in links:
            async with desk.session.get(served.url + link) as answer:
                assert answer.headers["Content-Disposition"].startswith("attachment; ")
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
                assert answer.content_type in ("image/png", "application/pdf")
                assert not answer.headers["Content-Disposition"].endswith((".html", ".svg"))


async def test_an_archive_is_never_unpacked(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred million bytes in a hundred thousand stay a hundred thousand."""
    bomb = zip_of(100_000_000)

    def unpacked(*_arguments: object, **_named: object) -> None:
        raise AssertionError("it was opened")

    monkeypatch.setattr(zipfile.ZipFile, "__init__", unpacked)
    database = Database(sqlite_url)
    filed = await admitted(Files(database, Folder(tmp_path / "files")), "../../letter.docx", bomb)
    await database.close()
    assert isinstance(filed, Filed)
    assert (filed.name, filed.size) == ("letter.docx", len(bomb))
    assert sum(path.stat().st_size for path in (tmp_path / "files").rglob("*") if path.is_file()) == len(bomb) < 200_000
