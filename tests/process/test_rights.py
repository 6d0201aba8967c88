"""Law 4: while the database refuses our role, what people write waits, and is taken once it may be."""

import asyncio
from pathlib import Path

import pytest

from bot.speech.catalogs import say
from bot.telegram.updates import BURST, SORRY
from tests.keys import english
from tests.ports import free_port
from tests.process.program import Program
from tests.process.telegram import APPLICANTS, PROPOSAL, settings
from tests.rights import role
from tests.telegram.bot_api import BotApi
from tests.telegram.phone import Phone, shown
from tests.telegram.stage import happens

MORE = {"polling": 4, "webhook": 2 * BURST}
"""Times that it has to be refused before anything is mended: more than a message of ours may fail, and than a chat has acts where Telegram brings it
at once again.
"""


@pytest.mark.parametrize(
    ("way", "taken", "given"),
    [
        ("polling", "REVOKE ALL ON drafts FROM ROLE", "GRANT SELECT, INSERT, UPDATE, DELETE ON drafts TO ROLE"),
        ("webhook", "REVOKE UPDATE ON drafts FROM ROLE", "GRANT UPDATE ON drafts TO ROLE"),
        ("polling", "ALTER TABLE drafts RENAME TO elsewhere", "ALTER TABLE elsewhere RENAME TO drafts"),
    ],
)
async def test_an_answer_waits_while_the_database_refuses_it(
    way: str, taken: str, given: str, api: BotApi, postgres_url: str, tmp_path: Path
) -> None:
    port, account = str(free_port()), api.account(APPLICANTS)
    public = {"PUBLIC_URL": f"http://127.0.0.1:{port}"} if way == "webhook" else {}
    async with role(postgres_url) as one:
        program = Program(tmp_path, **settings(api, PORT=port, DATABASE_URL=one.url, **public))
        await asyncio.to_thread(program.start)
        try:
            phone = Phone(account, 501, "en")
            await phone.walk("proposal")
            await one.does(taken)
            await phone.say(PROPOSAL)
            code = "42P01" if "RENAME" in taken else "42501"
            await happens(lambda: program.log.count(code) >= MORE[way], 90)
            await one.does(given)
            await phone.expect(english("Established cooperation"), 40)
            said = "\n".join(shown(message) for message in account.shown[phone.id])
            assert say(SORRY, "en") not in said
            assert PROPOSAL not in program.log
        finally:
            assert await asyncio.to_thread(program.stop) == 0
