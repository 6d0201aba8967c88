"""What stands of a case in contact persons' chats is taken back where Telegram allows it, and kept from being forwarded until then."""

from datetime import timedelta
from typing import Any

import pytest

from bot.main.case_commands import take_down
from bot.turns.contact_person import fill_in
from bot.turns.invite import deactivate
from bot.worker.outcome import Failed
from dialogs.language.replies import Button, Retraction, Tell
from storage.cases import cases
from storage.database.tables import outbox as outbox_rows
from storage.database.tables import told as told_rows
from storage.outbox import outbox, told
from storage.outbox.outbox import About, Post
from storage.people import staff
from storage.people.people import Address
from tests.telegram.applicants import sent
from tests.telegram.phone import Phone, shown
from tests.telegram.stage import Stage
from tests.ways import rows

TITLE, PROPOSAL = "Möllevångstorget", "Trees, benches and light."


def stands(phone: Phone) -> str:
    """Everything of the bot's that stands in a chat."""
    there = phone.account.chats[phone.id].values()
    return "\n".join(shown(one) for one in there if one["from"]["id"] == phone.account.id)


async def at_work(stage: Stage) -> tuple[Phone, Phone, str]:
    """Karin has taken a case and read it, Eva was told of it; its reference."""
    karin, eva = stage.staff_phone(901), stage.staff_phone(902)
    await stage.invited(karin, "Karin")
    await stage.invited(eva, "Eva")
    reference = await sent(stage)
    for press in ("case:1", "take:1", "queue"):
        karin.press(press, 1)
        await karin.read()
    await eva.read()
    assert PROPOSAL in stands(karin)
    assert TITLE in stands(eva)
    return karin, eva, reference


async def does(stage: Stage, dialog: str, posted: dict[str, dict[str, Any]], in_case: int = 1) -> None:
    """Karin carries out a task at the desk."""
    async with stage.parts.database.read() as connection:
        case = await cases.case_by_id(connection, in_case) if in_case else None
        karin = next(one for one in await staff.active(connection) if one.name == "Karin")
    done = await fill_in(stage.parts.turns, karin, case, dialog, posted)
    assert done
    assert done.done, done.refused


async def test_a_protected_case_is_deleted_from_every_chat(stage: Stage) -> None:
    karin, eva, _reference = await at_work(stage)
    await does(stage, "protect", {"named": {"ids": ()}})
    await stage.settle()
    for phone in (karin, eva):
        assert TITLE not in stands(phone)
        assert PROPOSAL not in stands(phone)
    assert await rows(stage.parts.database, told_rows) == []
    assert await rows(stage.parts.database, outbox_rows, channel="telegram_staff") == []


async def test_a_case_that_is_handed_over_is_deleted_from_its_former_holders_chat(stage: Stage) -> None:
    karin, eva, _reference = await at_work(stage)
    (other,) = [one.id for one in await colleagues(stage) if one.name == "Eva"]
    await does(stage, "handover", {"to": {"choice": (f"p{other}",)}})
    await stage.settle()
    assert TITLE not in stands(karin)
    assert TITLE in stands(eva)


async def colleagues(stage: Stage) -> list[Any]:
    """Every contact person."""
    async with stage.parts.database.read() as connection:
        return list(await staff.active(connection))


async def test_a_case_that_is_disposed_of_is_deleted_from_every_chat(stage: Stage) -> None:
    karin, eva, reference = await at_work(stage)
    parts = stage.parts
    assert isinstance(await take_down(parts.database, parts.seal, reference, "Spam.", parts.clock.now()), set)
    await stage.settle()
    assert reference not in stands(karin) + stands(eva)


async def test_whoever_is_deactivated_keeps_nothing_of_it_in_their_chat(stage: Stage) -> None:
    karin, eva, _reference = await at_work(stage)
    assert await deactivate(stage.parts.database, stage.parts.keys, "Eva", stage.parts.clock.now())
    await stage.settle()
    assert TITLE not in stands(eva)
    assert TITLE in stands(karin)


async def test_a_deletion_is_tried_again_until_telegram_is_back(stage: Stage) -> None:
    _karin, eva, _reference = await at_work(stage)
    stage.staff_account.fails("deleteMessage", 502, "Bad Gateway", times=3)
    await does(stage, "protect", {"named": {"ids": ()}})
    await stage.settle()
    assert TITLE in stands(eva)
    for _time in range(6):
        stage.parts.clock.tick()
        await stage.settle()
    assert TITLE not in stands(eva)


async def test_what_telegram_does_not_delete_is_not_said_to_be_deleted(stage: Stage) -> None:
    """It fails for good at once, where staff see what did not get through; what its reader deleted is no failure."""
    karin, eva, _reference = await at_work(stage)
    stage.staff_account.fails("deleteMessage", 400, "Bad Request: message can't be deleted for everyone")
    gone = max(stage.staff_account.chats[eva.id])
    del stage.staff_account.chats[eva.id][gone]
    await does(stage, "protect", {"named": {"ids": ()}})
    await stage.settle()
    (failed,) = await rows(stage.parts.database, outbox_rows, state="failed")
    assert failed.trouble == "telegram: 400"
    assert failed.case_id is None
    assert len(stage.staff_account.called("deleteMessage")) > 1
    assert TITLE in stands(karin) + stands(eva)


async def test_nothing_is_tried_with_what_is_too_old(stage: Stage) -> None:
    await at_work(stage)
    stage.parts.clock.at += told.WITHIN + timedelta(minutes=1)
    await does(stage, "protect", {"named": {"ids": ()}})
    await stage.settle()
    assert stage.staff_account.called("deleteMessage") == []
    assert await rows(stage.parts.database, told_rows) == []


async def test_what_is_said_of_a_case_cannot_be_forwarded(stage: Stage) -> None:
    """But for a link that is there to be passed on, and files that are there to be saved."""
    karin, _eva, reference = await at_work(stage)
    known = {"area": {"words": ("Norra hamnen",)}, "proposal": {"text": ("The city's idea.",)}}
    await does(stage, "start", known, in_case=0)
    for press in ("package:1", "invite:2"):
        karin.press(press, 1)
        await karin.read()
    mine = [one for one in stage.staff_account.chats[karin.id].values() if one["from"]["id"] == karin.account.id]
    free = [one for one in mine if "has_protected_content" not in one]
    assert len([one for one in mine if "/join/" in one.get("text", "")]) == 1
    for one in mine:
        about = reference in shown(one) or PROPOSAL in shown(one)
        assert (one in free) == ("document" in one or "/join/" in one.get("text", "") or not about), shown(one)
    applicants = stage.applicants_account.chats[stage.phone().id].values()
    assert not any("has_protected_content" in one for one in applicants)


async def test_what_was_on_its_way_when_it_was_withdrawn_is_deleted_once_it_has_arrived(stage: Stage) -> None:
    await at_work(stage)
    karin = (await colleagues(stage))[1]
    to, now = Address("telegram_staff", "901"), stage.parts.clock.now()
    post = Post(10_000, to, karin.id, Tell((TITLE,)), "en", "", 1, now, 1)
    async with stage.parts.database.write() as connection:
        before = set(map(repr, await rows(stage.parts.database, told_rows)))
        await told.note(connection, [(post, ("77",))], await outbox.sent(connection, [post], now), now)
    assert set(map(repr, await rows(stage.parts.database, told_rows))) == before
    (row,) = await rows(stage.parts.database, outbox_rows, channel="telegram_staff")
    assert outbox.readable(row.reply) == Retraction("77")


async def test_a_list_that_names_a_protected_case_does_not_wait_until_telegram_is_back(stage: Stage) -> None:
    await at_work(stage)
    karin = (await colleagues(stage))[1]
    to, now = Address("telegram_staff", "901"), stage.parts.clock.now()
    listed = Tell((TITLE,), rows=((Button(TITLE, "case:1"),),))
    other = Tell(("Another",), rows=((Button("Another", "case:11"),),))
    notice = Tell((TITLE,), lasting=True)
    async with stage.parts.database.write() as connection:
        for reply, about in ((listed, About()), (other, About()), (notice, About(1))):
            await outbox.put(connection, to, karin.id, about, reply, "en", now)
        withdrawn = await told.withdraw(connection, 1)
    assert [(one.to, one.person) for one in withdrawn] == [(to, karin.id)]
    (row,) = await rows(stage.parts.database, outbox_rows, channel="telegram_staff")
    assert outbox.readable(row.reply) == other


@pytest.mark.parametrize(
    ("code", "said"), [(502, "Bad Gateway"), (429, "Too Many Requests"), (400, "Bad Request: message is too long")]
)
async def test_what_went_in_part_is_deleted(stage: Stage, code: int, said: str) -> None:
    """The first message of three stands there when the second fails, for now or for good, and the case is protected before the next attempt."""
    await at_work(stage)
    karin = (await colleagues(stage))[1]
    parts, account = stage.parts, stage.staff_account
    async with parts.database.write() as connection:
        await outbox.put(connection, HERS, karin.id, About(1), LONG, "en", parts.clock.now())
    account.fails("sendMessage", code, said, after=1, times=1, **({"retry_after": 7} if code == 429 else {}))
    await stage.delivery.once()
    assert there(stage) == 1
    await does(stage, "protect", {"named": {"ids": ()}})
    await stage.settle()
    assert there(stage) == 0
    assert await rows(parts.database, told_rows) == []


async def test_what_went_in_part_goes_on_after_it_was_to_wait_and_is_deleted_whole(stage: Stage) -> None:
    await at_work(stage)
    karin = (await colleagues(stage))[1]
    parts = stage.parts
    async with parts.database.write() as connection:
        await outbox.put(connection, HERS, karin.id, About(1), LONG, "en", parts.clock.now())
    stage.staff_account.fails("sendMessage", 429, "Too Many Requests", after=1, times=1, retry_after=1)
    await stage.delivery.once()
    parts.clock.tick()
    await stage.settle()
    assert there(stage) == 3, "nothing is said twice"
    await does(stage, "protect", {"named": {"ids": ()}})
    await stage.settle()
    assert there(stage) == 0


async def test_what_went_in_part_while_it_was_withdrawn_is_deleted(stage: Stage) -> None:
    await at_work(stage)
    karin = (await colleagues(stage))[1]
    post = Post(10_000, HERS, karin.id, Tell((TITLE,)), "en", "", 1, stage.parts.clock.now(), 1)
    await stage.delivery.settle(post, Failed("telegram: 502", messages=("77",)))
    (row,) = await rows(stage.parts.database, outbox_rows, channel="telegram_staff")
    assert outbox.readable(row.reply) == Retraction("77")


HERS = Address("telegram_staff", "901")
LONG = Tell(tuple(f"Part {number} of it. " + "word " * 700 for number in range(3)))


def there(stage: Stage) -> int:
    """How many messages of the long one stand in her chat."""
    return sum("of it." in str(one.get("text", "")) for one in stage.staff_account.chats[901].values())
