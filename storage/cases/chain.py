"""The chain of a case's events. Law: nobody who can write into the database but lacks SECRET_KEY can change what happened without `verify` noticing.

Each event carries the digest of its data, and a seal over the seal before it and everything else that it says. The last seal
of each case and the number of its events are themselves sealed in `seals`; so is the number of cases, under case 0.
Data has a digest of its own, so that the chain still holds when a recorded disposal empties it later.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, Row, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.desk_tables import house_events
from storage.database.insert import insert_or
from storage.database.tables import case_events, seals, submissions

REGISTER = 0
"""The row of `seals` that says how many cases there are: no case has this number."""
HOUSE = -1
"""The row of `seals` of what happened in the house itself (storage/cases/house_events.py), chained as a case is."""


class Seal:
    """Makes an installation's seals (HMAC-SHA-256), with a key derived from its SECRET_KEY. It knows those that it took the place of."""

    __slots__ = ("_keyed", "known")

    def __init__(self, key: str, before: Iterable["Seal"] = ()) -> None:
        self._keyed = hmac.new(key.encode(), digestmod=hashlib.sha256)
        self.known = (self, *before)
        """This one, and those before: a seal that one of them made holds."""

    def event(self, before: str, case: int, person: int | None, what: str, at: datetime, data: str) -> str:
        """The seal on an event that follows the seal `before` ("" for the first); `data` is the digest of its data."""
        return self._on("event", before, case, person, what, at, data)

    def last(self, case: int, place: int, events: int, chain: str) -> str:
        """The seal on a row of `seals`."""
        return self._on("last", case, place, events, chain)

    def writer(self, case: int, person: int, since: datetime | None) -> str:
        """The seal on somebody's being a writer of a case."""
        return self._on("writer", case, person, since)

    def _on(self, *facts: object) -> str:
        made = self._keyed.copy()
        made.update(_canonical(facts))
        return made.hexdigest()


def digest(value: object) -> str:
    """The SHA-256 of JSON data, the same before and after either database has stored it."""
    return hashlib.sha256(_canonical(value)).hexdigest()


def _canonical(value: object) -> bytes:
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":")).encode()


def _plain(value: object) -> object:
    # JSONB returns 1e16 as a whole number, and an Instant may be in any time zone.
    match value:
        case dict():
            return {str(key): _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case float() if value.is_integer():
            return int(value)
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value


def frozen(submission: Row[Any]) -> str:
    """The digest of what was sent, which the event of the submission carries as `sha256`."""
    one = submission
    facts = (one.case_id, one.draft_id, one.dialog, one.record, one.shared, one.locale, one.terms, one.person_id)
    return digest((*facts, one.sent_at))


async def linked(
    connection: AsyncConnection, seal: Seal, case: int, person: int | None, what: str, at: datetime, *, data: str
) -> dict[str, str]:
    """The columns `digest` and `chain` for a new event, which becomes the last of its case. The case is locked. `data` is the digest of the event's data."""
    last = (await connection.execute(LAST, {"case": case})).first()
    place, events, before = (
        (last.place, last.events, last.chain) if last else (await _registered(connection, seal), 0, "")
    )
    chain = seal.event(before, case, person, what, at, data)
    await _put(connection, seal, case, place, events + 1, chain)
    return {"digest": data, "chain": chain}


LAST = select(seals).where(seals.c.case_id == bindparam("case"))


async def _registered(connection: AsyncConnection, seal: Seal) -> int:
    """Register one more case; returns its place among them."""
    first = {"case_id": REGISTER, "place": 0, "events": 1, "chain": "", "seal": ""}
    place = int((await connection.execute(_one_more(connection.dialect.name), first)).scalar_one())
    await _put(connection, seal, REGISTER, 0, place, "")
    return place


async def _put(connection: AsyncConnection, seal: Seal, case: int, place: int, events: int, chain: str) -> None:
    values = {"events": events, "chain": chain, "seal": seal.last(case, place, events, chain)}
    row = {"case_id": case, "place": place, **values}
    await connection.execute(_last(connection.dialect.name), row)


@cache
def _one_more(dialect: str) -> Executable:
    one_more = {"events": seals.c.events + 1}
    counting = insert_or(dialect, seals).on_conflict_do_update(index_elements=["case_id"], set_=one_more)
    return counting.returning(seals.c.events)


@cache
def _last(dialect: str) -> Executable:
    put = insert_or(dialect, seals)
    anew = {name: put.excluded[name] for name in ("events", "chain", "seal")}
    return put.on_conflict_do_update(index_elements=["case_id"], set_=anew)


async def seal_anew(connection: AsyncConnection, seal: Seal) -> int:
    """Chain and seal every event as it stands now; returns how many. This vouches for what is there, so run `verify` first."""
    await connection.execute(delete(seals))
    query = select(case_events.c.case_id).distinct().order_by(case_events.c.case_id)
    count = 0
    for case in (await connection.execute(query)).scalars().all():
        sent = (await connection.execute(select(submissions).where(submissions.c.case_id == case))).all()
        digests = {one.id: frozen(one) for one in sent}
        rows = select(case_events).where(case_events.c.case_id == case).order_by(case_events.c.id)
        for event in (await connection.execute(rows)).all():
            data = dict(event.data)
            if data.get("submission") in digests:
                data.setdefault("sha256", digests[data["submission"]])
            # Only its digest vouches for data that a disposal emptied.
            own = event.digest if event.digest and not data else digest(data)
            columns = await linked(connection, seal, case, event.person_id, event.what, event.at, data=own)
            await connection.execute(
                update(case_events).where(case_events.c.id == event.id).values(data=data, **columns)
            )
            count += 1
    for event in (await connection.execute(select(house_events).order_by(house_events.c.id))).all():
        columns = await linked(
            connection, seal, HOUSE, event.person_id, event.what, event.at, data=digest(dict(event.data))
        )
        await connection.execute(update(house_events).where(house_events.c.id == event.id).values(**columns))
        count += 1
    return count
