"""One storm: real processes in one combination, people, faults and kills; then calm, and the comparison."""

import asyncio
import random
import re
import time
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

from bot.settings.keys import Keys
from bot.turns.invite import invite
from storage.cases import case_invitations, cases, drafts
from storage.database.database import Database
from storage.migrations import migrate
from tests.clock import now
from tests.crash.arrival import address, arrived
from tests.crash.check import check
from tests.crash.clerk import Clerk
from tests.crash.co_writer import CoWriter
from tests.crash.combination import Combination, Plan
from tests.crash.company import PARTS, Company
from tests.crash.disk import Disk
from tests.crash.keeper import Keeper
from tests.crash.kept import due, kept, there
from tests.crash.outcome import Outcome, again
from tests.crash.person import Pace, Person, twice
from tests.crash.told import each_told
from tests.crash.weather import FULL, StormyApi, StormyLetterbox, Weather
from tests.crash.web_person import WebPerson
from tests.house import SEAL, SECRET
from tests.ports import free_port
from tests.process.program import Program

APPLICANTS, CONTACT_PERSONS = (
    "700001:AAF-applicants-token-of-the-tests-0001",
    "700002:AAF-contact-persons-token-of-tests-02",
)
MAILBOX = "box@example.se"
CLERKS = ("Karin", "Karin Maria")
ON_THE_WEB = 4
"""One person in so many has a browser instead of Telegram."""
FOR_A_COMPANY = 16
"""People to each company of those who write together."""
ABOUT = 0.3
"""Seconds from a step of theirs within which a process is killed."""
BITTEN = 40
"""Seconds that a full disk waits for somebody to meet it."""


class Storm:
    """Everything of one storm. `restart` restarts the database server; False when it cannot. `settings` are more of the processes', or others."""

    def __init__(  # noqa: PLR0917 what a storm is made of
        self,
        combination: Combination,
        plan: Plan,
        url: str,
        directory: Path,
        seed: int,
        restart: Callable[[bool], bool] = lambda _crash: False,
        disk: Disk | None = None,
        **settings: str,
    ) -> None:
        self.settings = settings
        self.combination, self.plan, self.url, self.restart, self.disk = combination, plan, url, restart, disk
        self.chance = random.Random(f"{seed} {combination.name}")
        self.weather = Weather(self.chance, plan.every, plan.stall)
        self.api, self.letterbox = StormyApi(self.weather), StormyLetterbox(self.weather)
        self.outcome = Outcome(combination.name, plan.people)
        self.pace = Pace(plan.think, plan.patience, plan.wanted, plan.leaving)
        self.directory = directory
        self.people: list[Person | WebPerson] = []
        self.clerks: list[Clerk] = []
        self.companies: list[Company] = []
        self.account, self.staff = (
            self.api.account(APPLICANTS, "guide_bot"),
            self.api.account(CONTACT_PERSONS, "guide_staff_bot"),
        )

    async def run(self) -> Outcome:
        """Let it pass over, and compare."""
        begun = time.monotonic()
        await self.api.start()
        self.letterbox.start()
        keeper = Keeper(self._programs(), self.chance)
        self.api.doors = keeper.doors
        tokens = await self._prepared()
        keeper.start()
        try:
            await keeper.up()
            await self._rage(keeper, tokens)
        finally:
            statuses = await keeper.stop()
            await self.api.stop()
            self.letterbox.stop()
        for person in self.people:
            person.read()
            await person.close()
        came = arrived(self._letters(), self.clerks, self.people)
        self.outcome.verdict = check([one.life for one in self.people], await kept(self.url), came, MAILBOX)
        self.outcome.verdict.stuck += [f"a process ended with {one} on SIGTERM" for one in statuses if one]
        self._count(keeper)
        self._put_down()
        self.outcome.seconds = time.monotonic() - begun
        return self.outcome

    def _programs(self) -> list[Program]:
        ports = [str(free_port()) for _one in self.combination.commands]
        public = {"PUBLIC_URL": f"http://127.0.0.1:{ports[0]}"} if self.combination.way == "webhook" else {}
        settings = {
            "DATABASE_URL": self.url,
            "SECRET_KEY": SECRET,
            "TELEGRAM_API_URL": self.api.url,
            "APPLICANTS_BOT_TOKEN": APPLICANTS,
            "CONTACT_PERSONS_BOT_TOKEN": CONTACT_PERSONS,
            "SMTP_URL": self.letterbox.url,
            "CONTACT_MAILBOX": MAILBOX,
            "FILES_DIR": str(self.directory / "files"),
            **public,
            **self.settings,
        }
        return [
            Program(self.directory, command, **settings, PORT=port)
            for command, port in zip(self.combination.commands, ports, strict=True)
        ]

    async def _prepared(self) -> list[str]:
        """A database with contact persons who were invited, by their links; and for every other company a case that the city started, with two links."""
        database, keys = Database(self.url), Keys(SECRET)
        await migrate(database, SEAL)
        await each_told(self.url)
        tokens = [(await invite(database, keys, name, now(), email=address(name))).telegram for name in CLERKS]
        for company in range(self.plan.people // FOR_A_COMPANY):
            if company % 2:
                self.companies.append(Company())
                continue
            pair = (keys.new(), keys.new())
            self.companies.append(Company(pair))
            async with database.write() as connection:
                case = await cases.new(connection, now())
                await cases.happened(
                    connection, SEAL, case, "start", None, {"reference": f"SAM-2026-9{case:03}"}, now()
                )
                await drafts.prepare(connection, case, now())
                for token in pair:
                    await case_invitations.invite(connection, case, keys.hash(token), now())
        await database.close()
        return tokens

    def _populate(self, keeper: Keeper) -> None:
        """Everybody: on the web, in a company, or on their own."""
        parts = [(company, part) for company in self.companies for part in PARTS]
        for number in range(1, self.plan.people + 1):
            chance = random.Random(self.chance.random())
            if number % ON_THE_WEB == 1:
                self.people.append(WebPerson(number, keeper.doors, chance, self.pace, self.weather))
            elif parts:
                self.people.append(CoWriter(number, self.account, chance, self.pace, *parts.pop(0)))
            else:
                self.people.append(Person(number, self.account, chance, self.pace))

    async def _rage(self, keeper: Keeper, tokens: list[str]) -> None:
        self.clerks = [Clerk(number, name, self.staff, self.chance) for number, name in enumerate(CLERKS)]
        await asyncio.gather(*(clerk.come(token) for clerk, token in zip(self.clerks, tokens, strict=True)))
        self._populate(keeper)
        living = [asyncio.create_task(person.live()) for person in self.people]
        working = [asyncio.create_task(clerk.work()) for clerk in self.clerks]
        self.weather.bad = True
        await self._kill(keeper)
        self.weather.bad = False
        self.pace.calm.set()
        try:
            async with asyncio.timeout(self.plan.ending):
                await asyncio.gather(*living)
                for task in working:
                    task.cancel()
                await self._emptied()
                await asyncio.gather(*(person.look() for person in self.people))
        except TimeoutError:
            pass
        finally:
            for task in (*living, *working):
                task.cancel()
            ended = await asyncio.gather(*living, *working, return_exceptions=True)
        if troubles := [one for one in ended if isinstance(one, Exception)]:
            raise ExceptionGroup("the laboratory itself", troubles)

    async def _kill(self, keeper: Keeper) -> None:
        restarts = [self.plan.kills * (one + 1) // (self.plan.restarts + 1) for one in range(self.plan.restarts)]
        while keeper.kills < self.plan.kills:
            if self.disk and self.chance.random() < 1 / 2:
                await self._fill(keeper, self.disk)
            # One in six comes while a process is still starting.
            early = self.chance.random() < 1 / 6
            if not early:
                await keeper.up()
            await asyncio.sleep(self.chance.uniform(0, 0.8) if early else self.chance.uniform(*self.plan.between))
            if keeper.kills % 2:
                await self._step_of_a_company()
            keeper.kill()
            if keeper.kills in restarts:
                restarts.remove(keeper.kills)
                crash = self.chance.random() < 0.5
                self.outcome.restarts += await asyncio.to_thread(self.restart, crash)
        await keeper.up()
        await asyncio.sleep(self.plan.between[1])
        with suppress(TimeoutError):
            async with asyncio.timeout(self.plan.ending / 3):
                while self.weather.faults.total() < self.plan.kills:
                    await asyncio.sleep(0.1)

    async def _step_of_a_company(self) -> None:
        """Wait until somebody comes into a draft, leaves it or takes somebody out, so that it is killed about then; not for ever."""
        for one in self.companies:
            one.moved.clear()
        moves = [asyncio.create_task(one.moved.wait()) for one in self.companies]
        await asyncio.wait(moves, timeout=self.plan.patience, return_when=asyncio.FIRST_COMPLETED)
        for move in moves:
            move.cancel()
        await asyncio.sleep(self.chance.uniform(0, ABOUT))

    async def _fill(self, keeper: Keeper, disk: Disk) -> None:
        """A full disk for some seconds, and one time in two a process is killed there, too."""
        await keeper.up()
        self.weather.faults[FULL] += 1
        met, until = self.weather.bites, time.monotonic() + BITTEN
        disk.fill(keeper.pids())
        self.weather.full = True
        # SQLite goes on in the room that its log already has.
        while self.weather.bites == met and time.monotonic() < until:
            await asyncio.sleep(0.1)
        await asyncio.sleep(self.chance.uniform(2, 8))
        if self.chance.random() < 0.5:
            keeper.kill()
            await asyncio.sleep(self.chance.uniform(2, 8))
        self.weather.full = False
        disk.free(keeper.pids())
        await self._brought_back()

    async def _brought_back(self) -> None:
        """What an operator does once there is room again: look whether the database server has ended, and start it."""
        for _look in range(25):
            if await there(self.url):
                return
            await asyncio.sleep(0.2)
        self.outcome.restarts += await asyncio.to_thread(self.restart, True)

    async def _emptied(self) -> None:
        """Wait until everything has been taken and said."""
        while any(account.updates for account in self.api.accounts.values()) or await due(self.url):
            await asyncio.sleep(0.3)

    def _letters(self) -> list[tuple[EmailMessage, str]]:
        return list(zip(self.letterbox.letters, self.letterbox.recipients, strict=True))

    def _count(self, keeper: Keeper) -> None:
        self.outcome.updates = sum(one.life.updates for one in self.people)
        self.outcome.kills, self.outcome.ended, self.outcome.refused = keeper.kills, keeper.ended, self.api.refusals
        self.outcome.faults = self.weather.faults
        self.outcome.silence = max(one.life.silence for one in self.people)
        visitors = [one.life for one in self.people if isinstance(one, WebPerson)]
        self.outcome.visitors = len(visitors)
        self.outcome.browsed = sum(said.acknowledged for life in visitors for said in life.wrote)
        self.outcome.browsed += sum(chosen.acknowledged for life in visitors for chosen in life.chose)
        self.outcome.bites = self.weather.bites if self.disk else None
        self.outcome.repeats += again(self._letters())
        for person in self.people:
            self.outcome.repeats[f"person {person.life.person}"] += person.repeated()
        for clerk in self.clerks:
            self.outcome.repeats[clerk.name] += twice(clerk.account.shown[clerk.phone.id])

    def _put_down(self) -> None:
        """The chat of everybody about whom something was found, for whoever looks for the reason."""
        found = "\n".join(self.outcome.broken)
        for person in self.people:
            if re.search(rf"\b(p{person.life.person}n|person {person.life.person}\b)", found):
                lines = [repr(one) for one in (*person.life.wrote, *person.life.chose)]
                lines += person.lines()
                (self.directory / f"chat-{person.life.person}.txt").write_text("\n".join(lines))
