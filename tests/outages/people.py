"""Those who write all the while, on Telegram and with browsers. What was taken, when and by which process, is written down."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.crash.person import Pace, Person
from tests.crash.weather import StormyApi, Weather
from tests.crash.web_person import Answer, WebPerson
from tests.telegram.bot_api import Account

REFUSED, TOO_FAST = 400, 429


@dataclass(frozen=True)
class Taken:
    """A form or an update that had an answer: which process it came to (its address), when (monotonic), and the status, 0 for a cut line."""

    what: str
    door: str
    at: float
    status: int

    @property
    def served(self) -> bool:
        """Whether it was taken."""
        return 0 < self.status < REFUSED or self.status == 422

    @property
    def failed(self) -> bool:
        """Whether it was not, and should have been: who is too fast is not meant."""
        return not self.served and self.status != TOO_FAST


class Watched(StormyApi):
    """A Bot API server that writes down how its webhook calls were answered."""

    def __init__(self, weather: Weather, taken: list[Taken]) -> None:
        super().__init__(weather)
        self.taken = taken

    def answered(self, door: str, status: int) -> None:
        super().answered(door, status)
        self.taken.append(Taken("hook", door, time.monotonic(), status))


class Browser(WebPerson):
    """A visitor of whom it is written down how forms were answered."""

    taken: list[Taken]
    every: Callable[[], list[str]]
    """The addresses of which each request takes one."""

    async def _asked(self, method: str, path: str, data: list[tuple[str, str]] | None = None) -> Answer | None:
        door = self.chance.choice(self.every())
        self.doors = lambda: [door]  # what follows asks for it before it waits for anything
        answer = await super()._asked(method, path, data)
        if method == "POST":
            self.taken.append(Taken("form", door, time.monotonic(), answer.status if answer else 0))
        return answer


class Crowd:
    """The people of one outage, `number` of them from `first` on, one in three with a browser. `doors` are the addresses of the web processes."""

    def __init__(
        self,
        first: int,
        number: int,
        account: Account,
        doors: list[str],
        weather: Weather,
        taken: list[Taken],
    ) -> None:
        self.account = account
        self.pace = Pace(think=0.5, patience=45, wanted=99, leaving=0)
        self.people: list[Person | WebPerson] = []
        for one in range(first, first + number):
            chance = random.Random(weather.chance.random())
            if one % 3:
                self.people.append(Person(one, account, chance, self.pace))
            else:
                browser = Browser(one, _always(doors), chance, self.pace, weather)
                browser.taken, browser.every = taken, browser.doors
                self.people.append(browser)
        self._living: list[asyncio.Task[None]] = []

    def come(self) -> None:
        """They begin."""
        self._living = [asyncio.create_task(one.live()) for one in self.people]

    async def finish(self, limit: float) -> None:
        """Everybody sends what they are at, and goes; who is not through after `limit` seconds stays unfinished."""
        self.pace.calm.set()
        _done, late = await asyncio.wait(self._living, timeout=limit)
        for task in late:
            task.cancel()
        troubles = [
            one for one in await asyncio.gather(*self._living, return_exceptions=True) if isinstance(one, Exception)
        ]
        if troubles:
            raise ExceptionGroup("the laboratory itself", troubles)

    def shown(self) -> int:
        """How many messages their chats have shown."""
        return sum(len(self.account.shown[one.phone.id]) for one in self.people if isinstance(one, Person))


def _always(doors: list[str]) -> Callable[[], list[str]]:
    return lambda: doors
