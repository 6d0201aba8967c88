"""A day of the whole house: its clock, told in Stockholm's time, and contact persons who are there."""

from datetime import datetime

import pytest

import bot.turns.contact_person
import bot.turns.invite
import bot.turns.notify
import bot.turns.sign_in
import bot.turns.turns
import bot.worker.alarms
import bot.worker.delivery
import bot.worker.digest
import bot.worker.due
import bot.worker.reminders
from bot.turns.invite import invite
from bot.turns.origin import Origin
from bot.worker.delivery import Carrier, Delivery
from bot.worker.reminders import Reminders
from dialogs.case.case import Case
from dialogs.kinds.day import STOCKHOLM
from dialogs.language.events import Start
from storage.cases import cases
from storage.database.tables import cases as case_rows
from storage.people.people import Address
from tests.house import Caller, Composed
from tests.storage.ways import SENT, WISHED, Clock, goes, rows

MODULES = (
    bot.worker.alarms,
    bot.turns.turns,
    bot.turns.contact_person,
    bot.turns.invite,
    bot.turns.sign_in,
    bot.worker.reminders,
    bot.worker.due,
    bot.worker.digest,
    bot.turns.notify,
    bot.worker.delivery,
)


def local(told: str) -> datetime:
    """A time like "2026-11-20 19:00" by the clocks of Stockholm."""
    return datetime.fromisoformat(told).replace(tzinfo=STOCKHOLM)


class Day(Clock):
    """The time of the whole house, as it is told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, told: str) -> None:
        self.is_now(told)
        for module in MODULES:
            monkeypatch.setattr(module, "now", self)

    def is_now(self, told: str) -> None:
        """From now on it is this time in Stockholm."""
        self.at = local(told)


async def let_in(composed: Composed, name: str = "Alva", chat: str = "70") -> Origin:
    """A contact person who has come in on Telegram; with `chat` "" one who has not."""
    links = await invite(composed.database, composed.keys, name)
    origin = Origin(Address("telegram_staff", chat), "en")
    if chat:
        await composed.turns.take_staff(origin, Start(links.telegram))
    return origin


async def a_case(composed: Composed, caller: Caller) -> Case:
    """Somebody wishes for a meeting: their case."""
    before = {row.id for row in await rows(composed.database, case_rows)}
    await goes(caller, *WISHED, *SENT)
    (id,) = [row.id for row in await rows(composed.database, case_rows) if row.reference and row.id not in before]
    return await now_of(composed, id)


async def now_of(composed: Composed, id: int) -> Case:
    """A case as it is now."""
    async with composed.database.read() as connection:
        case = await cases.case_by_id(connection, id)
    assert case
    return case


async def happens(composed: Composed, case: Case, what: str, by: int | None, at: datetime, **data: object) -> None:
    """Something happens in a case, and who is to know is told."""
    async with composed.database.write() as connection:
        after = await cases.happened(connection, case.id, what, by, data, at)
        await composed.turns.telling.tell(connection, what, after)


async def delivered(composed: Composed, **carriers: Carrier) -> None:
    """Deliver everything that is due now."""
    delivery = Delivery(composed.database, dict(carriers), composed.turns.committed, composed.turns.telling)
    while await delivery.once():
        pass


def by_itself(composed: Composed, digest_hour: int | None = None) -> Reminders:
    """What happens by itself, as the program has it."""
    from tests.storage.test_reminders import AFTER, KEPT

    return Reminders(composed.turns, AFTER, KEPT, digest_hour)
