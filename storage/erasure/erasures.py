"""The register of erasures. Law: what was erased stays erased, even when an older backup is restored.

A row says what kind of thing was erased, by the number of its row, and when; nothing personal. The transaction that erases also writes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.cases import disposal, drafts
from storage.cases.chain import Seal
from storage.database.tables import cases, erasures, people
from storage.database.tables import drafts as drafts_table
from storage.erasure import forgetting

What = Literal["draft", "person", "case", "session", "link", "address", "staff", "protected", "writer"]
KEPT_SHUT = ("session", "link", "address", "staff", "protected", "writer")
"""What is no erasure, but must not be opened again by a restore."""
EVER = datetime(2000, 1, 1, tzinfo=UTC)
"""A time before anything that we store."""
KEPT = timedelta(days=2 * 365)
"""How long the register remembers. Law: longer than the age of any backup that anybody restores."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure: of a draft, a person, or the contents of a case by a recorded decision (`data`); `key` is the number of its row.

    A restore keeps other things shut as well (storage/erasure/kept_shut.py): they stand in the same register.
    """

    what: What
    key: int
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The erasure as a JSON object, for a file kept beside the backups."""
        return {"what": self.what, "key": self.key, "at": self.at.isoformat(), "data": self.data}

    @staticmethod
    def of_json(value: dict[str, Any]) -> "Erasure":
        """The erasure that `as_json` wrote. KeyError or ValueError for anything else."""
        return Erasure(value["what"], int(value["key"]), datetime.fromisoformat(value["at"]), value.get("data") or {})


async def since(connection: AsyncConnection, at: datetime) -> list[Erasure]:
    """What was erased at `at` or later, the earliest first: what a backup begun at that time must not bring back."""
    query = select(erasures).where(erasures.c.at >= at).order_by(erasures.c.id)
    return [Erasure(row.what, row.key, row.at, row.data) for row in (await connection.execute(query)).all()]


async def after(connection: AsyncConnection, number: int) -> dict[int, Erasure]:
    """The erasures in rows numbered above `number`, by row number, in order. The database numbers rows upwards and never reuses a number."""
    query = select(erasures).where(erasures.c.id > number).order_by(erasures.c.id)
    return {row.id: Erasure(row.what, row.key, row.at, row.data) for row in (await connection.execute(query)).all()}


async def apply(connection: AsyncConnection, seal: Seal, rows: Iterable[Erasure], now: datetime) -> set[str]:
    """Erase these again in a restored database, before anything else is written into it. Safe to repeat.

    Returns the SHA-256 of files that nobody holds any more, for Files.drop in a transaction after this one; Database.wipe comes last.
    A row made after the erasure is something else with the same number, and stays.
    """
    gone: set[str] = set()
    for one in rows:
        if one.what in KEPT_SHUT or not await _there(connection, one):
            continue
        match one.what:
            case "draft":
                gone |= await drafts.drop(connection, one.key, now)
            case "person":
                gone |= (await forgetting.forget(connection, one.key, now)).gone
            case "case":
                gone |= await disposal.dispose(connection, seal, one.key, one.data, None, now, again=one.at) or set()
    return gone


async def _there(connection: AsyncConnection, one: Erasure) -> bool:
    made = {
        "draft": (drafts_table.c.id, drafts_table.c.started_at),
        "person": (people.c.id, people.c.created_at),
        "case": (cases.c.id, cases.c.created_at),
    }[one.what]
    query = select(made[0]).where(made[0] == one.key, made[1] <= one.at)
    return (await connection.execute(query)).first() is not None


async def number(connection: AsyncConnection) -> int:
    """How many erasures the register holds."""
    return int((await connection.execute(select(func.count()).select_from(erasures))).scalar_one())


async def remember(connection: AsyncConnection, rows: Iterable[Erasure]) -> None:
    """Add the erasures that a restored database's register lacks, so that its own backups have them."""
    known = {(one.what, one.key, one.at) for one in await since(connection, EVER)}
    fresh = {(one.what, one.key, one.at): one for one in rows if (one.what, one.key, one.at) not in known}
    values = [{"what": one.what, "key": one.key, "data": one.data, "at": one.at} for one in fresh.values()]
    if values:
        await connection.execute(erasures.insert(), values)


async def forget(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Delete up to `most` rows of the register from before then. Returns how many were deleted."""
    old = select(erasures.c.id).where(erasures.c.at < before).order_by(erasures.c.id).limit(most)
    gone = await connection.execute(delete(erasures).where(erasures.c.id.in_(old)).returning(erasures.c.id))
    return len(gone.all())
