"""Finds what was changed behind the program's back in the events and submissions of cases, by walking the chain from its first link to its last seal;
and who was made a writer of a case.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Row, Table, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.cases.case_walk import COPIES, CaseWalk, Finding, last_seals
from storage.cases.chain import HOUSE, REGISTER, Seal
from storage.cases.house_events import Role, roles
from storage.database.desk_tables import house_events
from storage.database.tables import case_events, cases, participants, people, seals, staff, submissions
from storage.database.tables import named as named_rows

AT_ONCE = 500
"""How many cases are in memory at the same time."""
ChainNote = dict[str, list[Any]]
"""The number of events and the last seal of each case, by its number, to keep elsewhere and compare with later. Nothing personal."""


@dataclass(slots=True)
class Verification:
    """The result of `verify`: how much was checked, what was found, and what to note."""

    cases: int = 0
    events: int = 0
    findings: list[Finding] = field(default_factory=list)
    note: ChainNote = field(default_factory=dict)


async def verify(connection: AsyncConnection, seal: Seal, noted: Mapping[str, list[Any]] | None = None) -> Verification:
    """Walk every case; with `noted`, also check that what was noted then is still there. If others write, call it in a transaction or after `still`."""
    verdict = Verification()
    last = {row.case_id: row for row in (await connection.execute(select(seals))).all()}
    register = last.pop(REGISTER, None)
    noted = noted or {}
    named = await _named_in(connection)
    async for row, events, sent, writers in _cases(connection):
        id = row.id
        walk = CaseWalk(seal, row.reference or f"case {id}", events, sent)
        walk.links()
        walk.end(last.pop(id, None))
        walk.records()
        walk.compare(noted.get(str(id)))
        walk.copies(row, named.get(id, frozenset()))
        walk.writers(writers)
        verdict.findings += walk.found
        verdict.cases += bool(events)
        verdict.events += len(events)
        if events:
            verdict.note[str(id)] = [len(events), events[-1].chain]
    await _house(connection, seal, verdict, last, noted)
    verdict.findings += [Finding(f"case {id}", "it is gone, with all that happened in it") for id in sorted(last)]
    verdict.findings += [
        Finding(f"case {id}", "it was there when the note was made, and is gone")
        for id in noted
        if id not in verdict.note and int(id) not in last
    ]
    places = [row.place for row in (await connection.execute(select(seals).where(seals.c.case_id != REGISTER))).all()]
    verdict.findings += _register(seal, register, places)
    return verdict


async def _house(
    connection: AsyncConnection,
    seal: Seal,
    verdict: Verification,
    last: dict[int, Row[Any]],
    noted: Mapping[str, list[Any]],
) -> None:
    """Check the log of who administers, and that nobody works here or administers against it."""
    query = select(house_events, literal(HOUSE).label("case_id")).order_by(house_events.c.id)
    events = list((await connection.execute(query)).all())
    walk = CaseWalk(seal, "the log of who administers", events, [])
    walk.links()
    walk.end(last.pop(HOUSE, None))
    walk.compare(noted.get(str(HOUSE)))
    verdict.findings += walk.found
    if events:
        verdict.note[str(HOUSE)] = [len(events), events[-1].chain]
    if events:
        verdict.findings += await _roles(connection, roles(events), events[0].at)


async def _roles(connection: AsyncConnection, known: dict[int, Role], began: datetime) -> list[Finding]:
    """What contact persons are, against the log. Who was there before it `began` need not be in it."""
    query = select(staff.c.person_id, staff.c.active, staff.c.administrator, people.c.created_at)
    query = query.join(people, people.c.id == staff.c.person_id).order_by(staff.c.person_id)
    found: list[str] = []
    for row in (await connection.execute(query)).all():
        nobody = Role(False, False) if row.created_at > began else Role(row.active, row.administrator)
        role = known.get(row.person_id, nobody)
        if row.active != role.active:
            done = "works here, and nobody invited them" if row.active else "is locked out, and nobody did that"
            found.append(f"contact person {row.person_id} {done}")
        if row.active and row.administrator and not role.administrator:
            found.append(f"contact person {row.person_id} is an administrator, and nobody made them one")
    return [Finding("the log of who administers", what) for what in found]


async def still(connection: AsyncConnection) -> None:
    """From here on, all reads through this connection show the same moment, even while others go on writing."""
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql("BEGIN")
    else:
        await connection.execution_options(isolation_level="REPEATABLE READ")


async def _named_in(connection: AsyncConnection) -> dict[int, frozenset[tuple[int, bool]]]:
    found: dict[int, frozenset[tuple[int, bool]]] = {}
    query = select(named_rows.c.case_id, named_rows.c.person_id, named_rows.c.by_role)
    for case, person, by_role in (await connection.execute(query)).all():
        found[case] = found.get(case, frozenset()) | {(person, by_role)}
    return found


async def _cases(
    connection: AsyncConnection,
) -> AsyncIterator[tuple[Row[Any], list[Row[Any]], list[Row[Any]], list[Row[Any]]]]:
    """The row of each case, its events and its submissions, the earliest first, and who writes it."""
    after = 0
    while True:
        query = (
            select(cases.c.id, *(cases.c[name] for name in COPIES))
            .where(cases.c.id > after)
            .order_by(cases.c.id)
            .limit(AT_ONCE)
        )
        found = (await connection.execute(query)).all()
        if not found:
            return
        after, ids = found[-1].id, [row.id for row in found]
        events = await _of_cases(connection, case_events, case_events.c.id, ids)
        sent = await _of_cases(connection, submissions, submissions.c.id, ids)
        writers = await _of_cases(connection, participants, participants.c.person_id, ids)
        for row in found:
            yield row, events.get(row.id, []), sent.get(row.id, []), writers.get(row.id, [])


async def _of_cases(
    connection: AsyncConnection, table: Table, order: Column[int], ids: list[int]
) -> dict[int, list[Row[Any]]]:
    """The rows of a table that belong to these cases, by case."""
    found: dict[int, list[Row[Any]]] = {}
    for row in await connection.execute(select(table).where(table.c.case_id.in_(ids)).order_by(order)):
        found.setdefault(row.case_id, []).append(row)
    return found


def _register(seal: Seal, register: Row[Any] | None, places: list[int]) -> list[Finding]:
    if register is None:
        return [Finding("the register", "it is gone: whether cases are missing cannot be told")] if places else []
    if (register.place, register.chain) != (0, "") or register.seal not in last_seals(seal, register):
        return [Finding("the register", "it was changed: whether cases are missing cannot be told")]
    gone = sorted(set(range(1, register.events + 1)) - set(places))
    return [Finding("the register", f"of {register.events} cases, number {place} is gone") for place in gone]
