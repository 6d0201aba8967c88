"""What was written into a form that met a fault of ours is given back, without scripts, too, and goes where it was meant to."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import text as sql

from tests.web.cases import applied, nadia, signed_in, took
from tests.web.conftest import Served, serve
from tests.web.desk.task_form import FORM
from tests.web.page import Page
from tests.web.visitor import Visitor
from tests.web.walk import walk

LONG = "Träd, bänkar och en fontän: vi har talat med alla på gården. " * 40


@contextmanager
def without(path: Path, table: str) -> Iterator[None]:
    """The database has no such table meanwhile, as during a deploy in the wrong order."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"ALTER TABLE {table} RENAME TO away")
        try:
            yield
        finally:
            connection.execute(f"ALTER TABLE away RENAME TO {table}")


async def sent_again(visitor: Visitor, page: Page) -> Page:
    """The form that the page gives back, as it stands there."""
    form = page.forms[0]
    inputs = [(name, value) for name, values in form.fields.items() for value in values]
    return await visitor.post(form.action, BytesIO(urlencode(inputs).encode()), **FORM)


async def test_a_long_answer_comes_back_and_can_be_sent_again(served: Served, visitor: Visitor, tmp_path: Path) -> None:
    await walk(visitor, "proposal")
    with without(tmp_path / "guide.sqlite3", "drafts"):
        page = await visitor.press("done", text=LONG)
        assert page.status == 503
        assert page.forms[0].fields["text"] == [LONG]
    page = await sent_again(visitor, page)
    assert page.status == 200
    assert page.asked != "proposal"
    assert LONG.strip() in (await visitor.open("/my-data")).text


async def test_what_is_being_mended_is_no_mistake_of_ours_and_leaves_one_line(
    postgres_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A table that is not there yet, as during a deploy in the wrong order: the installation's fault, which waits."""
    served = await serve(postgres_url, tmp_path)
    async with Visitor(served.url) as visitor:
        await walk(visitor, "proposal")
        async with served.turns.database.write() as connection:
            await connection.execute(sql("ALTER TABLE drafts RENAME TO away"))
        page = await visitor.press("done", text=LONG)
        assert (page.status, page.headers["Retry-After"]) == (503, "5")
        assert page.forms[0].fields["text"] == [LONG]
        async with served.turns.database.write() as connection:
            await connection.execute(sql("ALTER TABLE away RENAME TO drafts"))
        assert (await sent_again(visitor, page)).asked != "proposal"
    (line,) = [one.getMessage() for one in caplog.records if one.name == "bot.web.http.guards"]
    assert line == "POST / failed: UndefinedTable 42P01"
    await served.close()


async def test_what_came_with_a_file_comes_back_and_the_file_is_said_to_be_missing(
    served: Served, visitor: Visitor, tmp_path: Path
) -> None:
    page = await walk(visitor, "papers")
    with without(tmp_path / "guide.sqlite3", "drafts"):
        page = await visitor.press("add", files=(("plan.pdf", b"%PDF-1.4 plan"),))
    assert page.status == 503
    assert page.forms == [], "a file cannot be given back, and nothing else was written"


async def test_a_form_of_the_desk_comes_back_to_where_it_was_meant_for(served: Served, tmp_path: Path) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    async with await signed_in(served) as visitor:
        await visitor.open(f"/queue/{reference}/do/note")
        with without(tmp_path / "guide.sqlite3", "desk_drafts"):
            page = await visitor.press("send", text__text="They called, and will come on Monday at nine o'clock.")
            assert page.status == 503
        assert page.forms[0].action == f"/queue/{reference}/do/note"
        await sent_again(visitor, page)
        assert "They called, and will come" in (await visitor.open(f"/queue/{reference}")).text
