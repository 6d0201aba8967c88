"""A day of the whole house: its clock, told in Stockholm's time, and contact persons who are there."""

from datetime import datetime, timedelta

from bot.turns.invite import invite
from bot.turns.origin import Origin
from bot.worker.outcome import Carrier
from bot.worker.reminders import Reminders
from dialogs.case.case import Case
from dialogs.language.events import Start
from dialogs.phases.steps import STEPS
from storage.cases import cases
from storage.database.tables import cases as case_rows
from storage.people.people import Address
from tests.house import SEAL, Caller, Composed
from tests.ways import SENT, WISHED, goes, rows

AFTER, KEPT = timedelta(days=14), timedelta(days=365)
"""How long a draft rests until it is reminded of, and until it is deleted."""


async def let_in(composed: Composed, name: str = "Alva", chat: str = "70") -> Origin:
    """A contact person who has come in on Telegram; with `chat` "" one who has not."""
    links = await invite(composed.database, composed.keys, name, composed.clock.now())
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
        after = await cases.happened(connection, SEAL, case.id, what, by, data, at)
        await composed.turns.notifier.tell(connection, STEPS[what], after)


async def delivered(composed: Composed, **carriers: Carrier) -> None:
    """Deliver everything that is due now."""
    delivery = composed.program.delivery(carriers)
    while await delivery.once():
        pass


def by_itself(composed: Composed, digest_hour: int | None = None) -> Reminders:
    """What happens by itself, as the program has it."""
    return Reminders(composed.turns, AFTER, KEPT, digest_hour)
