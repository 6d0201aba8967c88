"""No turn looks through a table: what it asks for is found by an index, however much lies there.
Nor does the worker where it writes, since turns wait for that.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, func, select, update

from bot.main.process import sender
from bot.turns.origin import Origin
from bot.worker.outcome import Delivered, Outcome
from bot.worker.reminders import Reminders
from dialogs.language.events import Command, Event, Press, Say, Start
from storage.database.tables import addresses, drafts, erasures, people
from storage.outbox.outbox import Post
from storage.people.people import Address
from tests.house import Caller, compose

WAY: tuple[Event, ...] = (
    Start(),
    Press("accept"),
    Press("yes", "scope", 1, 0),
    Say("Words."),
    Press("back"),
    Command("menu"),
)
LOOKS = ("SELECT", "UPDATE", "DELETE")
THROUGH = "SCAN"
GIVEN = "SCAN json_each"
"""What was given with the statement is looked through, and nothing else."""


class Chat:
    """A carrier to which everything arrives."""

    async def carry(self, _post: Post) -> Outcome:
        return Delivered()


async def test_every_statement_of_a_turn_finds_its_rows_by_an_index(sqlite_url: str, tmp_path: Path) -> None:
    composed, asked = compose(sqlite_url, tmp_path), dict[str, Any]()
    turns = composed.turns
    delivery = sender(composed.program, {"telegram": Chat()})

    def heard(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith(LOOKS):
            asked[statement] = parameters[0] if many else parameters

    for engine in composed.database.engines:
        event.listen(engine, "before_cursor_execute", heard)
    for channel in ("telegram", "web"):
        to = Address(channel, "5")
        for number, act in enumerate(WAY):
            await turns.take(Origin(to, "en", (number,)), act)
    await turns.seen(Address("web", "5"))
    await delivery.stop()
    assert len(asked) > 8
    async with composed.database.write() as connection:
        for statement, parameters in list(asked.items()):
            rows = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).mappings()
            assert not [row for row in rows if _through(row["detail"])], statement
    await composed.close()


async def test_what_the_worker_writes_looks_through_no_drafts_and_no_people(sqlite_url: str, tmp_path: Path) -> None:
    composed, asked = compose(sqlite_url, tmp_path), dict[str, Any]()
    for key, way in (("writes", WAY[:4]), ("leaves", WAY[:1])):
        for act in way:
            await Caller(composed.turns, key).does(act)
    long_ago, after, kept = datetime(2020, 1, 1, tzinfo=UTC), timedelta(days=14), timedelta(days=366)
    for aged in ({}, {"warned_at": long_ago + timedelta(days=1)}):
        async with composed.database.write() as connection:
            await connection.execute(update(drafts).values(touched_at=long_ago, **aged))
            await connection.execute(update(people).values(created_at=long_ago))
            await connection.execute(update(addresses).values(used_at=long_ago))

        def heard(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
            if statement.startswith(LOOKS):
                asked[statement] = parameters[0] if many else parameters

        _reads, writes = composed.database.engines
        event.listen(writes, "before_cursor_execute", heard)
        await Reminders(composed.turns, after, kept).once()
        event.remove(writes, "before_cursor_execute", heard)
    async with composed.database.write() as connection:
        erased = await connection.execute(select(erasures.c.what, func.count()).group_by(erasures.c.what))
        assert {row[0]: row[1] for row in erased.all()} == {"draft": 1, "person": 2}
        for statement, parameters in list(asked.items()):
            rows = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).mappings()
            through = {" ".join(row["detail"].split()[:2]) for row in rows}
            assert not through & {"SCAN drafts", "SCAN people", "SCAN participants"}, statement
    await composed.close()


def _through(detail: str) -> bool:
    return detail.startswith(THROUGH) and not detail.startswith(GIVEN)
