"""Work at a case: who may not, gets the same answer as for what does not exist; and what is done is done once."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from bot.turns import colleagues
from bot.turns.contact_person import at_work, fill_in
from bot.turns.invite import Taken, invite
from bot.turns.origin import Origin
from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson, may_see
from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.engine.draft import Draft
from dialogs.engine.form import PREFILLED, Posted, filled, seen
from dialogs.engine.record import Record, record
from dialogs.engine.turn import Writer
from dialogs.language.events import Press, Say
from dialogs.phases.steps import TASKS
from storage.cases import cases, queue
from storage.cases.verify import verify
from storage.database.tables import case_events, case_invitations, desk_drafts, invitations
from storage.database.tables import staff as staff_rows
from storage.people import people, staff
from storage.people.people import Address
from tests.clock import Clock, now
from tests.day import a_case, happens, let_in, now_of
from tests.house import SEAL, Caller, Composed, compose
from tests.ways import number_of, rows


async def somebody(composed: Composed, name: str, administrator: bool = False) -> ContactPerson:
    """A contact person."""
    async with composed.database.write() as connection:
        id = await staff.contact_person(connection, name, now(), administrator)
    return ContactPerson(id, name, "sv", administrator)


async def protected(composed: Composed, case: Case, *named: ContactPerson) -> None:
    """From now on only these see the case."""
    async with composed.database.write() as connection:
        ids = [f"p{one.id}" for one in named]
        await cases.happened(
            connection, SEAL, case.id, "protect", named[0].id, {"named": {"ids": ids, "words": ""}}, now()
        )


async def test_a_case_that_they_may_not_see_is_not_there(composed: Composed) -> None:
    alva, bea = await somebody(composed, "Alva"), await somebody(composed, "Bea")
    case = await a_case(composed, Caller(composed.turns))
    await protected(composed, case, alva)
    async with at_work(composed.turns, bea) as work:
        assert await work.case(case.id) is None
        assert await work.case(4711) is None
        assert not await work.take(await now_of(composed, case.id))
    async with at_work(composed.turns, alva) as work:
        assert await work.case(case.id)


async def test_who_is_named_as_an_administrator_sees_a_protected_case_only_while_they_are_one(
    composed: Composed,
) -> None:
    """Not whoever has the case, whoever protected it, or whom somebody let see it. The way back into the role is the way back to the case."""
    nadia, vera = await somebody(composed, "Nadia"), await somebody(composed, "Vera", administrator=True)
    adam, eva = [await somebody(composed, name, administrator=True) for name in ("Adam", "Eva")]
    case = await a_case(composed, Caller(composed.turns))
    done = await fill_in(composed.turns, nadia, case, "protect", {"named": {"ids": ()}})
    assert done
    assert done.done
    case = await now_of(composed, case.id)
    done = await fill_in(composed.turns, vera, case, "admit", {"named": {"ids": (f"p{eva.id}",)}})
    assert done
    assert done.done, done.refused
    assert await who_see(composed, case) == {"Nadia", "Vera", "Adam", "Eva"}
    async with at_work(composed.turns, vera) as work:
        assert await colleagues.demote(work, adam.id)
        assert await colleagues.demote(work, eva.id)
    assert await who_see(composed, case) == {"Nadia", "Vera", "Eva"}
    for administrator, then in ((False, {"Nadia", "Vera", "Eva"}), (True, {"Nadia", "Vera", "Eva", "Adam"})):
        async with at_work(composed.turns, vera) as work:
            assert await colleagues.deactivate(work, adam.id) == "Adam"
        await somebody(composed, "Adam", administrator)
        assert await who_see(composed, case) == then
    async with at_work(composed.turns, replace(adam, administrator=True)) as work:
        assert await work.take(await now_of(composed, case.id))
    async with at_work(composed.turns, vera) as work:
        assert await colleagues.demote(work, adam.id)
    assert await who_see(composed, case) == {"Nadia", "Vera", "Eva", "Adam"}, "he has it"
    async with composed.database.read() as connection:
        assert [one.what for one in (await verify(connection, SEAL)).findings] == []


async def who_see(composed: Composed, case: Case) -> set[str]:
    """Who finds the case in their queue, and may open it."""
    async with composed.database.read() as connection:
        there = await staff.active(connection)
        found = {one.name for one in there if await queue.sees(connection, one, case.id)}
    now_there = await now_of(composed, case.id)
    assert found == {one.name for one in there if may_see(one, now_there)}
    return found


async def test_nothing_is_allowed_in_no_case_and_no_task_in_one_that_is_not_theirs(composed: Composed) -> None:
    alva, bea = await somebody(composed, "Alva"), await somebody(composed, "Bea")
    case = await a_case(composed, Caller(composed.turns))
    async with at_work(composed.turns, alva) as work:
        assert await work.take(case)
    taken = await now_of(composed, case.id)
    async with at_work(composed.turns, bea) as work:
        assert [key for key in TASKS if work.allowed(key, taken) or work.allowed(key, None)] == []
        assert [key for key in DESK_DIALOGS if work.allowed(key, None)] == ["start", "absence"]
        assert not work.allowed("unheard_of", taken)
    async with composed.database.write() as connection:
        await staff.contact_person(connection, "Bea", now(), administrator=True)
    async with at_work(composed.turns, bea) as work:
        assert work.allowed("colleague", None)


async def test_of_two_who_take_a_case_one_has_it(composed: Composed) -> None:
    people = [await somebody(composed, name) for name in ("Alva", "Bea")]
    case = await a_case(composed, Caller(composed.turns))

    async def takes(who: ContactPerson) -> bool:
        async with at_work(composed.turns, who) as work:
            return await work.take(case)

    assert sorted(await asyncio.gather(*map(takes, people))) == [False, True]
    assert len(await rows(composed.database, case_events, what="taken")) == 1


async def test_a_task_is_carried_out_once_however_often_its_draft_is_sent(composed: Composed) -> None:
    alva = await somebody(composed, "Alva")
    case = await a_case(composed, Caller(composed.turns))
    async with at_work(composed.turns, alva) as work:
        await work.take(case)
    taken = await now_of(composed, case.id)
    async with at_work(composed.turns, alva) as work:
        begun = await work.begin("note", taken)
    written = await noted(composed, alva, taken)
    async with at_work(composed.turns, alva) as work:
        again = await work.finish(begun, taken, written)
    assert again.said.tone == "trouble"
    assert len(await rows(composed.database, case_events, what="note")) == 1


async def noted(composed: Composed, who: ContactPerson, case: Case) -> Record:
    """A note is written; what was written."""
    done = await fill_in(composed.turns, who, case, "note", {"text": {"text": ("Remember the key.",)}})
    assert done
    assert done.done
    return record(DESK_DIALOGS["note"], done.draft)


async def test_what_the_questions_choose_among_is_never_stored(composed: Composed) -> None:
    alva = await somebody(composed, "Alva")
    await somebody(composed, "Bea")
    case = await a_case(composed, Caller(composed.turns))
    async with at_work(composed.turns, alva) as work:
        await work.take(case)
    taken = await now_of(composed, case.id)
    async with at_work(composed.turns, alva) as work:
        begun = await work.begin("handover", taken)
        assert [name for _id, name in begun.draft.answers["people"].value] == ["Bea"]
        await work.keep(begun.draft, replace(begun.draft, version=begun.draft.version + 1))
    (stored,) = await rows(composed.database, desk_drafts)
    assert "Bea" not in str(stored.answers)


@pytest.mark.parametrize("name", ["Bea", "BEA"])
async def test_nobody_gets_a_link_in_the_name_of_a_colleague_who_is_there(composed: Composed, name: str) -> None:
    alva = await somebody(composed, "Alva", administrator=True)
    await somebody(composed, "Bea")
    form = {"name": {"text": (name,)}, "role": {"choice": ("contact_person",)}}
    done = await fill_in(composed.turns, alva, None, "colleague", form)
    assert done
    assert done.done
    assert done.done.tokens == ()
    assert await number_of(composed.database, invitations) == 0


@pytest.mark.parametrize("way", ["form", "bot"])
async def test_what_is_written_down_meanwhile_is_seen_before_anything_is_confirmed(
    postgres_url: str, tmp_path: Path, clock: Clock, way: str
) -> None:
    composed = compose(postgres_url, tmp_path, clock=clock)
    alva, case = await offers_times(composed, "Stadshuset")
    origin, shown = Origin(Address("telegram_staff", "70"), "en"), await at_review(composed, alva, case)
    async with composed.database.write() as bea:
        await cases.lock(bea, case.id)
        sends = asyncio.create_task(
            fill_in(composed.turns, alva, case, "times", times_at(shown))
            if way == "form"
            else composed.turns.take_staff(origin, Press("send", "", shown.id, shown.version))
        )
        await somebody_waits(postgres_url)
        await cases.happened(bea, SEAL, case.id, "times", alva.id, {"times": [*TIMES], "place": "Rådhuset"}, now())
    await sends
    offered = [one.place for one in (await now_of(composed, case.id)).offers]
    assert offered == ["Stadshuset", "Rådhuset"], "nobody confirms what the case knows better by now"
    await composed.close()


TIMES = tuple(f"{staff.today(now() + timedelta(days=30))}T{hour}:00" for hour in (10, 11))


def times_at(draft: Draft) -> Posted:
    """The form of an offer of times, at the place that is known."""
    place = {"text": (str(draft.value("place")),), PREFILLED: (seen(draft, "place"),)}
    return {"times": {"time1": TIMES[:1], "time2": TIMES[1:]}, "place": place}


async def offers_times(composed: Composed, place: str) -> tuple[ContactPerson, Case]:
    """A contact person in the bot, and their case with an offer of times at a place."""
    await let_in(composed)
    async with composed.database.read() as connection:
        (alva,) = await staff.active(connection)
    case = await a_case(composed, Caller(composed.turns))
    async with at_work(composed.turns, alva) as work:
        assert await work.take(case)
    await happens(composed, case, "times", alva.id, now(), times=[*TIMES], place=place)
    return alva, await now_of(composed, case.id)


async def at_review(composed: Composed, who: ContactPerson, case: Case) -> Draft:
    """Their draft of another offer, with everything answered, and the place as the case knows it confirmed."""
    async with at_work(composed.turns, who) as work:
        before = (await work.begin("times", case)).draft
        writer = Writer(who.id, who.locale, now())
        draft, refused = filled(DESK_DIALOGS["times"], before, times_at(before), writer)
        assert not refused
        await work.keep(before, draft)
    await composed.turns.take_staff(Origin(Address("telegram_staff", "70"), "en"), Press(f"do:times:{case.id}"))
    return draft


async def somebody_waits(url: str) -> None:
    """Until a statement waits for a lock."""
    owner = await asyncpg.connect(url)
    async with asyncio.timeout(30):
        while not await owner.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
            await asyncio.sleep(0.01)
    await owner.close()


async def test_links_into_a_case_are_made_by_who_started_it_alone(composed: Composed) -> None:
    alva, bea = await somebody(composed, "Alva"), await somebody(composed, "Bea")
    form = {"area": {"words": ("Möllevångstorget",)}}
    done = await fill_in(composed.turns, alva, None, "start", form)
    assert done
    assert done.done, done.refused
    assert done.done.case
    async with at_work(composed.turns, bea) as work:
        assert (await work.invite_actor(done.done.case.id)).tokens == ()
    async with at_work(composed.turns, alva) as work:
        assert [door for door, _token in (await work.invite_actor(done.done.case.id)).tokens] == ["chat"]
    assert await number_of(composed.database, case_invitations) == 2


async def test_one_administrator_is_always_left(composed: Composed) -> None:
    alva, bea = (
        await somebody(composed, "Alva", administrator=True),
        await somebody(composed, "Bea", administrator=True),
    )

    async def ends(who: ContactPerson, other: ContactPerson) -> str:
        async with at_work(composed.turns, who) as work:
            return await colleagues.deactivate(work, other.id)

    assert await ends(alva, alva) == ""
    done = await asyncio.gather(ends(alva, bea), ends(bea, alva), return_exceptions=True)
    assert sorted(str(one) or type(one).__name__ for one in done) in (["Alva", "ShutOut"], ["Bea", "ShutOut"])
    assert len([one for one in await rows(composed.database, staff_rows) if one.active and one.administrator]) == 1


@pytest.mark.parametrize("where", ["form", "bot"])
async def test_an_invitation_takes_no_colleagues_address(composed: Composed, where: str) -> None:
    alva = await somebody(composed, "Alva", administrator=True)
    await invite(composed.database, composed.keys, "Bea", now(), email="bea@example.se")  # who has not come in yet
    if where == "form":
        posted = {
            "name": {"text": ("Cleo",)},
            "role": {"choice": ("contact_person",)},
            "email": {"email": ("Bea@Example.se",)},
        }
        filled = await fill_in(composed.turns, alva, None, "colleague", posted)
        assert filled
        assert filled.refused, "the form comes back with what is wrong"
    else:
        origin = await let_in(composed, "Alva")
        for event in (Press("colleague"), Say("Cleo"), Press("contact_person", "role"), Say("Bea@Example.se")):
            await composed.turns.take_staff(origin, event)
    async with composed.database.read() as connection:
        assert await staff.id_of(connection, "Cleo") is None
        assert await staff.mails(connection) == ["bea@example.se"]
        bea = await staff.id_of(connection, "Bea") or 0
        assert await people.best_address(connection, bea, ("mail",)) == Address("mail", "bea@example.se")


async def test_nor_does_one_that_was_made_on_the_server(composed: Composed) -> None:
    await invite(composed.database, composed.keys, "Bea", now(), email="bea@example.se")
    with pytest.raises(Taken):
        await invite(composed.database, composed.keys, "Cleo", now(), email="BEA@example.se")
    async with composed.database.read() as connection:
        assert await staff.id_of(connection, "Cleo") is None, "nothing was done"
    await invite(composed.database, composed.keys, "Bea", now(), email="bea@example.se")  # their own
