"""A running installation on SQLite is moved to PostgreSQL, with people half-way: each goes on where they were. They are 72; with WHOLE=1 301."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.main.backup import backup
from bot.main.restore import Restored, restore
from storage.cases.verify import verify
from storage.database.tables import desk_drafts, outbox
from storage.migrations.snapshot import REFERENCES
from tests.answers import ROSENGARD
from tests.clock import now
from tests.house import SEAL, SECRET, Caller, Composed, compose
from tests.letterbox import Letterbox
from tests.main.place import Place
from tests.process.blocking_visitor import BlockingVisitor
from tests.process.program import Program
from tests.process.walk import on_to_the_review, reference_in, to_the_review
from tests.spread import WHOLE
from tests.storage.migrations import half_way
from tests.storage.migrations.half_way import Walker, references, seen
from tests.telegram.bot_api import BotApi
from tests.telegram.phone import Phone
from tests.telegram.stage import Stage, on_telegram
from tests.ways import SENT, WRITTEN, goes, rows
from tests.web.conftest import Served, serve
from tests.web.visitor import Visitor
from tests.web.walk import answer, walk

WALKING, ENCLOSING, PAIRS = (260, 10, 9) if WHOLE else (44, 5, 5)
"""With five browsers, seven phones and Karin: 301 people, or 72, of whom two stand at each step of the way."""
ASKED = ("mixed_group", "actors", "contributes", "challenges", "contact")
"""Where the browsers stop."""


@dataclass
class Around:
    """Who stands around an installation, whichever database is below it."""

    walking: list[Walker]
    together: list[tuple[Caller, Caller]]
    enclosed: list[str]
    phones: list[Phone]
    karin: Phone
    browsers: list[Visitor]
    desk: Visitor

    @property
    def callers(self) -> list[Caller]:
        """Those who need no socket."""
        return [*(one.caller for one in self.walking), *(one for pair in self.together for one in pair)]

    async def seen(self) -> list[object]:
        """What each of them finds."""
        return seen([await one.sees() for one in self.callers])

    async def pages(self) -> list[str]:
        """What each applicant's browser finds."""
        return [(await one.open("/")).text for one in self.browsers]

    def come_to(self, parts: Composed, stage: Stage, served: Served) -> None:
        """From now on all of them are somewhere else, and know nothing of it."""
        for caller in self.callers:
            caller.turns = parts.turns
        for phone in (*self.phones, self.karin):
            half_way.again(phone, stage)
        for browser in (*self.browsers, self.desk):
            browser.url = served.url

    async def close(self) -> None:
        """Shut the browsers."""
        for browser in (*self.browsers, self.desk):
            await browser.session.close()


@dataclass
class House:
    """An installation that runs in this process: the web on a socket, both bots, delivery in steps."""

    parts: Composed
    stage: Stage
    served: Served

    async def close(self) -> None:
        """Stop it."""
        await self.served.close()
        await self.stage.close()
        await self.parts.close()


async def opened(place: Place, api: BotApi) -> House:
    """The installation at a place, not listening to Telegram yet."""
    parts = compose(place.url, place.directory, **on_telegram(api.url))
    return House(parts, Stage(api, parts), await serve(place.url, place.directory))


async def come(house: House) -> Around:
    """As many people, each half-way somewhere else."""
    parts, stage, url = house.parts, house.stage, house.served.url
    stage.listen()
    browsers = [Visitor(url, "ar") for _ in ASKED]
    for browser, question in zip(browsers, ASKED, strict=True):
        await walk(browser, question)
    walking = await half_way.walkers(parts, WALKING)
    together, enclosed = await half_way.write_together(parts, PAIRS), await half_way.encloses(parts, ENCLOSING)
    karin, desk = await half_way.at_the_desk(stage), Visitor(url)
    await desk.post(f"/sign-in/{await house.served.link('Karin')}", {})
    return Around(walking, together, enclosed, await half_way.phones(stage), karin, browsers, desk)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()


async def moved(old: Place, new: Place, backups: Path) -> Restored:
    """What was at the old place is at the new one."""
    return await restore(new.settings, (await backup(old.settings, backups, now())).path, now())


async def test_people_half_way_go_on_where_they_were(
    sqlite_url: str, postgres_url: str, tmp_path: Path, api: BotApi
) -> None:
    old, new = Place(tmp_path / "old", sqlite_url), Place(tmp_path / "new", postgres_url)
    house = await opened(old, api)
    people = await come(house)
    await house.stage.silence()  # what is said from here on waits in the outbox
    await goes(Caller(house.parts.turns, "sends last"), *WRITTEN, *SENT)
    before, pages, given = await people.seen(), await people.pages(), await references(house.parts)
    kept = [await rows(house.parts.database, table) for table in (outbox, desk_drafts)]
    await house.close()

    done = await moved(old, new, tmp_path / "backups")
    assert (done.files, done.staff) == (ENCLOSING, ["Alva", "Karin"])
    house = await opened(new, api)
    people.come_to(house.parts, house.stage, house.served)
    assert await people.seen() == before
    assert await people.pages() == pages, "each cookie is known"
    assert given[0] not in (await people.desk.open("/queue")).text, (
        "who works at the desk signs in anew after a restore"
    )
    await people.desk.post(f"/sign-in/{await house.served.link('Karin')}", {})
    assert given[0] in (await people.desk.open("/queue")).text
    assert [await rows(house.parts.database, table) for table in (outbox, desk_drafts)] == kept
    await verifies(house.parts)
    lying = set(await house.parts.files.older(time.time() + 60))
    assert lying == set(people.enclosed)

    await goes(Caller(house.parts.turns, "new"), *WRITTEN, *SENT)
    (next_one,) = set(await references(house.parts)) - set(given)
    assert int(next_one[-4:]) == int(given[-1][-4:]) + REFERENCES + 1
    await all_go_on(people, house, given)
    await verifies(house.parts)
    await people.close()
    await house.close()


async def verifies(parts: Composed) -> None:
    """Every chain is what it was."""
    async with parts.database.read() as connection:
        verdict = await verify(connection, SEAL)
    assert verdict.findings == []
    assert verdict.events > verdict.cases >= len(await references(parts))


async def all_go_on(people: Around, house: House, given: list[str]) -> None:
    """Everybody does what they would have done next."""
    await asyncio.gather(*(one.on(1) for one in people.walking if not one.sent))
    for first, second in people.together:
        await goes(first, "not_yet")
        mine = (await first.sees())[0].here
        assert mine
        assert (await second.sees())[0].drafted(mine.draft.id) == mine, "one draft, two writers"
    for browser, question in zip(people.browsers, ASKED, strict=True):
        for given_here in ROSENGARD.form[question]:
            await answer(browser, given_here)
        assert browser.page.question != question
    house.stage.listen()
    assert given[-1] in await people.karin.read(), "what waited in the outbox is delivered"
    await people.karin.tap("met")
    assert "draft" not in await people.karin.read()
    for phone in people.phones:
        await half_way.goes_on(phone)
    assert await rows(house.parts.database, outbox, state="due", channel="telegram") == []


def test_by_the_commands_as_the_documentation_says(postgres_url: str, tmp_path: Path, tools: str) -> None:
    """One process on SQLite, stopped; two on PostgreSQL with what the backup kept as SECRET_KEY. What waited for the mail server comes from the new worker."""
    old, new, letterbox = tmp_path / "old", tmp_path / "new", Letterbox()
    old.mkdir()
    new.mkdir()
    given = {"PATH": tools, "SMTP_URL": letterbox.url, "CONTACT_MAILBOX": "box@example.se"}
    program = Program(old, **given)
    link = program.run("invite", "Karin").partition("the queue: ")[2].split()[0]
    program.start()
    sara, karin, bo = (BlockingVisitor(program.url) for _ in range(3))
    karin.post(urlsplit(link).path)
    first = reference_in(sara.press(sara.press(to_the_review(sara), "send"), "sure"))
    asked = bo.press(bo.press(bo.see(), "accept"), "yes").question
    assert program.stop() == 0
    program.run("backup", "../backups")
    (made,) = (tmp_path / "backups").iterdir()

    there = given | {"DATABASE_URL": postgres_url, "SECRET_KEY": SECRET}
    said = Program(new, **there).run("restore", str(made))
    secret = (made / "secret_key").read_text()
    assert "From SQLite to PostgreSQL: " in said
    assert f'SECRET_KEY="$(cat {made / "secret_key"})"' in said
    assert secret not in said
    there["SECRET_KEY"] = secret
    assert "contact persons sign in anew" in Program(new, **there).run("restore", "--force", str(made))
    assert "are as they were written" in Program(new, **there).run("verify")
    letterbox.start()
    web, worker = Program(new, "web", **there).start(), Program(new, "worker", **there).start()
    letterbox.wait_for(2, 90)
    assert sorted(letterbox.recipients) == ["box@example.se", "sara@malmo.se"]
    for one in (sara, karin, bo):
        one.url = web.url
    assert first in sara.see().text
    assert first not in karin.see("/queue").text
    karin.post(urlsplit(Program(new, **there).run("invite", "Karin").partition("the queue: ")[2].split()[0]).path)
    assert first in karin.see("/queue").text
    assert bo.see().question == asked != ""
    second = reference_in(bo.press(bo.press(on_to_the_review(bo, bo.see()), "send"), "sure"))
    assert int(second[-4:]) == int(first[-4:]) + REFERENCES + 1
    for one in (sara, karin, bo):
        one.close()
    assert (web.stop(), worker.stop()) == (0, 0)
    letterbox.stop()
