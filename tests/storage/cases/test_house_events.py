"""The log of who administers is a chain of its own: what was changed in it behind the program's back is found."""

from datetime import timedelta

from pydantic import SecretStr
from sqlalchemy import delete, update

from bot.main import settings_log
from bot.settings.keys import Keys
from bot.turns.invite import deactivate, demote, invite
from bot.turns.sign_in import sign_in
from storage.cases import cases, house_events
from storage.cases.chain import seal_anew
from storage.cases.verify import verify
from storage.database.desk_tables import house_events as log_rows
from storage.database.tables import cases as case_rows
from storage.database.tables import named, staff
from storage.people.staff import active, contact_person
from tests.applicant import sends_an_application
from tests.clock import now
from tests.house import SEAL, Caller, Composed
from tests.ways import rows


async def findings(composed: Composed) -> list[str]:
    """What `verify` finds."""
    async with composed.database.read() as connection:
        return [one.what for one in (await verify(connection, SEAL)).findings]


async def lived_in(composed: Composed) -> None:
    """Anna is an administrator and came in, Bo was one; Cleo has left."""
    database, keys = composed.database, composed.keys
    links = await invite(database, keys, "Anna", now(), administrator=True)
    await invite(database, keys, "Bo", now(), administrator=True)
    await invite(database, keys, "Cleo", now())
    assert await sign_in(database, keys, links.web, now())
    assert await demote(database, keys, "Bo", now())
    assert await deactivate(database, keys, "Cleo", now())


async def test_who_came_in_and_who_got_and_lost_which_role_is_written_down(composed: Composed) -> None:
    await lived_in(composed)
    async with composed.database.read() as connection:
        found = [(one.what, one.by, one.about) for one in await house_events.latest(connection)]
    assert found == [
        ("deactivated", "", "Cleo"),
        ("role_taken", "", "Bo"),
        ("let_in", "Anna", ""),
        ("invited", "", "Cleo"),
        ("invited", "", "Bo"),
        ("invited", "", "Anna"),
    ]
    assert await findings(composed) == []


async def test_links_that_let_nobody_in_are_written_down_once_an_hour(composed: Composed) -> None:
    for _again in range(3):
        assert await sign_in(composed.database, composed.keys, "made-up", now()) is None
    assert len(await rows(composed.database, log_rows, what="not_let_in")) == 1


async def test_a_start_with_other_settings_is_written_down_by_their_names(composed: Composed) -> None:
    database, keys, settings = composed.database, composed.keys, composed.program.settings
    token, address = SecretStr("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), "https://secret.example.se"
    other = settings.model_copy(update={"applicants_bot_token": token, "translate_url": address, "port": 4711})
    for given in (settings, settings, other, other, settings):
        await settings_log.note(database, keys, SEAL, given, now())
    first, second, third = await rows(database, log_rows, what="settings")
    assert second.data["names"] == third.data["names"] == ["APPLICANTS_BOT_TOKEN", "TRANSLATE_URL"]
    written = str([first.data, second.data, third.data])
    for value in (token.get_secret_value(), address, settings.secret_key.get_secret_value(), settings.contact_mailbox):
        assert value not in written
    anew = Keys("k" * 32, [settings.secret_key.get_secret_value()])
    await settings_log.note(
        database, anew, SEAL, settings.model_copy(update={"secret_key": SecretStr("k" * 32)}), now()
    )
    assert (await rows(database, log_rows, what="settings"))[-1].data["names"] == ["SECRET_KEY"]
    assert await findings(composed) == []


async def test_a_changed_and_a_removed_line_are_found(composed: Composed) -> None:
    await lived_in(composed)
    async with composed.database.write() as connection:
        await connection.execute(update(log_rows).where(log_rows.c.what == "role_taken").values(data={"about": 1}))
    assert [one for one in await findings(composed) if "what it says was changed" in one]
    async with composed.database.write() as connection:
        await connection.execute(delete(log_rows).where(log_rows.c.what == "role_taken"))
    assert [one for one in await findings(composed) if "events are gone" in one]


async def test_a_role_that_nobody_gave_is_found(composed: Composed) -> None:
    await lived_in(composed)
    async with composed.database.write() as connection:
        await connection.execute(update(staff).where(staff.c.name == "Bo").values(administrator=True))
    assert await findings(composed) == ["contact person 2 is an administrator, and nobody made them one"]


async def test_whoever_works_here_again_or_anew_behind_the_programs_back_is_found(composed: Composed) -> None:
    """Cleo is made active again, Anna is locked out, and a row for somebody new is put in."""
    await lived_in(composed)
    async with composed.database.write() as connection:
        await connection.execute(update(staff).where(staff.c.name == "Cleo").values(active=True))
        await connection.execute(update(staff).where(staff.c.name == "Anna").values(active=False))
        id = await contact_person(connection, "Mallory", now() + timedelta(seconds=1), administrator=True)
    assert await findings(composed) == [
        "contact person 1 is locked out, and nobody did that",
        "contact person 3 works here, and nobody invited them",
        f"contact person {id} works here, and nobody invited them",
        f"contact person {id} is an administrator, and nobody made them one",
    ]


async def test_whoever_was_there_before_the_log_began_need_not_be_in_it(composed: Composed) -> None:
    async with composed.database.write() as connection:
        await contact_person(connection, "Elder", now() - timedelta(days=1), administrator=True)
    await lived_in(composed)
    assert await findings(composed) == []


async def test_a_protection_taken_off_behind_the_programs_back_is_found(composed: Composed) -> None:
    """And one more who may see it, and a case in somebody else's hands."""
    await lived_in(composed)
    receipt = await sends_an_application(Caller(composed.turns))
    async with composed.database.write() as connection:
        case = (await rows(composed.database, case_rows, reference=receipt.reference))[0].id
        data = {"named": {"ids": ["p1"]}}
        await cases.happened(connection, SEAL, case, "protect", 1, data, now())
    assert await findings(composed) == []
    async with composed.database.write() as connection:
        await connection.execute(update(case_rows).values(protected=False, taken_by=2))
        await connection.execute(named.insert().values(case_id=case, person_id=2))
    assert await findings(composed) == [
        "who has it is not what happened in it says",
        "whether it is protected is not what happened in it says",
        "who may see it while it is protected is not what happened in it says",
    ]


async def test_sealed_anew_it_holds(composed: Composed) -> None:
    await lived_in(composed)
    async with composed.database.write() as connection:
        await connection.execute(update(log_rows).values(chain="0" * 64))
    assert await findings(composed)
    async with composed.database.write() as connection:
        assert await seal_anew(connection, SEAL) == 6
    assert await findings(composed) == []


async def test_an_administrator_who_was_deactivated_is_none_when_invited_again(composed: Composed) -> None:
    database, keys = composed.database, composed.keys
    await invite(database, keys, "Anna", now(), administrator=True)
    await deactivate(database, keys, "Anna", now())
    await invite(database, keys, "Anna", now())
    async with database.read() as connection:
        assert [one.administrator for one in await active(connection)] == [False]
    assert not await demote(database, keys, "Anna", now()), "who is none already"
