"""Posts, put into the outbox and delivered."""

from dialogs.language.replies import Tell
from storage.database.database import Database
from storage.outbox import outbox
from storage.outbox.outbox import About
from storage.people.people import Address
from tests.clock import Clock
from tests.house import Composed
from tests.wire import Wire


async def put(database: Database, to: str, *texts: str, clock: Clock, person: int | None = None) -> None:
    """Put these into the outbox, one transaction each."""
    for text in texts:
        async with database.write() as connection:
            await outbox.put(connection, Address("telegram", to), person, About(), Tell((text,)), "en", clock.at)


async def delivered(composed: Composed, wire: Wire) -> int:
    """Deliver what is due now, once; how many rows were tried."""
    return await composed.program.delivery({"telegram": wire}).once()
