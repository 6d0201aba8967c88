"""The digest says what is waiting. It goes once, on the morning of a working day, to each contact person who is not away; never when nothing is waiting."""

from bot.turns.hours import working_day
from bot.turns.turns import Turns
from dialogs.desk import screens
from dialogs.desk.labels import waited
from dialogs.kinds.day import STOCKHOLM
from storage.cases import digest
from storage.people import staff

MORNING = 4
"""Hours after which the morning is over: starting the program in the afternoon wakes nobody."""


class Digest:
    """Sends the digest from `hour` o'clock on, in Stockholm; None for no digest."""

    def __init__(self, turns: Turns, hour: int | None) -> None:
        self.turns, self.hour = turns, hour

    async def once(self) -> None:
        """If it is time, tell everybody who has not been told today."""
        at = self.turns.clock.now()
        local = at.astimezone(STOCKHOLM)
        if self.hour is None or not working_day(local.date()) or not self.hour <= local.hour < self.hour + MORNING:
            return
        async with self.turns.database.write() as connection:
            for one in await staff.digest_due(connection, at):
                waits = await digest.waiting(connection, one, at)
                if waits.untaken or waits.unread:
                    said = screens.digest(waits.untaken, waited(waits.since, at), waits.unread, one.name)
                    await self.turns.notifier.to_colleague(connection, one, said, at)
