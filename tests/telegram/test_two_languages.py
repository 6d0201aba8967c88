"""Two people write one draft, one on Telegram and one on the web, each in their own language; each text stays in the one it was written in."""

from datetime import UTC, datetime

import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bot.main.process import reached
from bot.settings.keys import Keys
from dialogs.engine.record import Record
from storage.cases import submissions
from storage.database.tables import participants
from storage.database.tables import submissions as submission_rows
from storage.people import people
from storage.people.people import Address
from tests.answers import ROSENGARD, went_on
from tests.house import SECRET
from tests.telegram.stage import Stage
from tests.web.visitor import Visitor

ARABIC = "نريد مقاعد وإنارة في الساحة، مع السكان وأصحاب المحلات."
POLISH = "Co roku sprzątamy razem plac i robimy piknik. Przychodzą mieszkańcy."


async def let_in(stage: Stage, visitor: Visitor) -> None:
    """From now on the visitor writes Sara's draft, too."""
    token = next(one.value for one in visitor.session.cookie_jar if one.key == "chat")
    async with stage.parts.database.write() as connection:
        at = datetime.now(UTC)
        sara = await people.person_at(connection, Address("telegram", "501"), at)
        other = await people.person_at(connection, Address("web", Keys(SECRET).hash(token)), at)
        assert sara
        assert other
        await connection.execute(participants.insert().values(case_id=1, person_id=other.id))
        await people.change(connection, other.id, at_hand=sara.at_hand)


@pytest.mark.house(public_url="http://example.se")
async def test_each_reads_their_own_language_and_each_text_keeps_its_own(stage: Stage) -> None:
    sara, program = stage.phone(locale="ar"), stage.parts.program
    await sara.walk("proposal")
    async with (
        TestServer(reached(program, stage.connected, program.health())) as server,
        Visitor(str(server.make_url("/")).rstrip("/"), "pl") as jan,
    ):
        await jan.open("/")
        await jan.press("accept")
        await let_in(stage, jan)
        await sara.say(ARABIC)
        assert "المعيار 2 من 6" in await sara.read()
        page = await jan.open("/")
        assert '<html lang="pl" dir="ltr">' in page.html
        assert "Kryterium 2 z 6" in page.text
        assert f'<p class="own " dir="auto">{ARABIC}</p>' in page.html, "what she wrote stands there as she wrote it"
        await jan.press("met")
        assert (await jan.press("done", text=POLISH)).asked == "contribution"
        await sara.say("/start")
        await sara.read()
        await sara.tap("open:1")
        assert "المعيار 3 من 6" in await sara.read(), "she goes on in Arabic where he left it"
        await sara.tap("back")
        assert POLISH in await sara.read()
        await sara.tap("keep")
        await sara.read()
        await jan.open("/")
        while (key := jan.page.asked) != "review":
            for given in ROSENGARD.form[key]:
                await jan.fill(given.act, given.fields)
            went_on(key, jan.page.asked, jan.page.text)
        await jan.press("send")
        await jan.press("sure")
    async with stage.parts.database.read() as connection:
        case = (await connection.execute(select(submission_rows.c.case_id))).scalar_one()
        record: Record = (await submissions.of_case(connection, case))[0].record
    said = {entry.key: (entry.value, entry.locale) for entry in record.entries}
    assert said["proposal"] == (ARABIC, "ar")
    assert said["cooperation"] == (POLISH, "pl")
