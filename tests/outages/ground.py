"""Two web and two worker processes on one way to the database, and the people who use them: outages pass over them, one after the other."""

import asyncio
import random
import time
from collections import Counter
from email.message import EmailMessage
from pathlib import Path
from typing import Self

from bot.settings.keys import Keys
from bot.turns.invite import invite
from storage.database.database import Database
from tests.clock import now
from tests.crash.arrival import address, arrived
from tests.crash.check import check
from tests.crash.clerk import Clerk
from tests.crash.keeper import Keeper
from tests.crash.kept import due, kept
from tests.crash.outcome import again
from tests.crash.person import Person, twice
from tests.crash.storm import APPLICANTS, CLERKS, CONTACT_PERSONS, MAILBOX
from tests.crash.weather import Weather
from tests.crash.web_person import WebPerson
from tests.house import SECRET
from tests.letterbox import Letterbox
from tests.outages.kinds import Outage
from tests.outages.look import Looks
from tests.outages.outcome import Outcome, Served
from tests.outages.people import Crowd, Taken, Watched
from tests.outages.site import Site
from tests.outages.trickle import delivered
from tests.ports import free_port
from tests.process.program import Program

COMMANDS = ("web", "web", "worker", "worker")
BEFORE = 5
"""Seconds that people write before it happens."""
LIMIT = 60
"""Seconds in which everything has to be served again; after that somebody starts the processes anew."""
FINISH = 240
"""Seconds that everybody gets to finish."""


class Ground:
    """Everything that runs. Enter it, let outages `pass_over`, and leave it."""

    def __init__(self, site: Site, directory: Path, seed: int = 1, people: int = 9, **settings: str) -> None:
        self.site, self.directory, self.number, self.settings = site, directory, people, settings
        self.chance = random.Random(seed)
        self.weather, self.taken = Weather(self.chance), list[Taken]()
        self.api = Watched(self.weather, self.taken)
        self.boxes = [Letterbox() for one in COMMANDS if one == "worker"]
        self.account = self.api.account(APPLICANTS, "guide_bot")
        self.staff = self.api.account(CONTACT_PERSONS, "guide_staff_bot")
        self.clerks = [Clerk(number, name, self.staff, self.chance) for number, name in enumerate(CLERKS)]
        self.people: list[Person | WebPerson] = []
        self.found: set[str] = set()
        """What comparisons have found so far."""
        self._working: list[asyncio.Task[None]] = []
        self.keeper, self.looks = Keeper([], self.chance), Looks([])

    async def __aenter__(self) -> Self:
        try:
            await self._begin()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def _begin(self) -> None:
        await self.api.start()
        for box in self.boxes:
            box.start()
        self.keeper.programs = self.looks.programs = self._programs()
        self.api.doors = self.keeper.doors
        await self.site.tables()
        await asyncio.to_thread(self.site.rights)
        database = Database(self.site.owners)
        tokens = [(await invite(database, Keys(SECRET), one, now(), email=address(one))).telegram for one in CLERKS]
        await database.close()
        self.keeper.start()
        await self.keeper.up()
        self.looks.start()
        await asyncio.gather(*(clerk.come(token) for clerk, token in zip(self.clerks, tokens, strict=True)))

    async def __aexit__(self, *_error: object) -> None:
        await self._rest()
        for person in self.people:
            await person.close()
        await self.looks.stop()
        if self.keeper.begun:
            await self.keeper.stop()
        await self.api.stop()
        for box in self.boxes:
            box.stop()

    def _programs(self) -> list[Program]:
        ports, boxes = [str(free_port()) for _one in COMMANDS], iter(self.boxes)
        always = {
            **self.site.settings,
            "SECRET_KEY": SECRET,
            "PUBLIC_URL": f"http://127.0.0.1:{ports[0]}",
            "TELEGRAM_API_URL": self.api.url,
            "APPLICANTS_BOT_TOKEN": APPLICANTS,
            "CONTACT_PERSONS_BOT_TOKEN": CONTACT_PERSONS,
            "CONTACT_MAILBOX": MAILBOX,
            "FILES_DIR": str(self.directory / "files"),
            "SUBMISSIONS_PER_DAY_NETWORK": "100000",
            **self.settings,
        }
        return [
            Program(
                self.directory,
                command,
                **always,
                PORT=port,
                METRICS_PORT=str(free_port()),
                # A web process sends no mail, but a letter is written only where there is a way for it.
                SMTP_URL=(next(boxes) if command == "worker" else self.boxes[0]).url,
            )
            for command, port in zip(COMMANDS, ports, strict=True)
        ]

    async def pass_over(self, outage: Outage) -> Outcome:
        """One outage, from people who write to the comparison."""
        outcome = Outcome(self.site.way, outage.name, soon=outage.soon, must_say=outage.unready)
        doors = [one.url for one in self.keeper.programs if one.command == "web"]
        crowd = Crowd(len(self.people) + 1, self.number, self.account, doors, self.weather, self.taken)
        self.people += crowd.people
        ended, repeated = len(self.keeper.ended), self._repeated()
        if outage.standby:
            await asyncio.to_thread(self.site.stands_by)
        crowd.come()
        self._working = [asyncio.create_task(clerk.work()) for clerk in self.clerks]
        await asyncio.sleep(BEFORE)
        happening = outage.happens(self.site)
        began = time.monotonic()
        await asyncio.to_thread(happening.__enter__)
        await asyncio.sleep(outage.seconds)
        last = time.monotonic()
        await asyncio.to_thread(happening.__exit__, None, None, None)
        end = time.monotonic()
        outcome.seconds = end - began
        during = [one for one in self.taken if began <= one.at < last]
        outcome.taken = sum(one.served for one in during)
        outcome.refused = sum(one.failed for one in during)
        outcome.served = await self._again(end, crowd)
        outcome.unready, outcome.reasons = self.looks.unready(began, end), self.looks.reasons(began, end)
        outcome.ready = self.looks.ready(end, time.monotonic())
        outcome.ended = self.keeper.ended[ended:]
        if not outcome.served.all:
            outcome.restarted = await self._anew()
        await crowd.finish(FINISH)
        await self._rest()
        await self._emptied()
        outcome.dead = self.looks.dead(began, time.monotonic())
        await self._compare(outcome, crowd, repeated)
        return outcome

    async def _again(self, end: float, crowd: Crowd) -> Served:
        """Wait until everything is served again, or LIMIT has passed."""
        served, shown = Served(), crowd.shown()
        bringing = asyncio.create_task(delivered(self.site.owners, self.boxes, LIMIT))
        behind = time.monotonic() - end
        doors = [one.url for one in self.keeper.programs if one.command == "web"]
        while time.monotonic() - end < LIMIT + 1:
            fresh = [one for one in self.taken if one.at >= end and one.served]
            served.web = [_first(fresh, "form", door, end) for door in doors]
            served.hooks = [_first(fresh, "hook", door, end) for door in doors]
            if served.telegram is None and crowd.shown() > shown:
                served.telegram = time.monotonic() - end
            if bringing.done():
                served.letters = [None if one is None else one + behind for one in bringing.result()]
                if served.all and self.looks.ready(end, time.monotonic()) is not None:
                    break
            await asyncio.sleep(0.05)
        if not bringing.done():
            served.letters = [None if one is None else one + behind for one in await bringing]
        return served

    async def _anew(self) -> int:
        """What somebody does who sees that nothing is served: starts every process anew. How many."""
        for program in self.keeper.programs:
            self.keeper.kill(program)
        await self.keeper.up()
        return len(self.keeper.programs)

    async def _rest(self) -> None:
        """Contact persons take no more cases."""
        for task in self._working:
            task.cancel()
        await asyncio.gather(*self._working, return_exceptions=True)
        self._working = []

    async def _emptied(self) -> None:
        """Wait until everything has been taken and said, as long as that may take."""
        until = time.monotonic() + FINISH
        while time.monotonic() < until:
            if not any(one.updates for one in self.api.accounts.values()) and not await due(self.site.owners):
                return
            await asyncio.sleep(0.3)

    async def _compare(self, outcome: Outcome, crowd: Crowd, repeated: Counter[str]) -> None:
        stored = await kept(self.site.owners)
        # Everybody reads what has come since, also who was through long ago: cases are taken at any time.
        blind = [str(person.life.person) for person in self.people if not await _sees(person)]
        there = arrived(self._letters(), self.clerks, self.people)
        verdict = check([one.life for one in self.people], stored, there, MAILBOX)
        verdict.stuck += [f"person {one} sees no page" for one in blind]
        outcome.repeated = self._repeated() - repeated
        outcome.compared(verdict, self.found)
        self.found |= set(verdict.broken)
        lives = [one.life for one in crowd.people]
        outcome.acknowledged = sum(said.acknowledged for life in lives for said in life.wrote)
        outcome.acknowledged += sum(chosen.acknowledged for life in lives for chosen in life.chose)
        outcome.told = sum(said.refused and not said.acknowledged for life in lives for said in life.wrote)
        for person in crowd.people:
            if outcome.late or any(
                f"p{person.life.person}n" in one or f"person {person.life.person} " in f"{one} "
                for one in outcome.broken
            ):
                lines = [
                    f"again: {person.life.again}, repeated: {person.repeated()}",
                    *map(repr, person.life.wrote),
                    *map(repr, person.life.chose),
                    *person.lines(),
                ]
                (self.directory / f"chat-{person.life.person}.txt").write_text("\n".join(lines))

    def _letters(self) -> list[tuple[EmailMessage, str]]:
        return [pair for box in self.boxes for pair in zip(box.letters, box.recipients, strict=False)]

    def _repeated(self) -> Counter[str]:
        """What came again since the beginning, by whom it came to."""
        clerks = Counter({one.name: twice(self.staff.shown[one.phone.id]) for one in self.clerks})
        people = Counter({f"person {one.life.person}": one.repeated() for one in self.people})
        return again(self._letters()) + clerks + people


async def _sees(person: Person | WebPerson) -> bool:
    """Whether this one can still read what is there."""
    person.read()
    try:
        async with asyncio.timeout(LIMIT):
            await person.look()
    except TimeoutError:
        return False
    person.read()
    return True


def _first(fresh: list[Taken], what: str, door: str, end: float) -> float | None:
    return min((one.at - end for one in fresh if (one.what, one.door) == (what, door)), default=None)
