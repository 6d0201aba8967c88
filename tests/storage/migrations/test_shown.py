"""Everything in a database that version 8fbb581 left can be looked at: each page of the desk, each form begun, each paper and export."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dialogs.language.events import Press
from storage.people import sessions
from tests.adversary.plain import plain
from tests.clock import Clock, now
from tests.house import Caller, compose, lain
from tests.samples import PDF
from tests.spread import WHOLE
from tests.storage.migrations import retold
from tests.storage.migrations.left import CHATS, PHOTO, Left, said
from tests.web.cases import case_of
from tests.web.conftest import Served, serve
from tests.web.visitor import Visitor

APPLICANTS = ("kim", "lo", "fatima", "hanna", "hugo", "ines", "jon", "kaj", "liv", "mio", "nils")
"""Who was in the chat on the web."""
UNKNOWN = ("Noted: ", "Noterat: ")


@pytest.fixture
async def served(brought_up: str, tmp_path: Path) -> AsyncIterator[Served]:
    """The application on a copy of what was left, at the hour at which it was left, with the files that were sent."""
    parts = compose(brought_up, tmp_path)
    lain(parts.files, PDF)
    lain(parts.files, PHOTO)
    await parts.close()
    clock = Clock("2026-11-18 14:10")
    one = await serve(brought_up, tmp_path, clock=clock)
    yield one
    await one.close()


async def got(visitor: Visitor, path: str) -> str:
    """All text of what is there."""
    async with visitor.session.get(visitor.url + path) as answer:
        assert answer.status == 200, path
        text = plain(await answer.read())
    assert not any(one in text for one in UNKNOWN), path
    return text


async def desk_of(served: Served, name: str) -> Visitor:
    """A contact person's browser."""
    visitor = Visitor(served.url)
    visitor.session.cookie_jar.update_cookies(
        {"desk": await served.session(name)}, response_url=served.server.make_url("/queue")
    )
    return visitor


def to_be_packed(kind: str) -> set[str]:
    """The cases whose papers are made: all that something was sent in; every day not twice, but for the fullest of them."""
    sent = {reference for reference, one in said()["cases"].items() if one["sent"]}
    return sent if WHOLE or kind == "sqlite" else {min(sent)}


async def test_every_page_of_the_desk(served: Served, each_left: Left) -> None:
    seen = set[str]()
    for name in CHATS:
        async with await desk_of(served, name) as desk:
            for page in (
                "",
                "/overview",
                "/overview.csv",
                "/overview.svg",
                "/people",
                "/retention",
                "/absence",
                "/start",
            ):
                await got(desk, f"/queue{page}")
            for reference in said()["queue"][each_left.kind][name]["waiting"]:
                case = said()["cases"][reference]
                assert reference in await got(desk, f"/queue/{reference}")
                tasks = retold.open_today(case["tasks"][name], await case_of(served, reference))
                forms = {f"/queue/{reference}/do/{task}" for task in tasks}
                for form in sorted(forms - seen):
                    await got(desk, form)
                seen |= forms
                if name == case["case"]["taken_by"]:
                    await got(desk, f"/queue/{reference}/log")


@pytest.mark.process
async def test_every_package(served: Served, each_left: Left) -> None:
    """A process makes each, with the better part of a second of a processor."""
    unpacked = to_be_packed(each_left.kind)
    for name in CHATS:
        mine = unpacked.intersection(said()["queue"][each_left.kind][name]["waiting"])
        async with await desk_of(served, name) as desk:
            for reference in sorted(mine):
                assert reference in await got(desk, f"/queue/{reference}/package")
        unpacked -= mine
    assert unpacked == set()


async def test_every_page_of_the_applicants(served: Served) -> None:
    for name in APPLICANTS:
        caller = Caller(served.turns, name)
        standing, shown = await caller.sees()
        shown += await caller.does(Press("status"))
        assert shown, name
        assert not any(one in str(shown) for one in UNKNOWN)
        async with served.turns.database.write() as connection:
            await sessions.begin(connection, standing.person, served.keys.hash(name), now())
        async with Visitor(served.url) as visitor:
            visitor.session.cookie_jar.update_cookies({"chat": name}, response_url=served.server.make_url("/"))
            for page in ("/", "/my-data"):
                await got(visitor, page)
