"""Every kind of update of the Bot API, whole and broken, and every command with every argument, over both webhooks."""

import asyncio
import json
from random import Random
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.telegram.webhook import SECRET
from bot.turns.invite import invite
from dialogs.applicants.rooms import COMMANDS
from dialogs.desk import screens
from storage.cases import case_invitations
from storage.database.tables import drafts, people
from tests.clock import now
from tests.fuzz.conftest import TIMES, Ground
from tests.fuzz.making import KINDS, WORDS, broken, made_update, words
from tests.house import Caller
from tests.ways import BEGUN, SENT, WISHED, goes, number_of, rows

BOTS = ("applicants", "contact_persons")
GUEST, KARIN = 700, 901
"""Somebody whose chat everything comes from, and a contact person."""
EACH = 3 * TIMES
"""Of each kind, whole; and as many broken."""


async def hears(ground: Ground, session: ClientSession, bot: str, update: Any) -> int:
    """The status of the webhook's answer."""
    body = json.dumps(update).encode("utf-8", "surrogatepass")
    headers = {SECRET: ground.parts.keys.derive(f"webhook:{bot}"), "Content-Type": "application/json"}
    async with session.post(f"{ground.url}/telegram/{bot}", data=body, headers=headers) as answer:
        return int(answer.status)


async def lived_in(ground: Ground) -> None:
    """A contact person, a case, a draft that nobody touches, and one of who writes."""
    links = await invite(ground.parts.database, ground.parts.keys, "Karin", ground.parts.clock.now())
    await goes(Caller(ground.parts.turns, "sara"), *WISHED, *SENT)
    await goes(Caller(ground.parts.turns, "planted"), *BEGUN, "partly")
    async with ClientSession() as session:
        assert await hears(ground, session, "contact_persons", said(KARIN, f"/start {links.telegram}", 1)) == 200
        assert await hears(ground, session, "contact_persons", said(KARIN, "/queue", 2)) == 200
    await ground.plant()


def said(chat: int, text: str, id: int) -> dict[str, Any]:
    sender = {"id": chat, "is_bot": False, "first_name": "x", "language_code": "en"}
    message = {"message_id": id, "date": 100, "chat": {"id": chat, "type": "private"}, "from": sender, "text": text}
    return {"update_id": id, "message": message}


async def all_of(ground: Ground, updates: "list[tuple[str, Any]]") -> None:
    """Eight at a time; each is confirmed, so that none comes again for ever."""
    async with ClientSession() as session:
        for start in range(0, len(updates), 8):
            some = updates[start : start + 8]
            answers = await asyncio.gather(*(hears(ground, session, bot, update) for bot, update in some))
            assert answers == [200] * len(some), [
                one for one, status in zip(some, answers, strict=True) if status != 200
            ]


def test_the_specification_is_whole() -> None:
    assert len(KINDS) >= 27
    assert {"message", "edited_message", "callback_query", "my_chat_member", "poll", "chat_boost"} <= set(KINDS)


@pytest.mark.parametrize("whole", [True, False])
async def test_every_kind_of_update(ground: Ground, chance: Random, whole: bool) -> None:
    await lived_in(ground)
    updates: list[tuple[str, Any]] = []
    for kind in KINDS:
        for _time in range(EACH * (4 if kind in ("message", "edited_message", "callback_query") else 1)):
            for bot in BOTS:
                chat = KARIN if bot == "contact_persons" and chance.random() < 0.8 else GUEST + chance.randrange(9)
                update = made_update(chance, kind, chat, 1000 + len(updates))
                updates.append((bot, update if whole else broken(chance, update)))
    before = await number_of(ground.parts.database, people)
    await all_of(ground, updates)
    await ground.unharmed()
    assert await number_of(ground.parts.database, people) > before + 3, "hardly anybody was heard"


async def test_every_command_with_every_argument(ground: Ground, chance: Random) -> None:
    await lived_in(ground)
    used = ground.parts.keys.new()
    (draft, *_more) = await rows(ground.parts.database, drafts)
    async with ground.parts.database.write() as connection:
        await case_invitations.invite(connection, draft.case_id, ground.parts.keys.hash(used), now())
    arguments = (*WORDS, used, "a" * 32, "1", "SAM-2026-0001", *(words(chance) for _time in range(5 * TIMES)))
    updates: list[tuple[str, Any]] = []
    for bot, commands in (("applicants", COMMANDS), ("contact_persons", screens.COMMANDS)):
        for command in (*commands, "START", "nonsense", "x" * 40, "start@guide_bot", ""):
            for argument in arguments if command == "start" else chance.sample(arguments, 6 * min(TIMES, 4)):
                chat = KARIN if bot == "contact_persons" else GUEST + chance.randrange(5)
                updates.append((bot, said(chat, f"/{command} {argument}", 5000 + len(updates))))
    await all_of(ground, updates)
    await ground.unharmed()


ODD_BODIES = (
    b"[" * 100_000,
    b'{"message":' * 50_000,
    b'"' + b"a" * 900_000,
    b"1" * 10_000,
    b"\xff" * 99,
    b"",
    b"nul",
    b"NaN",
    b'{"update_id":1e400}',
)


async def test_bodies_that_are_no_update(ground: Ground) -> None:
    await lived_in(ground)
    async with ClientSession() as session:
        for bot in BOTS:
            headers = {SECRET: ground.parts.keys.derive(f"webhook:{bot}")}
            for body in ODD_BODIES:
                async with session.post(f"{ground.url}/telegram/{bot}", data=body, headers=headers) as answer:
                    assert answer.status in (200, 400, 413), body[:20]
    await ground.unharmed()
