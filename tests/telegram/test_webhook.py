"""Webhooks: 200 means committed, and nobody but Telegram is heard."""

import io

import pytest

from bot.telegram import updates
from bot.telegram.webhook import MOST
from tests.telegram.stage import Stage, happens
from tests.telegram.webhook import hello, post, rows


async def test_a_conversation_over_webhooks(hooked: Stage) -> None:
    sara = hooked.phone()
    await sara.walk("mixed_group")
    await sara.tap("Partly")
    assert "Which actors are in the group?" in await sara.read()
    assert {status for _id, status in hooked.api.pushed} == {200}
    assert not hooked.applicants_account.called("getUpdates")


async def test_a_contact_person_over_webhooks(hooked: Stage) -> None:
    karin = hooked.staff_phone()
    await karin.say("hello?")
    assert await karin.read() == ""
    await hooked.invited(karin)
    await karin.say("/queue")
    assert "There is no case here" in await karin.read()


async def test_200_comes_after_the_commit(still: Stage, door: str) -> None:
    assert await post(f"{door}/applicants", still.parts.keys.derive("webhook:applicants"), json=hello()) == 200
    assert (await rows(still, "seen_updates"), await rows(still, "outbox")) == (1, 1)
    assert await post(f"{door}/applicants", still.parts.keys.derive("webhook:applicants"), json=hello()) == 200
    assert (await rows(still, "seen_updates"), await rows(still, "outbox")) == (1, 1)


async def test_500_while_the_database_is_away_and_the_update_comes_again(hooked: Stage) -> None:
    async with hooked.parts.database.write() as connection:
        await connection.exec_driver_sql("ALTER TABLE people RENAME TO gone")
    sara = hooked.phone()
    await sara.start()
    await happens(lambda: len(hooked.api.pushed) >= 5)
    assert {status for _id, status in hooked.api.pushed} == {500}
    async with hooked.parts.database.write() as connection:
        await connection.exec_driver_sql("ALTER TABLE gone RENAME TO people")
    assert (await sara.read()).count("Welcome!") == 1


async def test_an_error_of_ours_is_skipped_with_an_apology(hooked: Stage) -> None:
    sara = hooked.phone()
    await sara.walk("mixed_group")
    async with hooked.parts.database.write() as connection:
        await connection.exec_driver_sql("UPDATE drafts SET answers = '[1]'")
    before = len(hooked.api.pushed)
    await sara.tap("met")
    assert "something went wrong on our side" in await sara.read()
    assert [status for _id, status in hooked.api.pushed[before:]] == [500] * (updates.TRIES - 1) + [200]


@pytest.mark.parametrize(
    ("name", "secret", "status"),
    [
        ("applicants", "", 404),
        ("applicants", "wrong", 404),
        ("applicants", "webhook:contact_persons", 404),
        ("applicants", "ö", 404),
        ("nobody", "webhook:nobody", 404),
        ("contact_persons", "webhook:contact_persons", 200),
    ],
)
async def test_who_does_not_know_the_secret_finds_nothing(
    still: Stage, door: str, name: str, secret: str, status: int
) -> None:
    known = still.parts.keys.derive(secret) if secret.startswith("webhook:") else secret
    assert await post(f"{door}/{name}", known.encode().decode("latin-1"), json=hello()) == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{" + b" " * MOST + b"}", 413),
        (b"no json", 400),
        (b"\xff\xfe", 400),
        (b"[]", 200),
        (b"null", 200),
        (b'{"update_id": 1, "message": {"chat": 5}}', 200),
    ],
)
async def test_odd_bodies(still: Stage, door: str, body: bytes, status: int) -> None:
    assert (
        await post(f"{door}/applicants", still.parts.keys.derive("webhook:applicants"), data=io.BytesIO(body)) == status
    )
    assert await rows(still, "people") == 0


async def test_the_tail_of_a_paste_is_no_answer(hooked: Stage) -> None:
    sara = hooked.phone()
    await sara.walk("proposal")
    await sara.say("x" * 9000)
    said = await sara.read()
    assert "too many" in said
    assert said.count("What do you want to do in the area?") == 1
    assert sara.question == "proposal"
    assert hooked.applicants_account.updates == []


async def test_the_web_alone_hears_without_having_opened_the_bot(hooked: Stage) -> None:
    assert hooked.applicants.username == ""
    sara = hooked.phone()
    await sara.start()
    assert "Welcome!" in await sara.read()
