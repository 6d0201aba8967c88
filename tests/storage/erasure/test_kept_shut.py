"""A restore of a backup opens nothing again that has been shut since: links, browsers, chats, sign-ins, and no protection is lost."""

from pathlib import Path

import pytest
from sqlalchemy import delete, update

from bot.main.backup import backup
from bot.main.restore import restore
from bot.turns import colleagues
from bot.turns.contact_person import at_work
from bot.turns.invite import deactivate, invite
from bot.turns.sign_in import sign_in, signed_in
from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.language.events import Press, Start
from dialogs.language.replies import Tell
from dialogs.phases.always.protect import PROTECT
from dialogs.phases.always.unprotect import UNPROTECT
from storage.cases import cases
from storage.cases.verify import verify
from storage.database.door_tables import sessions
from storage.database.tables import addresses, participants, staff, submissions
from storage.database.tables import outbox as outbox_rows
from storage.outbox import outbox
from storage.outbox.outbox import About
from storage.people import people
from storage.people import staff as contact_persons
from storage.people.people import Address
from storage.people.staff import contact_person
from tests.clock import now
from tests.house import Caller, Composed, compose
from tests.main.place import Place
from tests.started import link, started
from tests.storage.secret import SECRET
from tests.ways import BEGUN, SENT, WRITTEN, everything, goes, link_in, rows, up_to_papers


@pytest.fixture
def place(database_url: str, tmp_path: Path, tools: str) -> Place:
    return Place(tmp_path, database_url)


async def restored(place: Place, made: Path) -> Composed:
    await restore(place.settings, made, now(), force=True)
    return compose(place.url, place.directory)


async def the_case(parts: Composed, id: int) -> Case:
    async with parts.database.read() as connection:
        found = await cases.case_by_id(connection, id)
    assert found
    return found


async def test_what_opens_a_chat(place: Place, tmp_path: Path) -> None:
    parts = compose(place.url, place.directory)
    at, keys = parts.turns.sessions, parts.keys
    tokens = {name: keys.new() for name in ("left", "stays", "old", "older")}
    for token in tokens.values():
        await goes(Caller(parts.turns, keys.hash(token)), *BEGUN)
    left, stays, old, older = [await at.here(token) for token in tokens.values()]
    assert left
    assert stays
    assert old
    assert older
    links = {"ended": await at.link(left), "goes on": await at.link(stays)}
    async with parts.database.write() as connection:
        await connection.execute(
            update(addresses).where(addresses.c.person_id.in_((old.person, older.person))).values(since=None)
        )
        await connection.execute(delete(sessions).where(sessions.c.person_id == older.person))
        await people.add_address(connection, Address("telegram", "5150"), left.person, now())
    made = await backup(place.settings, tmp_path / "backups", now())
    await at.link(left, anew=True)
    await at.end(stays, "endothers", 0)
    (chat,) = [one.act for one in (await at.doors(left.person)).open if one.act.startswith("endchat")]
    await at.end(left, "endchat", int(chat.partition(":")[2]))
    await at.leave(left)
    await at.leave(old)
    now_a_session = await at.here(tokens["older"])
    assert now_a_session, "it becomes a session, and a link"
    await at.link(now_a_session, anew=True)
    await parts.close()
    back = await restored(place, made.path)
    again = back.turns.sessions
    assert await again.here(tokens["left"]) is None
    assert await again.here(tokens["old"]) is None, "neither as what it was before there were sessions"
    assert await again.here(tokens["older"]) is None, "nor as the link that it was then"
    assert await again.here(tokens["stays"]), "who shut nothing is not shut out"
    assert await again.enter(links["ended"] or "", None) is None
    assert await again.enter(links["goes on"] or "", None)
    assert [row.channel for row in await rows(back.database, addresses) if row.person_id == left.person] == ["web"]
    await back.close()


async def test_who_signs_in(place: Place, tmp_path: Path) -> None:
    parts = compose(place.url, place.directory)
    for name in ("Nadia", "Alva"):
        await invite(parts.database, parts.keys, name, now(), administrator=name == "Nadia")
    assert await deactivate(parts.database, parts.keys, "Alva", now())
    used = (await invite(parts.database, parts.keys, "Karin", now())).web
    waits = (await invite(parts.database, parts.keys, "Nadia", now())).web
    made = await backup(place.settings, tmp_path / "backups", now())
    came_in = await sign_in(parts.database, parts.keys, used, now())
    assert came_in
    assert await deactivate(parts.database, parts.keys, "Karin", now())
    await invite(parts.database, parts.keys, "Alva", now())
    await parts.close()
    back = await restored(place, made.path)
    for token in (used, waits):
        assert await sign_in(back.database, back.keys, token, now()) is None
    assert await signed_in(back.database, back.keys, came_in, now()) is None
    roles = {row.name: (row.active, row.administrator) for row in await rows(back.database, staff)}
    assert roles == {"Nadia": (True, True), "Karin": (False, False), "Alva": (True, False)}
    async with back.database.read() as connection:
        assert (await verify(connection, back.seal)).findings == [], "the log says that they are"
    await back.close()


@pytest.mark.parametrize("again", [False, True])
async def test_a_contact_persons_chat_that_was_ended(place: Place, tmp_path: Path, again: bool) -> None:
    """By themselves, or because they left, even if they came back later; nothing that waited for it goes there."""
    parts, chat = compose(place.url, place.directory), Address("telegram_staff", "901")
    nadia = await contact_person_with(parts, "Nadia", chat)
    made = await backup(place.settings, tmp_path / "backups", now())
    if again:
        assert await deactivate(parts.database, parts.keys, "Nadia", now())
        await invite(parts.database, parts.keys, "Nadia", now())
    else:
        async with at_work(parts.turns, nadia) as work:
            assert await colleagues.close_doors(work, nadia.id)
    assert not await rows(parts.database, outbox_rows, channel=chat.channel)
    await parts.close()
    back = await restored(place, made.path)
    async with back.database.read() as connection:
        assert await contact_persons.at(connection, chat, now()) is None
    assert not await rows(back.database, outbox_rows, channel=chat.channel)
    await back.close()


async def contact_person_with(parts: Composed, name: str, chat: Address) -> ContactPerson:
    """Somebody who works here, known in this chat, where a notice waits for them."""
    async with parts.database.write() as connection:
        id = await contact_person(connection, name, now())
        await people.add_address(connection, chat, id, now())
        await outbox.put(connection, chat, id, About(), Tell(("Möllevångstorget",), lasting=True), "en", now())
        found = await contact_persons.at(connection, chat, now())
    assert found
    return found


async def test_who_left_a_draft_or_was_taken_out_of_it(place: Place, tmp_path: Path) -> None:
    parts = compose(place.url, place.directory)
    one = await goes(Caller(parts.turns, "one"), *BEGUN, "yes")
    others = {name: Caller(parts.turns, name) for name in ("left", "out", "stays", "again")}
    here = (await one.sees())[0].here
    assert here
    draft, people = here.draft.id, {}
    for name, other in others.items():
        for time in range(2 if name == "again" else 1):
            token = link_in(await one.does(Press(f"invite:{draft}")))
            await goes(other, Start(token))
            if not time:
                await other.taps("accept")
            people[name] = (await other.sees())[0].person
            if name == "again" and not time:
                await other.does(Press(f"leave:{draft}"))
    made = await backup(place.settings, tmp_path / "backups", now())
    await others["left"].does(Press(f"leave:{draft}"))
    await one.does(Press(f"takeout2:{draft}:{people['out']}"))
    await parts.close()
    back = await restored(place, made.path)
    there = {row.person_id for row in await rows(back.database, participants)}
    assert people["left"] not in there
    assert people["out"] not in there
    assert {people["stays"], people["again"]} <= there, "who came back before the backup is there"
    async with back.database.read() as connection:
        assert (await verify(connection, back.seal)).findings == []
    await back.close()


async def test_what_the_last_who_left_had_written_is_in_nobodys_hands(place: Place, tmp_path: Path) -> None:
    """Who came in after the backup was made is not in it. A new link of the city's leads to an empty draft, and to nothing that was written."""
    parts = compose(place.url, place.directory)
    one, other = Caller(parts.turns, "one"), Caller(parts.turns, "other")
    alva, case = await started(parts, one)
    await goes(one, up_to_papers(SECRET))
    made = await backup(place.settings, tmp_path / "backups", now())
    here = (await one.sees())[0].here
    assert here
    await goes(other, Start(link_in(await one.does(Press(f"invite:{here.draft.id}")))), "accept")
    await one.does(Press(f"leave:{here.draft.id}"))
    await parts.close()
    back = await restored(place, made.path)
    assert SECRET not in await everything(back.database)
    pressing = Caller(back.turns, "whoever presses it")
    await goes(pressing, Start(await link(back, alva, case)), "accept")
    standing = (await pressing.sees())[0]
    assert standing.here
    assert (standing.here.case, standing.here.draft.answers) == (case.id, {})
    await back.close()


async def test_what_is_protected(place: Place, tmp_path: Path) -> None:
    parts = compose(place.url, place.directory)
    for name in ("kim", "sara"):
        await goes(Caller(parts.turns, name), *WRITTEN, *SENT)
    first, second = sorted({row.case_id for row in await rows(parts.database, submissions)})
    async with parts.database.write() as connection:
        alva = await contact_person(connection, "Alva", now())
        named = {"named": {"ids": [f"p{alva}"]}}
        await cases.happened(connection, parts.seal, second, PROTECT.id, alva, named, now())
        letter = Tell(("Möllevångstorget",), lasting=True)
        await outbox.put(connection, Address("mail", "kim@example.se"), None, About(first), letter, "en", now())
    made = await backup(place.settings, tmp_path / "backups", now())
    async with parts.database.write() as connection:
        await cases.happened(connection, parts.seal, first, PROTECT.id, alva, named, now())
        await cases.happened(connection, parts.seal, second, UNPROTECT.id, alva, {}, now())
    await parts.close()
    back = await restored(place, made.path)
    for case in (first, second):
        there = await the_case(back, case)
        assert (there.protected, there.named) == (True, frozenset((alva,))), "none is taken off by a restore"
    async with back.database.read() as connection:
        assert (await verify(connection, back.seal)).findings == []
    assert not await rows(back.database, outbox_rows, channel="mail", case_id=first), (
        "it was due then, and says too much now"
    )
    await back.close()
