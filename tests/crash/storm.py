"""One storm: real processes in one combination, people, faults and kills; then calm, and the comparison."""

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.clock import now
from bot.delivery import MOST
from bot.invite import invite
from bot.keys import Keys
from storage import case_invitations, cases, drafts
from storage.database import Database
from storage.migrations import migrate
from tests.crash.check import Arrived, Verdict, check
from tests.crash.clerk import Clerk
from tests.crash.disk import Disk
from tests.crash.keeper import Keeper
from tests.crash.kept import due, kept
from tests.crash.person import Pace, Person
from tests.crash.weather import StormyApi, StormyLetterbox, Weather
from tests.house import SECRET
from tests.letterbox import free_port
from tests.process.program import Program

APPLICANTS, CONTACT_PERSONS = (
    "700001:AAF-applicants-token-of-the-tests-0001",
    "700002:AAF-contact-persons-token-of-tests-02",
)
MAILBOX = "box@example.se"
CLERKS = ("Karin", "Karin Maria")


@dataclass(frozen=True)
class Combination:
    """What runs: the commands, on which database, and how updates come in."""

    database: str
    way: str
    commands: tuple[str, ...] = ("serve",)
    full: bool = False
    """Whether the disk below the database is full now and then (SQLite)."""

    @property
    def name(self) -> str:
        """As the table says it."""
        counted = Counter(self.commands)
        what = ", ".join(f"{times} × {one}" if times > 1 else one for one, times in counted.items())
        return f"{what} · {self.database} · {self.way}{' · disk full' if self.full else ''}"


@dataclass(frozen=True)
class Plan:
    """How much of it: people, seconds between kills (a range), kills, faults (one call in `every`), and how people live."""

    people: int
    kills: int
    between: tuple[float, float]
    every: int
    stall: float
    think: float
    patience: float
    wanted: int = 1
    leaving: float = 0.25
    restarts: int = 0
    """Restarts of the database server."""
    ending: float = 120
    """Seconds that everybody gets to finish, once it is calm."""


@dataclass
class Outcome:
    """A row of the table."""

    name: str
    people: int = 0
    updates: int = 0
    kills: int = 0
    restarts: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    verdict: Verdict = field(default_factory=Verdict)
    repeated: int = 0
    silence: float = 0
    seconds: float = 0
    ended: list[str] = field(default_factory=list)
    refused: int = 0
    """Webhook calls that were not answered with 200, and so came again."""

    @property
    def broken(self) -> list[str]:
        """Every promise that did not hold."""
        over = (
            [f"repeated: {self.repeated} messages, {self.under_way} at most"] if self.repeated > self.under_way else []
        )
        return self.verdict.broken + over

    @property
    def under_way(self) -> int:
        """The messages that may repeat: all that one channel sends at once for each kill, and one for each fault."""
        return MOST * (self.kills + self.restarts + self.faults["disk full"]) + sum(self.faults.values())


class Storm:
    """Everything of one storm. `restart` restarts the database server; False when it cannot."""

    def __init__(
        self,
        combination: Combination,
        plan: Plan,
        url: str,
        directory: Path,
        seed: int,
        restart: Callable[[bool], bool] = lambda _crash: False,
        disk: Disk | None = None,
    ) -> None:
        self.combination, self.plan, self.url, self.restart, self.disk = combination, plan, url, restart, disk
        self.chance = random.Random(f"{seed} {combination.name}")
        self.weather = Weather(self.chance, plan.every, plan.stall)
        self.api, self.letterbox = StormyApi(self.weather), StormyLetterbox(self.weather)
        self.outcome = Outcome(combination.name, plan.people)
        self.pace = Pace(plan.think, plan.patience, plan.wanted, plan.leaving)
        self.directory = directory
        self.people: list[Person] = []
        self.clerks: list[Clerk] = []
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
        tokens, links = await self._prepared()
        keeper.start()
        try:
            await keeper.up()
            await self._rage(keeper, tokens, links)
        finally:
            statuses = await keeper.stop()
            await self.api.stop()
            self.letterbox.stop()
        for person in self.people:
            person.read()
        self.outcome.verdict = check([one.life for one in self.people], await kept(self.url), self._arrived(), MAILBOX)
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
        }
        return [
            Program(self.directory, command, **settings, PORT=port)
            for command, port in zip(self.combination.commands, ports, strict=True)
        ]

    async def _prepared(self) -> tuple[list[str], list[str]]:
        """A database with contact persons who were invited, and a case in ten that the city started for two: both kinds of links."""
        database, keys = Database(self.url), Keys(SECRET)
        await migrate(database)
        tokens = [
            (await invite(database, keys, name, email=f"{name.replace(' ', '.')}@malmo.example.se")).telegram
            for name in CLERKS
        ]
        links: list[str] = []
        for _pair in range(self.plan.people // 20):
            pair = [keys.new(), keys.new()]
            async with database.write() as connection:
                case = await cases.new(connection, now())
                await cases.happened(connection, case, "start", None, {"reference": f"SAM-2026-9{case:03}"}, now())
                await drafts.prepare(connection, case, {}, now())
                for token in pair:
                    await case_invitations.invite(connection, case, keys.hash(token), now())
            links += pair
        await database.close()
        return tokens, links

    async def _rage(self, keeper: Keeper, tokens: list[str], links: list[str]) -> None:
        self.clerks = [Clerk(number, name, self.staff, self.chance) for number, name in enumerate(CLERKS)]
        await asyncio.gather(*(clerk.come(token) for clerk, token in zip(self.clerks, tokens, strict=True)))
        for number in range(self.plan.people):
            payload = links[number] if number < len(links) else ""
            chance = random.Random(self.chance.random())
            self.people.append(Person(number + 1, self.account, chance, self.pace, payload))
        living = [asyncio.create_task(person.live()) for person in self.people]
        working = [asyncio.create_task(clerk.work()) for clerk in self.clerks]
        self.weather.bad = True
        await self._kill(keeper)
        self.weather.bad = False
        self.pace.calm.set()
        try:
            async with asyncio.timeout(self.plan.ending):
                await asyncio.gather(*living)
                await self._emptied()
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

    async def _fill(self, keeper: Keeper, disk: Disk) -> None:
        """A full disk for some seconds, and one time in two a process is killed there, too."""
        await keeper.up()
        self.weather.faults["disk full"] += 1
        disk.fill(keeper.pids())
        await asyncio.sleep(self.chance.uniform(4, 10))
        if self.chance.random() < 0.5:
            keeper.kill()
            await asyncio.sleep(self.chance.uniform(2, 8))
        disk.free(keeper.pids())

    async def _emptied(self) -> None:
        """Wait until everything has been taken and said."""
        while any(account.updates for account in self.api.accounts.values()) or await due(self.url):
            await asyncio.sleep(0.3)

    def _arrived(self) -> Arrived:
        arrived = Arrived()
        for letter, recipient in zip(self.letterbox.letters, self.letterbox.recipients, strict=True):
            body = letter.get_body(("plain",))
            text = str(letter["Subject"]) + (body.get_content() if body else "")
            arrived.letters[recipient] = arrived.letters.get(recipient, "") + text
        for clerk in self.clerks:
            mail = f"{clerk.name.replace(' ', '.')}@malmo.example.se"
            arrived.colleagues[clerk.name] = clerk.everything + arrived.letters.get(mail, "")
            arrived.addresses[clerk.name] = (("contact_persons", str(clerk.phone.id)), ("mail", mail))
        for person in self.people:
            arrived.chats[person.life.address] = "\0".join(_texts(person.account.shown[person.phone.id]))
        return arrived

    def _count(self, keeper: Keeper) -> None:
        self.outcome.updates = sum(one.life.updates for one in self.people)
        self.outcome.kills, self.outcome.ended, self.outcome.refused = keeper.kills, keeper.ended, self.api.refusals
        self.outcome.faults = self.weather.faults
        self.outcome.silence = max(one.life.silence for one in self.people)
        letters = Counter(str(one["Message-ID"]) for one in self.letterbox.letters)
        self.outcome.repeated = sum(letters.values()) - len(letters)
        for person in self.people:
            # Two texts in a row that no question takes get the same complaint twice.
            rightly = person.life.again + sum(said.refused for said in person.life.wrote)
            self.outcome.repeated += max(0, twice(person.account.shown[person.phone.id]) - rightly)
        for clerk in self.clerks:
            self.outcome.repeated += twice(clerk.account.shown[clerk.phone.id])

    def _put_down(self) -> None:
        """The chat of everybody about whom something was found, for whoever looks for the reason."""
        found = "\n".join(self.outcome.broken)
        for person in self.people:
            if re.search(rf"\b(p{person.life.person}n|person {person.life.person}\b)", found):
                lines = [repr(one) for one in (*person.life.wrote, *person.life.chose)]
                lines += [_line(message) for message in person.account.chats[person.phone.id].values()]
                (self.directory / f"chat-{person.life.person}.txt").write_text("\n".join(lines))


def twice(shown: list[dict[str, Any]]) -> int:
    """How many messages of a chat say what the one before them said, word for word and button for button."""
    new = [(one.get("text"), one.get("reply_markup")) for one in shown if "edit_date" not in one]
    return sum(one == before for before, one in pairwise(new))


def _texts(shown: list[dict[str, Any]]) -> list[str]:
    return [one.get("text") or one.get("caption") or "" for one in shown]


def _line(message: dict[str, Any]) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    data = [button["callback_data"] for row in rows for button in row]
    who = "<" if message["from"].get("is_bot") else ">"
    return f"{message['date']} {message['message_id']} {who} {message.get('text', '')[:160]!r} {data[:3]}"
