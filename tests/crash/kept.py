"""What the database holds afterwards: the other side of the comparison, read past all of our own code."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import asyncpg

QUERIES = {
    "drafts": "SELECT id, answers, case_id, sent FROM drafts",
    "submissions": "SELECT s.draft_id, s.case_id, s.record, c.reference FROM submissions s JOIN cases c ON c.id = s.case_id",
    "writers": "SELECT a.channel, a.address, p.case_id FROM participants p JOIN addresses a ON a.person_id = p.person_id",
    "participants": "SELECT case_id, person_id FROM participants",
    "begun": "SELECT DISTINCT case_id FROM case_events",
    "taken": "SELECT e.case_id, c.reference FROM case_events e JOIN cases c ON c.id = e.case_id WHERE e.what = 'taken'",
    "failed": "SELECT channel, address FROM outbox WHERE state = 'failed'",
    "due": "SELECT (SELECT count(*) FROM outbox WHERE state = 'due') + (SELECT count(*) FROM held_updates)",
}


@dataclass
class Sent:
    """A submission: the values of its answers by question, and the case it is in."""

    draft: int
    case: int
    reference: str
    values: dict[str, Any]


@dataclass
class Kept:
    """Everything that matters here."""

    drafts: dict[int, dict[str, Any]] = field(default_factory=dict)
    """By draft: the value of each answer that was not sent."""
    sent: list[Sent] = field(default_factory=list)
    writers: dict[int, set[str]] = field(default_factory=dict)
    """By case: the applicants' chats, and the browsers, in which it is written."""
    counts: Counter[int] = field(default_factory=Counter)
    """By case: how many people write it, whether anything is known of where they are reached or not."""
    cases: dict[int, int] = field(default_factory=dict)
    """By draft: the case that it is in."""
    unwritten: list[int] = field(default_factory=list)
    """Drafts that were not sent and that nobody writes: none that the city has begun for those whom it invites, and that is empty."""
    taken: list[tuple[int, str]] = field(default_factory=list)
    """The cases that a contact person took, once for each time, and their references."""
    failed: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By channel and address: what the program gave up, and shows to the contact persons as undelivered."""
    due: int = 0


async def kept(url: str) -> Kept:
    """What lies in the database at a plain address."""
    rows = await _postgres(url) if url.startswith("postgres") else _sqlite(url)
    answers = {id: _values(_json(stored)) for id, stored, _case, _sent in rows["drafts"]}
    found = Kept({id: values for id, values in answers.items() if values}, due=rows["due"][0][0])
    found.cases = {id: case for id, _stored, case, _sent in rows["drafts"]}
    found.counts = Counter(case for case, _person in rows["participants"])
    begun = {case for (case,) in rows["begun"]}
    found.unwritten = [
        id
        for id, _stored, case, sent in rows["drafts"]
        if not sent and not found.counts[case] and (answers[id] or case not in begun)
    ]
    for draft, case, record, reference in rows["submissions"]:
        values = {entry["key"]: entry["value"] for entry in _json(record)["entries"]}
        found.sent.append(Sent(draft, case, reference, values))
    for channel, address, case in rows["writers"]:
        if channel in ("telegram", "web"):
            found.writers.setdefault(case, set()).add(address)
    found.taken = [(case, reference) for case, reference in rows["taken"]]
    found.failed = Counter((channel, address) for channel, address in rows["failed"])
    return found


async def due(url: str) -> int:
    """How many messages are still on their way, to people or from them."""
    name = {"due": QUERIES["due"]}
    rows = await _postgres(url, name) if url.startswith("postgres") else _sqlite(url, name)
    return int(rows["due"][0][0])


async def there(url: str) -> bool:
    """Whether the database answers at all."""
    try:
        await due(url)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, sqlite3.Error, OSError):
        return False
    return True


Rows = dict[str, list[Any]]


async def _postgres(url: str, queries: dict[str, str] = QUERIES) -> Rows:
    connection = await asyncpg.connect(url)
    try:
        return {name: await connection.fetch(query) for name, query in queries.items()}
    finally:
        await connection.close()


def _sqlite(url: str, queries: dict[str, str] = QUERIES) -> Rows:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=10)
    try:
        return {name: connection.execute(query).fetchall() for name, query in queries.items()}
    finally:
        connection.close()


_json: Callable[[Any], Any] = lambda stored: json.loads(stored) if isinstance(stored, str | bytes) else stored  # noqa: E731


def _values(answers: dict[str, Any]) -> dict[str, Any]:
    return {key: answer["value"] for key, answer in answers.items()}
