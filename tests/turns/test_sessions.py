"""Sessions, chats and links on both databases: what opens a chat, what has ended, and what a token from before there were sessions becomes."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.turns.origin import Origin
from bot.turns.sessions import Ended
from dialogs.language.events import Press, Start
from storage.database.door_tables import links, sessions
from storage.database.tables import addresses, erasures, outbox
from storage.people.people import Address
from storage.people.sessions import MOST
from tests.house import Caller, Composed
from tests.ways import BEGUN, goes, rows

BOT = Origin(Address("telegram", "5150"), "en")
BACK = re.compile(r"/back/([A-Za-z0-9_-]{32})")


async def told(composed: Composed, act: str) -> str:
    """What the bot says to a press."""
    async with composed.database.write() as connection:
        await connection.execute(delete(outbox))
    await composed.turns.take(BOT, Press(act))
    (row,) = await rows(composed.database, outbox)
    return str(row.reply)


async def test_from_telegram_into_a_browser_and_out_of_it(composed: Composed) -> None:
    at = composed.turns.sessions
    await composed.turns.take(BOT, Start())
    await composed.turns.take(BOT, Press("accept"))
    link = BACK.search(await told(composed, "newlink"))
    assert link
    token = await at.enter(link[1], None)
    assert token
    assert token != link[1]
    here = await at.here(token)
    assert here
    assert (await composed.turns.seen(here.at)).standing
    (there,) = [one for one in (await at.doors(here.person, here.session)).open if not one.here]
    assert there.act.startswith("endchat:")
    act = re.search(r"endbrowser:\d+", await told(composed, "openin"))
    assert act
    assert "That has ended." in await told(composed, act[0])
    assert await at.here(token) is None
    assert await at.enter(link[1], None), "the link goes on"
    anew = BACK.search(await told(composed, "newlink"))
    assert anew
    assert await at.enter(link[1], None) is None, "a new one ends the earlier ones"
    await told(composed, "endothers")
    assert await rows(composed.database, sessions) == []
    assert {row.what for row in await rows(composed.database, erasures)} == {"session", "link", "address"}


async def test_a_token_from_before_there_were_sessions_ends_with_the_links_before_it_has_become_one(
    composed: Composed,
) -> None:
    at, keys = composed.turns.sessions, composed.keys
    for act in ("newlink", "endothers"):
        token = keys.new()
        await goes(Caller(composed.turns, keys.hash(token)), *BEGUN)
        here = await at.here(token)
        assert here
        async with composed.database.write() as connection:
            await connection.execute(update(addresses).where(addresses.c.person_id == here.person).values(since=None))
            await connection.execute(delete(sessions))
            if act == "newlink":
                await at.linked(connection, here.person, anew=True)
            else:
                await at.ended(connection, here.person, act, 0)
        assert await at.here(token) is None
        assert await at.enter(token, None) is None


async def test_news_go_to_the_chat_once_no_browser_is_left(composed: Composed) -> None:
    at = composed.turns.sessions
    await composed.turns.take(BOT, Start())
    await composed.turns.take(BOT, Press("accept"))
    link = BACK.search(await told(composed, "newlink"))
    assert link
    for way in ("leave", "endothers"):
        token = await at.enter(link[1], None)
        here = await at.here(token or "")
        assert here
        assert {row.channel: row.reachable for row in await rows(composed.database, addresses)}["web"]
        await (at.leave(here) if way == "leave" else told(composed, way))
        assert not {row.channel: row.reachable for row in await rows(composed.database, addresses)}["web"]


async def test_a_chat_that_is_ended_in_the_browser_is_a_strangers(composed: Composed) -> None:
    at = composed.turns.sessions
    await composed.turns.take(BOT, Start())
    await composed.turns.take(BOT, Press("accept"))
    link = BACK.search(await told(composed, "newlink"))
    assert link
    here = await at.here(await at.enter(link[1], None) or "")
    assert here
    (chat,) = [one.act for one in (await at.doors(here.person)).open if one.act.startswith("endchat")]
    await at.end(here, "endchat", int(chat.partition(":")[2]))
    assert [row for row in await rows(composed.database, outbox) if row.address == "5150"] == []
    await composed.turns.take(BOT, Start())
    people = {row.person_id for row in await rows(composed.database, addresses)}
    assert len(people) == 2, "whoever writes there now is somebody new"


async def test_nobody_ends_what_is_somebody_elses(composed: Composed) -> None:
    at, keys = composed.turns.sessions, composed.keys
    sara, kim = keys.new(), keys.new()
    for token in (sara, kim):
        await goes(Caller(composed.turns, keys.hash(token)), *BEGUN)
    mine, theirs = await at.here(sara), await at.here(kim)
    assert mine
    assert theirs
    await at.end(mine, "endbrowser", theirs.session)
    await at.end(mine, "endothers", 0)
    assert await at.here(kim)
    await at.end(mine, "endbrowser", mine.session)
    assert await at.here(sara) is None


async def test_a_token_from_before_there_were_sessions_goes_on_as_one_and_as_a_link(composed: Composed) -> None:
    """It was both, and whoever has either of them comes in. Once it is ended it is neither."""
    at, keys = composed.turns.sessions, composed.keys
    tokens = [keys.new() for _one in range(3)]
    for token in tokens:
        await goes(Caller(composed.turns, keys.hash(token)), *BEGUN)
    async with composed.database.write() as connection:  # as the program of before left them
        await connection.execute(delete(sessions))
        await connection.execute(update(addresses).values(since=None))
    cookie, link, plain = tokens
    here = await at.here(cookie)
    assert here
    assert await at.here(cookie)
    came_in = await at.enter(link, None)
    assert came_in
    assert await at.here(came_in)
    assert await at.here(link)
    assert await at.here("", plain), "where the cookie has another name since"
    assert len(await rows(composed.database, links)) == 3
    await at.leave(here)
    assert await at.here(cookie) is None
    assert await at.here("", cookie) is None


async def test_that_it_is_used_is_noted_once_an_hour(composed: Composed) -> None:
    at, token = composed.turns.sessions, composed.keys.new()
    composed.clock.stop()
    await goes(Caller(composed.turns, composed.keys.hash(token)), *BEGUN)
    for minutes, noted in ((0, False), (59, False), (2, True), (59, False)):
        composed.clock.at += timedelta(minutes=minutes)
        here = await at.here(token)
        assert here
        assert here.noted == noted


async def test_a_session_that_has_ended_since_it_was_asked_for_does_nothing(composed: Composed) -> None:
    at, keys = composed.turns.sessions, composed.keys
    await goes(Caller(composed.turns, keys.hash(token := keys.new())), *BEGUN)
    here = await at.here(token)
    assert here
    link = await at.link(here)
    other = await at.here(await at.enter(link or "", None) or "")
    assert other
    await at.end(here, "endothers", 0)
    with pytest.raises(Ended):
        await at.link(other, anew=True)
    with pytest.raises(Ended):
        await at.end(other, "endothers", 0)
    gone = Origin(other.at, "en", browser=other.session)
    assert await composed.turns.take(gone, Press("forget2")) == "ended"
    assert await at.here(token)
    assert await at.leads(link or "") == here.person
    assert await composed.turns.take(Origin(here.at, "en", browser=here.session), Press("forget2")) is None
    assert await at.here(token) is None


async def test_of_two_browsers_that_end_each_other_at_once_one_stays(composed: Composed) -> None:
    at, keys = composed.turns.sessions, composed.keys
    await goes(Caller(composed.turns, keys.hash(token := keys.new())), *BEGUN)
    here = await at.here(token)
    assert here
    other = await at.here(await at.enter(await at.link(here) or "", None) or "")
    assert other
    ends = (at.end(one, "endothers", 0) for one in (here, other))
    done = await asyncio.gather(*ends, return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Ended", "NoneType"]
    assert len(await rows(composed.database, sessions)) == 1


async def test_whoever_comes_in_once_too_often_ends_the_session_that_is_unused_longest(composed: Composed) -> None:
    at, keys = composed.turns.sessions, composed.keys
    composed.clock.stop()
    await goes(Caller(composed.turns, keys.hash(token := keys.new())), *BEGUN)
    here = await at.here(token)
    assert here
    link = await at.link(here) or ""
    tokens = []
    for _one in range(MOST + 2):
        composed.clock.at += timedelta(minutes=61)
        assert await at.here(token), "the browser at hand is used all along"
        tokens.append(await at.enter(link, None) or "")
    assert len(await rows(composed.database, sessions)) == MOST
    assert await at.here(token)
    assert [bool(await at.here(one)) for one in tokens] == [False] * 3 + [True] * (MOST - 1)
