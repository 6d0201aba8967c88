"""Long polling: confirmed means committed, whatever happens in between."""

import asyncio
from typing import Any

import pytest

from bot.telegram import poll, updates
from bot.telegram.hear import Incoming
from bot.telegram.poll import Poll
from tests.telegram.stage import Stage


async def rename(stage: Stage, before: str, after: str) -> None:
    async with stage.parts.database.write() as connection:
        await connection.exec_driver_sql(f"ALTER TABLE {before} RENAME TO {after}")


async def count(stage: Stage, table: str) -> int:
    async with stage.parts.database.read() as connection:
        return int((await connection.exec_driver_sql(f"SELECT count(*) FROM {table}")).scalar_one())


async def test_an_update_is_confirmed_when_its_turn_is_committed(stage: Stage) -> None:
    sara = stage.phone()
    await sara.start()
    assert "Welcome!" in await sara.read()
    assert stage.applicants_account.updates == []
    assert await count(stage, "seen_updates") == 1


async def test_while_the_database_is_away_nothing_is_confirmed_and_then_it_goes_on(stage: Stage) -> None:
    sara = stage.phone()
    await rename(stage, "people", "gone")
    await sara.start()
    await asyncio.sleep(0.3)
    assert len(stage.applicants_account.updates) == 1
    await rename(stage, "gone", "people")
    assert (await sara.read()).count("Welcome!") == 1
    assert stage.applicants_account.updates == []


async def test_what_was_not_committed_comes_again_after_a_kill(still: Stage) -> None:
    still.listen()
    sara = still.phone()
    await rename(still, "people", "gone")
    await sara.start()
    await asyncio.sleep(0.1)
    await still.silence()
    assert len(still.applicants_account.updates) == 1
    await rename(still, "gone", "people")
    again = Stage(still.api, still.parts)
    again.listen()
    assert (await again.phone().read()).count("Welcome!") == 1
    await again.close()


async def test_what_was_committed_but_not_confirmed_is_not_taken_twice(still: Stage) -> None:
    sara = still.phone()
    await sara.start()
    updates = list(still.applicants_account.updates)
    still.listen()
    assert (await sara.read()).count("Welcome!") == 1
    await still.silence()
    still.applicants_account.updates[:0] = updates
    again = Stage(still.api, still.parts)
    again.listen()
    await again.settle()
    assert len(sara.account.shown[sara.id]) == 1
    await again.close()


async def test_an_error_of_ours_does_not_hold_up_the_chat_for_ever(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "PAUSES", (0.01,))
    sara, ali = stage.phone(), stage.phone(502, "sv")
    await sara.walk("mixed_group")
    async with stage.parts.database.write() as connection:
        await connection.exec_driver_sql("UPDATE drafts SET answers = '[1]'")
    await sara.tap("met")
    assert "something went wrong on our side" in await sara.read()
    await ali.start()
    assert "Välkommen" in await ali.read()


async def test_a_chat_that_is_stuck_holds_up_nobody_else(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updates, "PAUSES", (30,))
    sara, ali = stage.phone(), stage.phone(502)
    await sara.walk("mixed_group")
    async with stage.parts.database.write() as connection:
        await connection.exec_driver_sql(
            "CREATE TRIGGER stuck BEFORE UPDATE ON addresses WHEN NEW.address = '501' BEGIN SELECT RAISE(FAIL, 'stuck'); END"
        )
    await sara.tap("met")
    await ali.start()
    stage.parts.turns.committed.clear()
    await asyncio.wait_for(stage.parts.turns.committed.wait(), 10)
    await stage.delivery.once()
    await ali.expect("Welcome!", 5)
    assert stage.applicants_account.updates, "the press is not dealt with yet"


async def test_within_a_chat_things_are_taken_in_their_order(stage: Stage) -> None:
    sara = stage.phone()
    await sara.walk("actors")
    for at in range(1, 9):
        await sara.say(f"Actor number {at}")
    last = (await sara.read()).rpartition("Your answer so far:")[2]
    assert [last.index(f"Actor number {at}\u2069 ·") for at in range(1, 9)] == sorted(
        last.index(f"Actor number {at}\u2069 ·") for at in range(1, 9)
    )


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (500, "Internal Server Error"),
        (502, "Bad Gateway"),
        (409, "Conflict: terminated by other getUpdates request"),
        (0, ""),
        (429, "Too Many Requests"),
    ],
)
async def test_the_poll_outlives_trouble(
    still: Stage, code: int, description: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poll, "BACK_OFF", (0.01,))
    for account in still.api.accounts.values():
        account.fails("getUpdates", code, description, **({"retry_after": 1} if code == 429 else {}))
    still.listen()
    sara = still.phone()
    await sara.start()
    assert "Welcome!" in await sara.read()


async def test_update_numbers_may_begin_anew_below() -> None:
    brought = [[update(100), update(101)], [], [update(5)], []]
    offsets: list[int] = []
    taken: list[int] = []

    async def fetch(offset: int, _seconds: int) -> list[dict[str, Any]]:
        offsets.append(offset)
        return brought.pop(0)

    async def take(messages: list[Incoming]) -> None:
        taken.extend(id for message in messages for id in message.updates)

    loop = Poll("telegram", fetch, take)
    while brought:
        await loop.once()
    assert taken == [100, 101, 5]
    assert offsets == [0, 102, 0, 6]


async def test_what_fails_unforeseen_is_handed_over_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poll, "AGAIN", 0.01)
    offsets: list[int] = []
    failures = [RuntimeError]

    async def fetch(offset: int, _seconds: int) -> list[dict[str, Any]]:
        offsets.append(offset)
        return [update(100)] if offset <= 100 else []

    async def take(_messages: list[Incoming]) -> None:
        if failures:
            raise failures.pop()

    loop = Poll("telegram", fetch, take)
    for _ in range(3):
        await loop.once()
    assert not failures
    assert offsets == [0, 0, 101], "it is not confirmed before it was taken"


def update(id: int) -> dict[str, Any]:
    return {
        "update_id": id,
        "message": {"message_id": 1, "date": 1, "chat": {"id": 501, "type": "private"}, "text": "hello"},
    }


async def test_a_webhook_that_stands_is_taken_down(still: Stage) -> None:
    still.applicants_account.webhook = "http://127.0.0.1:9/nobody"
    still.listen()
    sara = still.phone()
    await sara.start()
    assert "Welcome!" in await sara.read()
    assert still.applicants_account.webhook == ""
