"""Letters for the workers: one after the other into the outbox, until each worker has brought one. No web process sends mail."""

import asyncio
import time
from itertools import count

from dialogs.language.replies import Tell
from storage.database.database import Database
from storage.outbox import outbox
from storage.outbox.outbox import About
from storage.people.people import Address
from tests.clock import now
from tests.letterbox import Letterbox

EVERY = 0.25
"""Seconds between two letters."""
HOST = "trickle.example.se"
_numbers = count(1)


async def delivered(url: str, boxes: list[Letterbox], limit: float) -> list[float | None]:
    """Write letters into the database at a plain address. Each worker has a letterbox of its own;
    the seconds until each has brought one of these, None for `limit`.
    """
    began, wanted = time.monotonic(), next(_numbers)
    mine = f"round{wanted}.{HOST}"
    came: list[float | None] = [None for _box in boxes]
    database = Database(url)
    try:
        for number in count(1):
            if None not in came or time.monotonic() - began > limit:
                break
            async with database.write() as connection:
                to = Address("mail", f"letter{number}@{mine}")
                await outbox.put(connection, to, None, About(), Tell((f"Letter {number}",)), "sv", now())
            await asyncio.sleep(EVERY)
            for at, box in enumerate(boxes):
                if came[at] is None and any(one.endswith(mine) for one in list(box.recipients)):
                    came[at] = time.monotonic() - began
    finally:
        await database.close()
    return came
