"""Posts on their way: what each fault of Telegram means, with either library."""

import asyncio
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from bot.telegram import carry
from bot.telegram.bot import TelegramBot
from bot.worker.outcome import Delivered, Failed, Gone, Wait
from dialogs.language.replies import Ask, Button, Export, Reply, Tell
from dialogs.language.words import Words
from storage.outbox.outbox import Post
from storage.people.people import Address
from tests.telegram.bot_api import BotApi
from tests.telegram.phone import Phone, shown
from tests.telegram.stage import Stage


@pytest.fixture(params=["applicants", "contact_persons"])
def bot(request: pytest.FixtureRequest, still: Stage) -> TelegramBot:
    """One bot and then the other."""
    return still.applicants if request.param == "applicants" else still.contact_persons


@pytest.fixture
async def phone(bot: TelegramBot, still: Stage) -> Phone:
    """Somebody that this bot may write to."""
    phone = still.phone() if bot is still.applicants else still.staff_phone(501)
    await phone.start()
    return phone


def post(reply: Reply | None = None, chat: int = 501, replaces: str = "", id: int = 1) -> Post:
    return Post(
        id,
        Address("telegram", str(chat)),
        None,
        reply or Tell((Words("Hello."), "<b>")),
        "en",
        replaces,
        1,
        datetime.now(UTC),
    )


ASK = Ask("scope", 7, 3, (1, 9), Words("S"), (Words("Yes?"),), rows=((Button("Yes", "yes", "scope"),),))
LONG = Tell(("a" * 4000, "b" * 4000, "c" * 4000), rows=((Button("Menu", "menu"),),))


async def test_it_arrives(bot: TelegramBot, phone: Phone) -> None:
    assert await bot.carry(post()) == Delivered()
    assert shown(phone.last) == "Hello.\n\n<b>"


@pytest.mark.parametrize(
    ("code", "description", "expected"),
    [
        (403, "Forbidden: bot was blocked by the user", Gone("telegram: 403")),
        (403, "Forbidden: user is deactivated", Gone("telegram: 403")),
        (400, "Bad Request: chat not found", Gone("telegram: 400")),
        (400, "Bad Request: message is not modified: specified new message content…", Delivered()),
        (400, "Bad Request: query is too old and response timeout expired", Delivered()),
        (400, "Bad Request: BUTTON_DATA_INVALID", Failed("telegram: 400", final=True)),
        (413, "Request Entity Too Large", Failed("telegram: 413", final=True)),
        (401, "Unauthorized", Failed("telegram: 401")),
        (404, "Not Found", Failed("telegram: 404")),
        (500, "Internal Server Error", Failed("telegram: 500")),
    ],
)
async def test_what_an_answer_means(
    bot: TelegramBot, phone: Phone, code: int, description: str, expected: object
) -> None:
    phone.account.fails("sendMessage", code, description)
    assert await bot.carry(post()) == expected
    assert await bot.carry(post(id=2)) == Delivered()


async def test_telegram_asks_for_patience(bot: TelegramBot, phone: Phone) -> None:
    phone.account.fails("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7)
    assert await bot.carry(post()) == Wait(7)


async def test_a_line_that_is_cut_is_tried_again_and_may_repeat_but_not_vanish(bot: TelegramBot, phone: Phone) -> None:
    phone.account.fails("sendMessage", done_first=True)
    assert await bot.carry(post()) == Failed("telegram: not reached")
    assert await bot.carry(post()) == Delivered()
    assert len(phone.fresh()) == 2


async def test_an_answer_that_is_none(bot: TelegramBot, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    phone.account.fails("sendMessage", 502, "")
    assert isinstance(await bot.carry(post()), Failed)


async def test_silence_ends(bot: TelegramBot, phone: Phone) -> None:
    phone.account.fails("getMe", 500, "late", hang=2)
    begin = asyncio.get_running_loop().time()
    with pytest.raises(Exception, match="telegram: not reached"):
        await bot.call({"method": "getMe"}, 1)
    assert asyncio.get_running_loop().time() - begin < 1.9


async def test_a_post_that_takes_too_long_is_tried_again(
    bot: TelegramBot, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carry, "SENDING", 0.1)
    phone.account.fails("sendMessage", 500, "late", hang=1)
    assert await bot.carry(post()) == Failed("telegram: too slow")


async def test_a_chat_that_never_wrote(bot: TelegramBot, phone: Phone) -> None:
    assert await bot.carry(post(chat=999)) == Gone("telegram: 400")


async def test_a_server_that_is_away(bot: TelegramBot, phone: Phone, api: BotApi) -> None:
    await api.stop()
    assert await bot.carry(post()) == Failed("telegram: not reached")


async def test_what_cannot_be_parsed_goes_as_plain_text(bot: TelegramBot, phone: Phone) -> None:
    phone.account.fails("sendMessage", 400, "Bad Request: can't parse entities: Unsupported start tag")
    assert (
        await bot.carry(
            post(Tell((Words("One & two."), "<b>"), title=Words("Title"), rows=((Button("Menu", "menu"),),)))
        )
        == Delivered()
    )
    assert shown(phone.last) == "Title\n\nOne & two.\n\n<b>\n[Menu]"
    assert phone.last["entities"] == []


async def test_a_question_takes_the_place_of_its_message(bot: TelegramBot, phone: Phone) -> None:
    await bot.carry(post())
    first = phone.last["message_id"]
    assert await bot.carry(post(ASK, replaces=str(first), id=2)) == Delivered()
    assert (phone.last["message_id"], phone.question) == (first, "scope")
    assert await bot.carry(post(ASK, replaces=str(first), id=3)) == Delivered(), "not modified is nothing"


@pytest.mark.parametrize("replaces", ["theirs", "77777"])
async def test_what_cannot_be_edited_is_sent_anew(bot: TelegramBot, phone: Phone, replaces: str) -> None:
    await bot.carry(post())
    theirs = next(id for id, message in phone.account.chats[501].items() if not message["from"].get("is_bot"))
    assert await bot.carry(post(ASK, replaces=str(theirs) if replaces == "theirs" else replaces, id=2)) == Delivered()
    assert phone.account.called("sendMessage")[-1].code == 200
    assert phone.question == "scope"


async def test_a_long_post_goes_on_where_it_was(bot: TelegramBot, phone: Phone) -> None:
    await bot.carry(post(LONG, id=1))
    assert [len(message["text"]) for message in phone.fresh()] == [4000, 4000, 4000]
    phone.account.fails("sendMessage", 500, "later", after=1)
    assert isinstance(await bot.carry(post(LONG, id=2)), Failed)
    assert await bot.carry(post(LONG, id=2)) == Delivered()
    assert [message["text"][0] for message in phone.fresh()] == ["a", "b", "c"]


async def test_an_export_is_a_file(still: Stage) -> None:
    sara = still.phone()
    still.listen()
    await sara.walk("mixed_group")
    await sara.say("/export")
    assert "(samverkansguiden.zip)\nThis is everything" in await sara.read()
    sent = next(message["document"] for message in sara.account.shown[sara.id] if "document" in message)
    assert sara.account.files[sent["file_id"]].startswith(b"PK")


async def test_an_export_that_is_too_large_says_whom_to_write_to(still: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carry, "LARGEST", 10)
    still.listen()
    sara = still.phone()
    await sara.walk("mixed_group")
    await sara.say("/export")
    said = await sara.read()
    assert "larger than what can be sent" in said
    assert "mailbox@example.se" in said


async def test_an_export_of_nobody_fails_in_words(bot: TelegramBot, phone: Phone) -> None:
    assert await bot.carry(post(Export((Words("All."),)))) == Delivered()
    assert "larger than" in shown(phone.last)


async def test_who_has_blocked_the_bot_is_reached_elsewhere_or_not_at_all(still: Stage) -> None:
    still.listen()
    sara = still.phone()
    await sara.walk("scope")
    await sara.tap("yes")
    sara.block()
    await sara.read()
    async with still.parts.database.read() as connection:
        assert [tuple(row) for row in await connection.exec_driver_sql("SELECT state, trouble FROM outbox")] == [
            ("failed", "telegram: 403")
        ]
        assert (await connection.exec_driver_sql("SELECT reachable FROM addresses")).scalar_one() == 0


@pytest.mark.parametrize("carrier", ["bot.telegram.carry", "bot.mail.carrier"])
def test_a_carrier_that_delivery_would_give_up_too_early_is_not_imported(carrier: str) -> None:
    hurried = f"import bot.worker.delivery as delivery; delivery.CARRYING = 100; import {carrier}"
    done = subprocess.run([sys.executable, "-c", hurried], capture_output=True, text=True, check=False)
    assert "ValueError: Delivery gives a carrier up" in done.stderr
