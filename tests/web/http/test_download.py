"""Papers over the web: told to wait, told that it cannot be made, and sent a little at a time."""

import asyncio
import io
import os
import socket
import zipfile

import pytest

from bot.documents.spawn import ChildLimits
from bot.web.http import download
from bot.web.http.cookies import CHAT
from storage.database.tables import files
from tests.clock import now
from tests.house import folder_of
from tests.web.conftest import Served
from tests.web.visitor import Visitor
from tests.web.walk import sent, walk

TOO_LITTLE = ChildLimits(memory=30_000_000, processor=20, seconds=40)


async def person(served: Served) -> int:
    async with served.turns.database.read() as connection:
        return int((await connection.exec_driver_sql("SELECT max(id) FROM people")).scalar_one())


async def test_whoever_has_one_under_way_is_told_to_wait(served: Served, visitor: Visitor) -> None:
    reference = await sent(visitor)
    async with served.turns.papers.own(await person(served)) as file:
        assert file
        for path in ("/export", f"/receipt/{reference}.pdf"):
            page = await visitor.open(path)
            assert (page.status, page.headers["Retry-After"]) == (429, "5")
            assert "One moment, please" in page.text
    async with visitor.session.get(f"{served.url}/export") as answer:
        assert answer.status == 200
        content = await answer.read()
        assert int(answer.headers["Content-Length"]) == len(content)
    assert "my-data.html" in zipfile.ZipFile(io.BytesIO(content)).namelist()


@pytest.mark.house(child=TOO_LITTLE)
async def test_what_cannot_be_made_is_a_page_and_no_fault(
    served: Served, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    reference = await sent(visitor)
    for path in ("/export", f"/receipt/{reference}.pdf"):
        page = await visitor.open(path)
        assert page.status == 503
        assert "This could not be made" in page.text
    async with Visitor(served.url) as nadia:
        await nadia.post(f"/sign-in/{await served.link()}", {})
        page = await nadia.open(f"/queue/{reference}/package")
        assert page.status == 503
        assert "Nothing is lost" in page.text
    assert not [record for record in caplog.records if record.name == "bot.web.http.guards"]
    assert (await visitor.open("/")).status == 200


async def test_only_the_head(served: Served, visitor: Visitor) -> None:
    reference = await sent(visitor)
    async with visitor.session.head(f"{served.url}/receipt/{reference}.pdf") as answer:
        assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
        assert int(answer.headers["Content-Length"]) > 1000
        assert await answer.read() == b""
    assert (await visitor.open("/")).status == 200


async def big(served: Served) -> None:
    """Twenty megabytes in their draft."""
    path = folder_of(served.turns.files).path("0" * 64)
    path.parent.mkdir()
    path.touch()
    os.truncate(path, 20_000_000)
    async with served.turns.database.write() as connection:
        draft = (await connection.exec_driver_sql("SELECT id, case_id FROM drafts")).one()
        row = {
            "case_id": draft.case_id,
            "draft_id": draft.id,
            "sha256": "0" * 64,
            "name": "a.pdf",
            "mime": "application/pdf",
        }
        await connection.execute(files.insert().values(row | {"size": 20_000_000, "at": now()}))


async def asked_and_left(served: Served, visitor: Visitor) -> socket.socket:
    """Somebody who asks for their data and reads nothing of it."""
    (cookie,) = [one.value for one in visitor.session.cookie_jar if one.key == CHAT]
    line = socket.create_connection(("127.0.0.1", served.server.port or 0))
    line.sendall(f"GET /export HTTP/1.1\r\nHost: localhost\r\nCookie: {CHAT}={cookie}\r\n\r\n".encode())
    line.setblocking(False)
    await asyncio.get_running_loop().sock_recv(line, 100)
    return line


async def no_paper_lies(served: Served) -> None:
    async with asyncio.timeout(10):
        while served.turns.papers._asking:
            await asyncio.sleep(0.01)


async def test_who_goes_away_in_the_middle_leaves_nothing(
    served: Served, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    await walk(visitor, "papers")
    await big(served)
    line = await asked_and_left(served, visitor)
    assert served.turns.papers._asking
    line.close()
    await no_paper_lies(served)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_who_takes_nothing_is_cut_off(
    served: Served, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(download, "SLOWEST", 0.2)
    await walk(visitor, "papers")
    await big(served)
    with await asked_and_left(served, visitor):
        await no_paper_lies(served)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
