"""Who somebody is at the desk is asked in the transaction in which they act, on both databases."""

import pytest

from bot.turns import colleagues
from bot.turns.contact_person import ShutOut, at_work, fill_in
from bot.turns.sign_in import sign_in, sign_out, signed_in
from dialogs.case.rights import ContactPerson
from storage.people import staff
from tests.house import Composed


async def known(composed: Composed, name: str) -> tuple[ContactPerson, str]:
    """An administrator who has signed in on the web, and their session."""
    token, at = composed.keys.new(), composed.clock.now()
    async with composed.database.write() as connection:
        person = await staff.contact_person(connection, name, at, administrator=True)
        await staff.invite(connection, person, composed.keys.hash(token), at)
    session = await sign_in(composed.database, composed.keys, token, at)
    who = await signed_in(composed.database, composed.keys, session or "", at)
    assert who
    return who, session or ""


async def test_a_session_that_has_ended_since_they_asked_does_nothing(composed: Composed) -> None:
    bo, session = await known(composed, "Bo")
    async with at_work(composed.turns, bo) as work:
        assert work.who == bo
    await sign_out(composed.database, composed.keys, session, composed.clock.now())
    with pytest.raises(ShutOut):
        async with at_work(composed.turns, bo):
            pass
    with pytest.raises(ShutOut):
        await fill_in(composed.turns, bo, None, "absence", {})


async def test_a_role_that_was_taken_since_they_asked_is_none(composed: Composed) -> None:
    (anna, _annas), (bo, _bos) = await known(composed, "Anna"), await known(composed, "Bo")
    async with at_work(composed.turns, anna) as work:
        assert await colleagues.demote(work, bo.id)
    async with at_work(composed.turns, bo) as work:
        assert not work.who.administrator
    assert await fill_in(composed.turns, bo, None, "colleague", {}) is None
