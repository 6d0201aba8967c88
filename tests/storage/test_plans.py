"""No turn looks through a table: what it asks for is found by an index, however much lies there."""

from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot.delivery import Delivered, Delivery, Outcome
from bot.turns import Origin
from dialogs.events import Command, Event, Press, Say, Start
from storage.outbox import Post
from storage.people import Address
from tests.house import compose

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


class Chat:
    """A carrier to which everything arrives."""

    async def carry(self, _post: Post) -> Outcome:
        return Delivered()


async def test_every_statement_of_a_turn_finds_its_rows_by_an_index(sqlite_url: str, tmp_path: Path) -> None:
    composed, asked = compose(sqlite_url, tmp_path), dict[str, Any]()
    turns = composed.turns
    turns.hand = delivery = Delivery(
        turns.database, {"applicants": Chat()}, turns.committed, turns.telling, turns.together
    )

    def heard(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith(LOOKS):
            asked[statement] = parameters[0] if many else parameters

    for engine in composed.database.engines:
        event.listen(engine, "before_cursor_execute", heard)
    for channel in ("applicants", "web"):
        to = Address(channel, "5")
        for number, act in enumerate(WAY):
            await turns.take(Origin(to, "en", (number,)), act)
    await turns.seen(Address("web", "5"))
    await delivery.stop()
    assert len(asked) > 8
    async with composed.database.write() as connection:
        for statement, parameters in list(asked.items()):
            rows = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).mappings()
            assert not [row for row in rows if row["detail"].startswith(THROUGH)], statement
    await composed.close()
