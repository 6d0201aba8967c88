"""Ways through the dialogs that the storage tests share, and looks into the tables."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Table, func, select

from bot.turns.turns import Turns
from dialogs.language.events import Event, Press, Say, Start
from dialogs.language.replies import Review
from storage.database.database import Database
from storage.database.tables import metadata
from storage.people.people import Address, add_address, person_at
from tests.clock import now
from tests.house import Caller

BEGUN: tuple[str | Event, ...] = (Start(), "accept")
WISHED: tuple[str | Event, ...] = (
    *BEGUN,
    Press("meeting"),
    Say("A bench on our street."),
    Say("Kim Berg kim@example.se"),
)
"""Up to the review of a wish for a first meeting, with an empty application beside it."""
WRITTEN: tuple[str | Event, ...] = (
    *BEGUN, "partly", *["not_yet"] * 6, "on", Say("Torget"), Say("Ettan"), "kind:a1:association", "done",
    Say("Dark."), Say("Quiet."), Say("Light."), "done", Say("Kim Berg kim@example.se"), "other",
)  # fmt: skip
"""Up to the review of an application that is not ready."""
SENT: tuple[str | Event, ...] = ("send", "sure")


async def goes(caller: Caller, *steps: str | Event) -> Caller:
    """Do these one after the other: a button that stands there by its act, or an event."""
    for step in steps:
        await (caller.taps(step) if isinstance(step, str) else caller.does(step))
    return caller


async def ready_to_send(caller: Caller, *way: str | Event) -> Press:
    """Go that way to a review, and ask to send: the press that really sends."""
    await goes(caller, *way)
    review = (await caller.sees())[1][-1]
    assert isinstance(review, Review)
    await caller.taps("send")
    return Press("sure", "", review.draft, review.version)


async def also_at(turns: Turns, caller: Caller, address: Address) -> None:
    """The same person is reached at another address as well, used later."""
    async with turns.database.write() as connection:
        person = await person_at(connection, caller.address, now())
        assert person
        await add_address(connection, address, person.id, now() + timedelta(seconds=1))


async def rows(database: Database, table: Table, **having: object) -> list[Any]:
    """The rows of a table with these values, by their order of coming."""
    query = select(table).filter_by(**having).order_by(*table.primary_key.columns)
    async with database.read() as connection:
        return list((await connection.execute(query)).all())


async def number_of(database: Database, table: Table) -> int:
    """How many rows a table has."""
    async with database.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def everything(database: Database) -> str:
    """Every row of every table, as text."""
    found = []
    for table in metadata.sorted_tables:
        found += [repr(tuple(row)) for row in await rows(database, table)]
    return "\n".join(found)
