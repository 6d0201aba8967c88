"""A walk along the events of one case, from its first link to its last seal, which finds what was changed behind the program's back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from dialogs.case.case import CaseEvent
from dialogs.phases.always.disposed import DISPOSED
from dialogs.phases.steps import event_today, replay
from storage.cases.cases import row_of
from storage.cases.chain import Seal, digest, frozen

COPIES = {"reference": "its reference", "taken_by": "who has it", "protected": "whether it is protected"}
"""The columns of a case's row by which people find it and are let see it, which its events decide."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Where something is wrong (a reference, a case's number, or "the register"), and what, for the people who run the installation."""

    where: str
    what: str


class CaseWalk:
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
        elif last.seal not in last_seals(self.seal, last):
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

    def copies(self, row: Row[Any], named: frozenset[tuple[int, bool]]) -> None:
        """Check that the case's row says who has it, and who may see it and whether by their role, as its events do."""
        if not self.events:
            return
        told = (CaseEvent(one.what, "", one.data, one.at, one.id, one.person_id or 0) for one in self.events)
        case = replay(row.id, map(event_today, told))
        copied = row_of(case)
        for name, what in COPIES.items():
            if getattr(row, name) != copied[name]:
                self._wrong(f"{what} is not what happened in it says")
        if named != {(person, person in case.by_role) for person in case.named}:
            self._wrong("who may see it while it is protected is not what happened in it says")

    def writers(self, there: list[Row[Any]]) -> None:
        """Check that the program let in everybody who writes the case."""
        for one in there:
            if not one.seal:
                self._wrong(
                    f"that person {one.person_id} writes it was put in past the program, or by a version before the seals"
                )
            elif one.seal not in [known.writer(one.case_id, one.person_id, one.since) for known in self.seal.known]:
                self._wrong(f"that person {one.person_id} writes it was changed or put in: its seal does not fit")

    def compare(self, noted: list[Any] | None) -> None:
        """Check that what was noted earlier is still there."""
        if noted and (len(self.events) < noted[0] or self.events[noted[0] - 1].chain != noted[1]):
            self._wrong("what had happened when the note was made is no longer what it says")


def _named(event: Row[Any]) -> str:
    return f"event {event.id} ({event.what}, {event.at:%Y-%m-%d %H:%M} UTC)"


def last_seals(seal: Seal, row: Row[Any]) -> list[str]:
    """The seals that a row of `seals` may have."""
    return [one.last(row.case_id, row.place, row.events, row.chain) for one in seal.known]
