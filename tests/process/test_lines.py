"""Several processes behind a pooler, and on a line that goes silent: everything arrives once, and nobody restarts anything."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from storage.database.lock import HELD, LOOK
from tests.house import SECRET
from tests.keys import english
from tests.letterbox import Letterbox
from tests.line import Line
from tests.pgbouncer import PgBouncer
from tests.ports import free_port
from tests.process.blocking_visitor import STEPS, BlockingVisitor
from tests.process.program import ROOT, Program
from tests.process.telegram import APPLICANTS, settings
from tests.process.walk import reference_in, to_the_review
from tests.telegram.bot_api import BotApi
from tests.telegram.phone import Phone
from tests.web.page import Page
from tests.web.visitor import Upload

PATIENCE = 90
"""Seconds for a letter on a busy machine."""
LIMIT = 4
"""Seconds for a statement where a line goes silent."""
WITHIN = 5 * LIMIT
"""Seconds within which whoever waits for such a statement has an answer, on a busy machine."""
HOLDER = "SELECT holder FROM locks WHERE name = 'poll:telegram'"


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    begun = Letterbox().start()
    yield begun
    begun.stop()


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    server = BotApi()
    await server.start()
    server.account(APPLICANTS, "guide_bot")
    yield server
    await server.stop()


@pytest.fixture
def pooler(request: pytest.FixtureRequest, postgres_url: str) -> Iterator[PgBouncer]:
    """A pooler in the mode of the test, transaction unless it says so, with two connections to the server: fewer than there are processes."""
    mode = getattr(request, "param", "transaction")
    begun = PgBouncer(postgres_url, mode, default_pool_size="2" if mode == "transaction" else "40").start()
    yield begun
    begun.stop()


@contextmanager
def running(place: Path, letterbox: Letterbox, *commands: tuple[str, str], **more: str) -> Iterator[list[Program]]:
    """A process for each command and address of the database. They end well."""
    box = {"SECRET_KEY": SECRET, "SMTP_URL": letterbox.url, "CONTACT_MAILBOX": "box@example.se"}
    with ExitStack() as stack:
        made = list[Program]()
        for command, url in commands:
            one = Program(place, command, DATABASE_URL=url, **box, **more)
            stack.callback(lambda one=one: one.stop())  # type: ignore[misc]
            made.append(one)
            one.start()
        yield made
        assert [one.stop() for one in made] == [0] * len(made), [one.log for one in made]


class Turning(BlockingVisitor):
    """Somebody whose every post goes to another process than the one before."""

    def __init__(self, programs: list[Program]) -> None:
        super().__init__(programs[0].url)
        self.urls, self.posts = [one.url for one in programs], 0

    def press(
        self,
        page: Page,
        act: str,
        filled: Mapping[str, str | list[str]] | None = None,
        at: str = "",
        files: tuple[Upload, ...] = (),
    ) -> Page:
        self.posts += 1
        return super().press(page, act, filled, at or self.urls[self.posts % len(self.urls)], files)


async def nothing_due(url: str) -> None:
    session = await asyncpg.connect(url)
    async with asyncio.timeout(PATIENCE):
        while await session.fetchval("SELECT count(*) FROM outbox WHERE state = 'due'"):
            await asyncio.sleep(0.05)
    await session.close()


def sent_by(visitor: BlockingVisitor) -> str:
    reference = reference_in(visitor.press(visitor.press(to_the_review(visitor), "send"), "sure"))
    visitor.close()
    return reference


@pytest.mark.parametrize("pooler", ["transaction", "session"], indirect=True)
def test_an_intake_behind_a_pooler(pooler: PgBouncer, letterbox: Letterbox, tmp_path: Path) -> None:
    with running(tmp_path, letterbox, ("web", pooler.url), ("web", pooler.url), ("worker", pooler.url)) as processes:
        references = [sent_by(Turning(processes[:2])) for _twice in range(2)]
        letterbox.wait_for(4, PATIENCE)
    assert sorted(letterbox.recipients) == ["box@example.se"] * 2 + ["sara@malmo.se"] * 2
    for reference in references:
        assert sum(reference in letter.get_content() for letter in letterbox.letters) == 2
    assert all("failed" not in one.log and "Error" not in one.log for one in processes), [one.log for one in processes]


async def test_one_of_two_workers_behind_a_pooler_polls_and_the_other_takes_over(
    pooler: PgBouncer, postgres_url: str, api: BotApi, tmp_path: Path
) -> None:
    told = settings(api, DATABASE_URL=pooler.url) | {"CONTACT_PERSONS_BOT_TOKEN": ""}
    workers = [Program(tmp_path, "worker", **told, METRICS_PORT=str(free_port())) for _each in range(2)]
    try:
        for one in workers:
            await asyncio.to_thread(one.start)  # whom a signal finds before it listens to any has no orderly end
        await _one_polls(workers, postgres_url, api)
    finally:
        for one in workers:
            if one.started:
                await asyncio.to_thread(one.stop)
    assert all("Conflict" not in one.log for one in workers)


async def _one_polls(workers: list[Program], postgres_url: str, api: BotApi) -> None:
    phone = Phone(api.account(APPLICANTS), 501, "en")
    await phone.start("")
    await phone.expect(english("Welcome!"), PATIENCE)
    for last in workers:
        session = await asyncpg.connect(postgres_url)
        assert await session.fetchval("SELECT count(*) FROM locks WHERE until > clock_timestamp()") == 1
        await session.close()
        assert await asyncio.to_thread(last.stop) == 0
        if last is not workers[-1]:
            await phone.say("/start")
            await phone.expect(english("Welcome!"), PATIENCE)


async def test_what_a_killed_worker_polled_another_polls_as_soon_as_operations_md_says(
    postgres_url: str, api: BotApi, tmp_path: Path
) -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    assert f"holds it for {HELD.seconds} seconds more" in page
    assert f"nobody polls for {HELD.seconds + LOOK:.0f} seconds" in page
    told = settings(api) | {"CONTACT_PERSONS_BOT_TOKEN": ""}
    killed, other = (
        Program(
            tmp_path,
            "worker",
            **told,
            DATABASE_URL=make_url(postgres_url)
            .update_query_dict({"application_name": name})
            .render_as_string(hide_password=False),
        )
        for name in ("killed", "other")
    )
    owner = await asyncpg.connect(postgres_url)
    try:
        killed.begin()
        phone = Phone(api.account(APPLICANTS), 501, "en")
        await phone.start("")
        await phone.expect(english("Welcome!"), PATIENCE)
        other.begin()
        async with asyncio.timeout(PATIENCE):
            while not await owner.fetchval("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'other'"):
                await asyncio.sleep(0.05)
        before = await owner.fetchval(HOLDER)
        await asyncio.to_thread(killed.kill)
        async with asyncio.timeout(2 * (HELD.seconds + LOOK)):
            while await owner.fetchval(HOLDER) == before:
                await asyncio.sleep(0.05)
        await phone.say("/start")
        await phone.expect(english("Welcome!"), PATIENCE)
    finally:
        await owner.close()
        for one in (killed, other):
            if one.started:
                await asyncio.to_thread(one.stop)


def test_what_is_due_is_delivered_after_the_worker_s_line_went_silent(
    postgres_url: str, letterbox: Letterbox, tmp_path: Path
) -> None:
    line = Line(postgres_url).start()
    with running(tmp_path, letterbox, ("web", postgres_url), ("worker", line.address), DATABASE_TIMEOUT=str(LIMIT)) as (
        web,
        _worker,
    ):
        sent_by(BlockingVisitor(web.url))
        letterbox.wait_for(2, PATIENCE)
        asyncio.run(nothing_due(postgres_url))  # what is not noted as sent yet is sent again, under the same Message-ID
        line.silence()
        reference = sent_by(BlockingVisitor(web.url))
        letterbox.wait_for(4, 2 * WITHIN)
        assert sum(reference in letter.get_content() for letter in letterbox.letters) == 2
        assert sorted(letterbox.recipients) == ["box@example.se"] * 2 + ["sara@malmo.se"] * 2
    line.stop()


async def test_a_page_whose_statement_went_silent_is_answered_in_time_and_the_next_press_works(
    postgres_url: str, letterbox: Letterbox, tmp_path: Path
) -> None:
    line = Line(postgres_url).start()
    with running(tmp_path, letterbox, ("web", line.address), DATABASE_TIMEOUT=str(LIMIT)) as (web,):
        visitor = BlockingVisitor(web.url)
        page = await asyncio.to_thread(visitor.press, visitor.see(), "accept")
        (act, filled), *_more = STEPS[page.question]
        async with in_the_way(postgres_url) as waited_for:
            pressing = asyncio.ensure_future(asyncio.to_thread(visitor.press, page, act, filled))
            await waited_for()
            await asyncio.to_thread(line.silence)
        await asyncio.wait({pressing}, timeout=WITHIN)
        assert pressing.done(), "a statement has no time limit"
        assert not pressing.result().question
        after = await asyncio.to_thread(visitor.press, page, act, filled)
        assert after.question not in ("", page.question)
        visitor.close()
    line.stop()


@asynccontextmanager
async def in_the_way(url: str) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """A lock on all drafts; what is given waits until a statement of somebody's stands before it."""
    owner = await asyncpg.connect(url)

    async def waited_for() -> None:
        async with asyncio.timeout(PATIENCE):
            while not await owner.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
                await asyncio.sleep(0.01)

    async with owner.transaction():
        await owner.execute("LOCK TABLE drafts IN ACCESS EXCLUSIVE MODE")
        yield waited_for
    await owner.close()
