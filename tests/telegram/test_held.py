"""Files from Telegram: fetched only for whoever was asked for one, one at a time in a chat, and holding up nobody else."""

import pytest
from sqlalchemy import update

from bot.operations import metrics
from bot.telegram.held import AT_ONCE, TRIES
from bot.telegram.updates import A_FILE, BURST
from storage.database.door_tables import held_updates as held_rows
from storage.database.tables import files as file_rows
from storage.database.tables import people as people_rows
from storage.erasure import forgetting
from storage.outbox import held_updates
from storage.people.people import Address
from tests.clock import now
from tests.samples import PDF, PNG, png
from tests.telegram.applicants import at_the_papers
from tests.telegram.phone import Phone
from tests.telegram.stage import Stage, happens
from tests.telegram.webhook import hello, post
from tests.ways import number_of, rows


async def heard_of(stage: Stage) -> None:
    """Wait until everything is confirmed to Telegram."""
    await happens(lambda: not stage.applicants_account.updates)


async def answered(stage: Stage, phone: Phone, text: str) -> str:
    """Wait until this person reads `text`, whoever else waits for whatever."""

    def there() -> bool:
        return any(text in one.get("text", "") for one in phone.account.shown[phone.id])

    for _round in range(500):
        if there():
            break
        await stage.delivery.once()
        await happens(lambda: True)
    return await phone.expect(text, 5)


async def test_nothing_is_fetched_for_whoever_was_not_asked(either: Stage) -> None:
    """Two people who have not pressed start, and one who is at another question."""
    account, strangers = either.applicants_account, [either.phone(id) for id in (601, 602)]
    written = either.phone(603)
    await written.walk("proposal")
    for number in range(60):
        for stranger in strangers:
            await stranger.send_file(f"plan{number}.pdf", PDF)
    await written.send_file("plan.pdf", PDF)
    ali = either.phone(604)
    await ali.start()
    assert "Welcome!" in await ali.read()
    assert account.called("getFile") == []
    assert account.most_fetching == 0
    assert await number_of(either.parts.database, held_rows) == 0
    assert "cannot take a file at this question" in await written.read()
    assert (await strangers[0].read()).count("Welcome!") == BURST // A_FILE, "a file counts for several acts"


async def test_nobodys_download_holds_up_another_persons_update(either: Stage) -> None:
    """More of them than are fetched at once, and more updates than Telegram shows before some are confirmed (100)."""
    account, people = either.applicants_account, [await at_the_papers(either, 610 + number) for number in range(6)]
    account.door.clear()
    for phone in people:
        await phone.send_photo(png(phone.id))
        for number in range(20):
            await phone.say(f"text {number}")
    ali = either.phone(620)
    await ali.start()
    await heard_of(either)
    await answered(either, ali, "Welcome!")
    await happens(lambda: account.fetching == AT_ONCE)
    assert await number_of(either.parts.database, held_rows) == 6 * 21
    assert all(status == 200 for _id, status in either.api.pushed)
    account.door.set()
    await either.settle()
    assert await number_of(either.parts.database, file_rows) == 6
    assert account.most_fetching == AT_ONCE


async def test_within_a_chat_things_keep_their_order(either: Stage) -> None:
    sara, account = await at_the_papers(either, 501), either.applicants_account
    await sara.send_photo(PNG)
    await sara.read()
    account.door.clear()
    await sara.send_photo(png(2))
    await sara.send_photo(png(3))
    await sara.tap("Continue")
    await sara.send_file("too late.pdf", PDF)
    await heard_of(either)
    # A webhook's answer carries it, and nobody knows how that went.
    await happens(lambda: not account.callbacks or either.api.pushed)
    await happens(lambda: account.fetching == 1)
    account.door.set()
    said = await sara.read()
    assert await number_of(either.parts.database, file_rows) == 3
    assert sara.question == "democratic"
    assert "Please choose one of the buttons" in said, "and then the last one"
    assert len(account.called("getFile")) == 3, "nobody is asked for files any more"
    assert account.most_fetching == 1


async def test_what_comes_again_is_held_and_taken_once(still: Stage, door: str) -> None:
    sara, account = await at_the_papers_of(still, door), still.applicants_account
    account.door.clear()
    account.files["f1"] = PDF
    document = {"document": {"file_id": "f1", "file_name": "plan.pdf", "file_size": len(PDF)}}
    update = hello(90_001, **document) | {}
    update["message"].pop("text")
    secret = still.parts.keys.derive("webhook:applicants")
    for _time in range(3):
        assert await post(f"{door}/applicants", secret, json=update) == 200
    assert await number_of(still.parts.database, held_rows) == 1
    account.door.set()
    assert "• plan.pdf" in await sara.read()
    assert await post(f"{door}/applicants", secret, json=update) == 200
    assert await sara.read() == ""
    assert len(account.called("getFile")) == 1
    assert await number_of(still.parts.database, file_rows) == 1


async def at_the_papers_of(stage: Stage, door: str) -> Phone:
    """Somebody who came there by webhook, which stands no longer: updates are brought by hand."""
    await stage.applicants.set_webhook(f"{door}/applicants", stage.parts.keys.derive("webhook:applicants"))
    phone = await at_the_papers(stage, 501)
    stage.applicants_account.webhook = ""
    return phone


async def test_what_is_held_is_bounded(either: Stage) -> None:
    sara, account = await at_the_papers(either, 501), either.applicants_account
    account.door.clear()
    await sara.send_photo(PNG)
    await heard_of(either)
    for number in range(held_updates.MOST + 5):
        await sara.say(f"text {number}")
        await heard_of(either)
    assert await number_of(either.parts.database, held_rows) == held_updates.MOST
    await answered(either, sara, "faster than I can follow")
    account.door.set()
    await sara.read()
    assert await number_of(either.parts.database, held_rows) == 0


async def test_what_is_held_in_all_is_bounded(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_updates, "MOST_IN_ALL", 1)
    sara, ali = await at_the_papers(stage, 501), await at_the_papers(stage, 502)
    stage.applicants_account.door.clear()
    await sara.send_photo(PNG)
    await heard_of(stage)
    await ali.send_photo(PNG)
    await answered(stage, ali, "faster than I can follow")
    stage.applicants_account.door.set()
    await stage.settle()
    assert await number_of(stage.parts.database, file_rows) == 1


async def test_what_was_begun_too_often_is_given_up_with_an_apology(still: Stage) -> None:
    """A crash in the middle of it is seen in the row alone."""
    sara, before = await arrived(still), metrics.failures()
    async with still.parts.database.write() as connection:
        await connection.execute(update(held_rows).values(attempts=TRIES))
    still.applicants.held.begin(str(sara.id))
    assert "something went wrong on our side" in await sara.read()
    assert metrics.failures() == before + 1
    assert still.applicants_account.called("getFile") == []


async def test_our_own_bug_is_tried_three_times(
    still: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sara = await arrived(still)
    monkeypatch.setattr("bot.telegram.held.PAUSES", (0.01,))
    async with still.parts.database.write() as connection:
        await connection.exec_driver_sql("UPDATE drafts SET answers = '[1]'")
    still.applicants.held.begin(str(sara.id))
    assert "something went wrong on our side" in await sara.read()
    assert caplog.text.count("what is held has to wait: ") == TRIES
    assert await number_of(still.parts.database, held_rows) == 0


async def test_the_end_of_a_process_counts_for_nothing(still: Stage) -> None:
    sara, account = await arrived(still), still.applicants_account
    account.door.clear()
    for _time in range(2 * TRIES):
        still.applicants.held.begin(str(sara.id))
        await happens(lambda: account.fetching)
        await still.applicants.held.stop()
        await happens(lambda: not account.fetching)
        (row,) = await rows(still.parts.database, held_rows)
        assert (row.attempts, row.leased_until) == (0, None)
    account.door.set()
    still.applicants.held.begin(str(sara.id))
    assert "photo-" in await sara.read()


async def arrived(stage: Stage) -> Phone:
    """Somebody who is asked for files, and whose photo is held by a process that is gone."""
    stage.listen()
    sara = await at_the_papers(stage, 501)
    stage.applicants_account.door.clear()
    await sara.send_photo(PNG)
    await happens(lambda: stage.applicants_account.fetching)
    await heard_of(stage)
    await stage.silence()
    await stage.applicants.held.stop()
    await happens(lambda: not stage.applicants_account.fetching)
    stage.applicants_account.door.set()
    stage.applicants_account.calls.clear()
    return sara


async def test_another_process_takes_up_what_one_has_left(still: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    sara = await arrived(still)
    monkeypatch.setattr("bot.telegram.held.LOOK", 0.01)
    async with still.parts.database.write() as connection:
        assert await held_updates.lease(connection, Address("telegram", str(sara.id)), now())
    again = Stage(still.api, still.parts)
    again._spawn(again.applicants.held.run)
    assert "photo-" in await again.phone().read()
    await again.close()


async def test_who_is_forgotten_leaves_nothing_held(still: Stage) -> None:
    await arrived(still)
    (person,) = await rows(still.parts.database, people_rows)
    assert await number_of(still.parts.database, held_rows) == 1
    async with still.parts.database.write() as connection:
        await forgetting.forget(connection, person.id, now())
    assert await number_of(still.parts.database, held_rows) == 0


async def test_an_album_costs_less_than_its_photos(hooked: Stage) -> None:
    """Ten of them one by one, as a webhook brings them."""
    sara = await at_the_papers(hooked, 501)
    await sara.send_album([png(at) for at in range(10)])
    await sara.read()
    assert await number_of(hooked.parts.database, file_rows) == 10
