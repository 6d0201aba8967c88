"""The log of who administers: who was let in, invited, given a role, deactivated; which settings changed.

Law: it is chained and sealed as the events of a case are, and nothing in it is ever changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.cases import chain
from storage.database.desk_tables import house_events, staff

Administered = Literal[
    "let_in", "not_let_in", "invited", "role_taken", "deactivated", "doors_closed", "chat_expired", "settings"
]
MOST = 500
"""How many of the latest are shown."""
LOCK = 0x5A3


@dataclass(frozen=True, slots=True)
class HouseEvent:
    """What happened, who did it ("" for the command line, or for nobody who is known), to whom ("" for nobody), and when."""

    what: str
    by: str
    about: str
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)


async def happened(
    connection: AsyncConnection,
    seal: chain.Seal,
    what: Administered,
    by: int | None,
    now: datetime,
    *,
    about: int | None = None,
    **said: Any,
) -> None:
    """Append what happened: `by` this contact person (None for the command line), `about` this one."""
    if connection.dialect.name != "sqlite":
        # Two at once would each follow the same event.
        await connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
    data: dict[str, Any] = {**said, **({"about": about} if about else {})}
    links = await chain.linked(connection, seal, chain.HOUSE, by, what, now, data=chain.digest(data))
    values = {"person_id": by, "what": what, "data": data, "at": now, **links}
    await connection.execute(house_events.insert().values(values))


async def latest(connection: AsyncConnection) -> list[HouseEvent]:
    """The latest first, MOST of them."""
    rows = await connection.execute(select(house_events).order_by(house_events.c.id.desc()).limit(MOST))
    query = select(staff.c.person_id, staff.c.name)
    names = {row.person_id: row.name for row in await connection.execute(query)}
    return [
        HouseEvent(row.what, names.get(row.person_id, ""), names.get(row.data.get("about"), ""), row.at, row.data)
        for row in rows.all()
    ]


async def settings(connection: AsyncConnection) -> dict[str, str] | None:
    """The keyed hash of each setting, by its name, at the last start with other ones; None when there was no start yet."""
    query = select(house_events.c.data).where(house_events.c.what == "settings")
    data = (await connection.execute(query.order_by(house_events.c.id.desc()).limit(1))).scalar()
    return dict(data["known"]) if data else None


@dataclass(frozen=True, slots=True)
class Role:
    """Whether a contact person works here, and administers."""

    active: bool
    administrator: bool


def roles(events: Iterable[Row[Any]]) -> dict[int, Role]:
    """The role of each contact person of whom these events tell, after them; of nobody else anything is known."""
    found: dict[int, Role] = {}
    for event in events:
        about = event.data.get("about")
        match event.what:
            case "invited" if "role" in event.data:
                found[about] = Role(True, event.data["role"] == "administrator")
            case "role_taken":
                found[about] = Role(True, False)
            case "deactivated":
                found[about] = Role(False, False)
    return found
