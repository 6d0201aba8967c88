"""Finds what was changed behind the program's back in the events and submissions of cases, by walking the chain from its first link to its last seal."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.case.case import CaseEvent
from dialogs.phases.always.disposed import DISPOSED
from dialogs.phases.steps import event_today, replay
from storage.cases.cases import row_of
from storage.cases.chain import HOUSE, REGISTER, Seal, digest, frozen
from storage.cases.house_events import administer
from storage.database.desk_tables import house_events
from storage.database.tables import case_events, cases, seals, staff, submissions
from storage.database.tables import named as named_rows

AT_ONCE = 500
"""How many cases are in memory at the same time."""
COPIES = {"reference": "its reference", "taken_by": "who has it", "protected": "whether it is protected"}
"""The columns of a case's row by which people find it and are let see it, which its events decide."""
ChainNote = dict[str, list[Any]]
"""The number of events and the last seal of each case, by its number, to keep elsewhere and compare with later. Nothing personal."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Where something is wrong (a reference, a case's number, or "the register"), and what, for the people who run the installation."""

    where: str
    what: str


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
    async for row, events, sent in _cases(connection):
        id = row.id
        walk = _CaseWalk(seal, row.reference or f"case {id}", events, sent)
        walk.links()
        walk.end(last.pop(id, None))
        walk.records()
        walk.compare(noted.get(str(id)))
        walk.copies(row, named.get(id, frozenset()))
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
    """Check the log of who administers, and that nobody is an administrator against it."""
    query = select(house_events, literal(HOUSE).label("case_id")).order_by(house_events.c.id)
    events = list((await connection.execute(query)).all())
    walk = _CaseWalk(seal, "the log of who administers", events, [])
    walk.links()
    walk.end(last.pop(HOUSE, None))
    walk.compare(noted.get(str(HOUSE)))
    verdict.findings += walk.found
    if events:
        verdict.note[str(HOUSE)] = [len(events), events[-1].chain]
    known = administer(events)
    query = select(staff.c.person_id).where(staff.c.administrator, staff.c.active).order_by(staff.c.person_id)
    verdict.findings += [
        Finding("the log of who administers", f"contact person {id} is an administrator, and nobody made them one")
        for id in (await connection.execute(query)).scalars()
        if not known.get(id, True)
    ]


async def still(connection: AsyncConnection) -> None:
    """From here on, all reads through this connection show the same moment, even while others go on writing."""
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql("BEGIN")
    else:
        await connection.execution_options(isolation_level="REPEATABLE READ")


async def _named_in(connection: AsyncConnection) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    for case, person in (await connection.execute(select(named_rows.c.case_id, named_rows.c.person_id))).all():
        found[case] = found.get(case, frozenset()) | {person}
    return found


async def _cases(
    connection: AsyncConnection,
) -> AsyncIterator[tuple[Row[Any], list[Row[Any]], list[Row[Any]]]]:
    """The row of each case, its events and its submissions, the earliest first."""
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
        events: dict[int, list[Row[Any]]] = {}
        for row in (
            await connection.execute(
                select(case_events).where(case_events.c.case_id.in_(ids)).order_by(case_events.c.id)
            )
        ).all():
            events.setdefault(row.case_id, []).append(row)
        sent: dict[int, list[Row[Any]]] = {}
        for row in (
            await connection.execute(
                select(submissions).where(submissions.c.case_id.in_(ids)).order_by(submissions.c.id)
            )
        ).all():
            sent.setdefault(row.case_id, []).append(row)
        for row in found:
            yield row, events.get(row.id, []), sent.get(row.id, [])


class _CaseWalk:
    """Walks along the events of one case, and collects what is wrong."""

    def __init__(self, seal: Seal, where: str, events: list[Row[Any]], sent: list[Row[Any]]) -> None:
        self.seal, self.where, self.events, self.sent = seal, where, events, sent
        self.found: list[Finding] = []
        self.sound: list[Row[Any]] = []
        """The events that are unchanged since they were written."""

    def _wrong(self, what: str) -> None:
        self.found.append(Finding(self.where, what))

    def links(self) -> None:
        """Check that each event follows the one before it."""
        before = ""
        chains = {"", *(event.chain for event in self.events if event.chain)}
        doubtful = []
        for event in self.events:
            if not event.chain or not event.digest:
                self._wrong(f"{_named(event)} was put in past the program, or by a version before the chain")
                continue
            if event.chain in self._sealed(event, before):
                if event.digest != digest(event.data):
                    doubtful.append(event)
                else:
                    self.sound.append(event)
            elif any(event.chain in self._sealed(event, other) for other in chains - {event.chain}):
                self._wrong(f"{_named(event)} does not follow on the event before it: one is gone, or out of its place")
            else:
                self._wrong(f"{_named(event)} is not as it was written, or was put in: its seal does not fit")
            before = event.chain
        disposed = self._disposed("events")
        for event in doubtful:
            if event.data or event.id not in disposed:
                self._wrong(f"{_named(event)}: what it says was changed")

    def _sealed(self, event: Row[Any], before: str) -> list[str]:
        """The seals that an event may have: today's, and those of the keys before."""
        facts = (before, event.case_id, event.person_id, event.what, event.at, event.digest)
        return [one.event(*facts) for one in self.seal.known]

    def _disposed(self, what: str) -> set[int]:
        """The ids of what a recorded decision emptied."""
        return {id for event in self.sound if event.what == DISPOSED.id for id in event.data.get(what, ())}

    def end(self, last: Row[Any] | None) -> None:
        """Check against the last seal that no event is missing or added at the end."""
        if last is None:
            if self.events:
                self._wrong("it has no last seal: whether events are missing at the end cannot be told")
        elif last.seal not in _last(self.seal, last):
            self._wrong("its last seal was changed")
        elif last.events > len(self.events):
            self._wrong(f"{last.events - len(self.events)} of {last.events} events are gone")
        elif last.events < len(self.events):
            self._wrong(f"{len(self.events) - last.events} events are there that were never sealed")
        elif not self.events or self.events[-1].chain != last.chain:
            self._wrong("its last event is not the last that was sealed")

    def records(self) -> None:
        """Check that each submission has an event and is what the event says."""
        disposed = self._disposed("submissions")
        there = {one.id: one for one in self.sent}
        for event in self.events:
            id = event.data.get("submission")
            if id is None or id in disposed:
                continue
            one = there.pop(id, None)
            if one is None:
                self._wrong(f"what was sent with {_named(event)} is gone")
            elif event.data.get("sha256") != frozen(one):
                self._wrong(f"what was sent with {_named(event)} was changed")
        for one in there.values():
            if one.id not in disposed:
                self._wrong(f"submission {one.id} has no event: it was put in past the program")

    def copies(self, row: Row[Any], named: frozenset[int]) -> None:
        """Check that the case's row says who has it and who may see it as its events do."""
        if not self.events:
            return
        told = (CaseEvent(one.what, "", one.data, one.at, one.id, one.person_id or 0) for one in self.events)
        case = replay(row.id, map(event_today, told))
        copied = row_of(case)
        for name, what in COPIES.items():
            if getattr(row, name) != copied[name]:
                self._wrong(f"{what} is not what happened in it says")
        if named != case.named:
            self._wrong("who may see it while it is protected is not what happened in it says")

    def compare(self, noted: list[Any] | None) -> None:
        """Check that what was noted earlier is still there."""
        if noted and (len(self.events) < noted[0] or self.events[noted[0] - 1].chain != noted[1]):
            self._wrong("what had happened when the note was made is no longer what it says")


def _named(event: Row[Any]) -> str:
    return f"event {event.id} ({event.what}, {event.at:%Y-%m-%d %H:%M} UTC)"


def _last(seal: Seal, row: Row[Any]) -> list[str]:
    return [one.last(row.case_id, row.place, row.events, row.chain) for one in seal.known]


def _register(seal: Seal, register: Row[Any] | None, places: list[int]) -> list[Finding]:
    if register is None:
        return [Finding("the register", "it is gone: whether cases are missing cannot be told")] if places else []
    if (register.place, register.chain) != (0, "") or register.seal not in _last(seal, register):
        return [Finding("the register", "it was changed: whether cases are missing cannot be told")]
    gone = sorted(set(range(1, register.events + 1)) - set(places))
    return [Finding("the register", f"of {register.events} cases, number {place} is gone") for place in gone]
