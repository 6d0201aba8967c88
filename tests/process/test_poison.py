"""A message that ends the process that carries it, for real: it is given up, the others arrive, and whoever starts last tells of it."""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from bot.turns.invite import invite
from bot.worker.alarms import Alarms
from bot.worker.outcome import Delivered, Outcome
from dialogs.language.replies import Tell
from storage.database.tables import outbox as rows_of
from storage.outbox import leases, outbox
from storage.outbox.leases import MOST_LOST, NEVER_BACK
from storage.outbox.outbox import About, Post
from storage.people.people import Address
from tests.clock import now
from tests.house import Composed, compose
from tests.process.program import Program
from tests.ways import rows

POISON, LETTERS = "poison", 5
STARTS = 12
"""More than enough."""


class Deadly:
    """A carrier that writes down what has arrived, and is killed by one of them."""

    def __init__(self, arrived: Path) -> None:
        self.arrived = arrived

    async def carry(self, post: Post) -> Outcome:
        said = str(post.reply.words[0]) if isinstance(post.reply, Tell) else ""
        with self.arrived.open("a") as book:
            book.write(f"{said}\n")
        if said == POISON:
            os.kill(os.getpid(), signal.SIGKILL)
        return Delivered()


class Carrying(Program):
    """A process that does nothing but that."""

    @property
    def module(self) -> tuple[str, ...]:
        """This one."""
        return ("tests.process.test_poison",)


async def until_empty(url: str, directory: Path) -> None:
    """What each process does: deliver until nothing is due any more."""
    composed = compose(url, directory)
    delivery = composed.program.delivery({"telegram": Deadly(directory / "arrived")})
    running = asyncio.create_task(delivery.run())
    while await rows(composed.database, rows_of, state="due"):
        await asyncio.sleep(0.05)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await composed.close()


async def test_it_is_given_up_and_the_others_arrive(composed: Composed, database_url: str, tmp_path: Path) -> None:
    await invite(
        composed.database, composed.keys, "adam", composed.clock.now(), administrator=True, email="adam@example.se"
    )
    async with composed.database.write() as connection:
        for number in range(LETTERS):
            said = Tell((POISON if number == 2 else f"letter {number}",))
            await outbox.put(connection, Address("telegram", str(number)), None, About(), said, "en", now())
    ends = []
    for _start in range(STARTS):
        done = await asyncio.to_thread(Carrying(tmp_path).ended_by, database_url, str(tmp_path))
        ends.append(done.returncode)
        if done.returncode == 0:
            break
        async with composed.database.write() as connection:
            await leases.run_out(connection)  # on a server that takes as long as a lease
    assert ends == [-signal.SIGKILL] * MOST_LOST + [0]
    arrived = (tmp_path / "arrived").read_text().split("\n")
    assert arrived.count(POISON) == MOST_LOST
    assert {one for one in arrived if one} == {
        POISON,
        *(f"letter {number}" for number in range(LETTERS) if number != 2),
    }
    assert [(row.trouble, row.reply) for row in await rows(composed.database, rows_of)] == [(NEVER_BACK, {})]
    await Alarms(composed.turns, timedelta(minutes=15)).once()
    (told,) = await rows(composed.database, rows_of, state="due")
    assert (told.channel, told.address) == ("mail", "adam@example.se")


if __name__ == "__main__":
    asyncio.run(until_empty(sys.argv[1], Path(sys.argv[2])))
