"""How much may be sent on one day, and that many notices make one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.turns.origin import Origin
from dialogs.language.events import Event, Press, Say
from dialogs.language.replies import Receipt, Reply
from storage.database.door_tables import usage as counts
from storage.database.tables import outbox, submissions
from storage.erasure import retention
from storage.people import usage
from tests.clock import now
from tests.day import delivered, let_in
from tests.house import Caller, Composed
from tests.ways import BEGUN, SENT, goes, rows
from tests.wire import Wire


class FromHome(Caller):
    """Somebody whose network address is known."""

    network = "2001:db8::/64"

    async def does(self, event: Event) -> list[Reply]:
        await self.turns.take(replace(Origin(self.address, self.locale), network=self.network), event)
        return (await self.sees())[1]


async def one_more(composed: Composed, name: str, email: str, caller: type[Caller] = Caller) -> Reply:
    """Somebody new sends a wish for a meeting."""
    one = caller(composed.turns, name)
    await goes(one, *BEGUN)
    await goes(one, Press("meeting"), Say("A bench on our street."), Say(f"Kim Berg {email}"), *SENT)
    said = [reply for reply in (await one.sees())[1] if reply.type in ("receipt", "tell")]
    return next((reply for reply in said if isinstance(reply, Receipt)), said[-1])


async def sent(composed: Composed) -> int:
    return len(await rows(composed.database, submissions))


@pytest.mark.house(submissions_per_day=2)
async def test_one_person_sends_so_much_a_day_and_keeps_the_rest(composed: Composed) -> None:
    caller = Caller(composed.turns)
    await goes(caller, *BEGUN)
    for number in range(4):
        way = (Press("new"), Press("meeting"), Say("A bench on our street."), Say(f"Kim Berg kim{number}@example.se"))
        await goes(caller, *way, *SENT)
    assert await sent(composed) == 2
    said = (await caller.sees())[1]
    assert not any(isinstance(reply, Receipt) for reply in said)
    assert "as much as can be sent on one day" in str(said)
    standing, _shown = await caller.sees()
    assert any(one.dialog == "meeting" for one in standing.open), "nothing is lost"
    await tomorrow(composed)
    await goes(caller, Press("resume"), *SENT)
    assert await sent(composed) == 3


async def tomorrow(composed: Composed) -> None:
    """What was counted today was counted yesterday."""
    async with composed.database.write() as connection:
        await connection.execute(counts.update().values(day=usage.day_key(now() - timedelta(days=1))))


@pytest.mark.house(submissions_per_day=3)
async def test_nobody_has_letters_sent_to_one_address_without_end(composed: Composed) -> None:
    for number in range(6):
        said = await one_more(composed, f"c{number}", f"Offer+{number}@example.se")
        assert isinstance(said, Receipt), "whoever names an address keeps nobody else from sending with it"
    letters = [row for row in await rows(composed.database, outbox) if row.channel == "mail"]
    assert len([row for row in letters if row.address.startswith("Offer")]) == 3


@pytest.mark.house(submissions_per_day=5, submissions_per_day_network=4)
async def test_from_one_network_address_so_much_a_day(composed: Composed) -> None:
    for number in range(6):
        await one_more(composed, f"c{number}", f"kim{number}@example.se", FromHome)
    assert await sent(composed) == 4
    await one_more(composed, "other", "other@example.se")
    assert await sent(composed) == 5, "somebody elsewhere is not held up"


async def test_what_is_counted_says_nothing_of_anybody_and_goes(composed: Composed) -> None:
    await one_more(composed, "c", "kim@example.se", FromHome)
    kept = await rows(composed.database, counts)
    assert {row.what for row in kept} == {"submission", "network", "letter", "told"}
    assert not any("kim" in row.key or "2001" in row.key or len(row.key) != 64 for row in kept)
    async with composed.database.write() as connection:
        assert await retention.usage(connection, now() + timedelta(days=1), 10) == len(kept)


@pytest.mark.house(submissions_per_day=1000, submissions_per_day_network=1000)
@pytest.mark.parametrize("wishes_for_a_meeting", [25])
async def test_many_notices_make_one(composed: Composed, wishes_for_a_meeting: int) -> None:
    await let_in(composed, "Alva")
    for number in range(wishes_for_a_meeting):
        await one_more(composed, f"c{number}", f"kim{number}@example.se")
    mailbox = [row for row in await rows(composed.database, outbox) if row.address == "mailbox@example.se"]
    assert len(mailbox) == 11
    assert "So much has come in" in str(mailbox[-1].reply)
    assert mailbox[-1].due_at > now() + timedelta(minutes=25)
    staff = [row for row in await rows(composed.database, outbox) if row.channel == "telegram_staff"]
    assert len([row for row in staff if "Someone wishes" in str(row.reply)]) == 10
    assert len([row for row in staff if "So much has come in" in str(row.reply)]) == 1
    wire = Wire()
    await delivered(composed, telegram_staff=wire)
    assert len(wire.posts) >= 10
