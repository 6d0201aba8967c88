"""One siege: real processes, strangers from several addresses and chats, somebody quiet on each channel; then calm, and the reckoning."""

import asyncio
import json
import random
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.settings.keys import Keys
from bot.turns.invite import invite
from storage.database.database import Database
from storage.database.tables import addresses, files, outbox, submissions
from storage.migrations import migrate
from tests.clock import now
from tests.crash.combination import Combination
from tests.crash.storm import APPLICANTS, CONTACT_PERSONS, MAILBOX
from tests.crash.weather import StormyApi, Weather
from tests.house import SEAL, SECRET
from tests.letterbox import Letterbox
from tests.ports import free_port
from tests.process.program import Program
from tests.siege.bombs import ready
from tests.siege.chats import SLOW, Chat
from tests.siege.quiet import OnTelegram, OnTheWeb
from tests.siege.stranger import VICTIM
from tests.siege.weighed import folder, memory
from tests.ways import rows

ADDRESSES = tuple(f"127.0.0.{number}" for number in range(11, 16))
QUIET = "127.0.0.21"
MEGABYTE = 1_000_000
DISK = 300
"""Megabytes that all files together may have here (FILES_MB)."""
MOST = 300
"""Seconds that a short siege may last on a busy machine, until everybody has come to do something."""
CALM = 60
"""Seconds that everything has to be as before."""


@dataclass
class Outcome:
    """What a siege left behind."""

    name: str
    seconds: float
    web: OnTheWeb
    telegram: OnTelegram
    statuses: Counter[int] = field(default_factory=Counter)
    sent: int = 0
    """Bytes of files that strangers sent on the web."""
    memory: int = 0
    """The most that all processes together had, bytes."""
    disk: int = 0
    """The most that the folder of files had, bytes."""
    database: int = 0
    submissions: int = 0
    letters: int = 0
    """Letters to somebody who had asked for none."""
    fetched: int = 0
    """Files that were fetched from Telegram."""
    broken: list[str] = field(default_factory=list)
    """What was not as before."""

    @property
    def both_served(self) -> bool:
        """Whether somebody quiet was answered again on each channel."""
        return min(len(one.waits.times) for one in (self.web, self.telegram)) > 1


class SlowApi(StormyApi):
    """A Bot API server from which a file takes its time."""

    async def _file(self, request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(SLOW)
        return await super()._file(request)


class Weighed(Program):
    """A process that shares no memory with others."""

    alone = True


class Siege:
    """`combination` on a plain, empty database address."""

    def __init__(self, combination: Combination, url: str, directory: Path, seed: int = 1, chats: int = 20) -> None:
        self.combination, self.url, self.directory, self.seed = combination, url, directory, seed
        self.api, self.letterbox = SlowApi(Weather(random.Random(seed))), Letterbox()
        self.account = self.api.account(APPLICANTS, "guide_bot")
        self.api.account(CONTACT_PERSONS, "guide_staff_bot")
        self.programs: list[Program] = []
        self.chats = [Chat(self.account, number, seed) for number in range(chats)]
        self._strangers: asyncio.subprocess.Process | None = None
        self._brought: asyncio.Task[bytes] | None = None

    async def last(self, seconds: float) -> Outcome:
        """Let it last so long; on a busy machine longer, until everybody has come to do something, MOST at most."""
        ready()
        await self.api.start()
        self.letterbox.start()
        await self._prepared()
        self.programs = self._programs()
        try:
            for program in self.programs:
                await asyncio.to_thread(program.start)
            door = next(one for one in self.programs if one.command != "worker")
            await self._come(door.url)
            quiet = OnTheWeb(door.url, QUIET), OnTelegram(self.account)
            outcome = Outcome(self.combination.name, seconds, *quiet)
            await self._rages(outcome)
            await self._is_calm(outcome)
            await quiet[0].close()
        finally:
            for program in self.programs:
                await asyncio.to_thread(program.stop)
            await self.api.stop()
            self.letterbox.stop()
        await self._reckon(outcome)
        return outcome

    async def _come(self, url: str) -> None:
        """The strangers come, with what they bring packed."""
        command = (sys.executable, "-m", "tests.siege.strangers", url, str(self.seed), *ADDRESSES)
        self._strangers = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        assert self._strangers.stdout
        assert await self._strangers.stdout.readline() == b"ready\n"
        self._brought = asyncio.create_task(self._strangers.stdout.readline())

    async def _go(self) -> dict[str, Any]:
        """The strangers go; what came back to them."""
        assert self._strangers
        assert self._brought
        self._brought.cancel()
        await asyncio.wait((self._brought,))
        self._strangers.terminate()
        said, _nothing = await self._strangers.communicate()
        found: dict[str, Any] = json.loads(said.splitlines()[-1])
        return found

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
            "FILES_DIR": str(self.files),
            "FILES_MB": str(DISK),
            "DISK_RESERVE_MB": "100",
            "TRUSTED_PROXIES": "",
            **public,
        }
        return [
            Weighed(self.directory, command, **settings, PORT=port)
            for command, port in zip(self.combination.commands, ports, strict=True)
        ]

    @property
    def files(self) -> Path:
        """The folder of files."""
        return self.directory / "files"

    async def _prepared(self) -> None:
        database = Database(self.url)
        await migrate(database, SEAL)
        await invite(database, Keys(SECRET), "Karin", now(), email="karin@malmo.example.se")
        await database.close()

    async def _rages(self, outcome: Outcome) -> None:
        quiet = [asyncio.create_task(one.lives()) for one in (outcome.web, outcome.telegram)]
        raging = [asyncio.create_task(one.rage()) for one in self.chats]
        began = time.monotonic()
        try:
            while time.monotonic() - began < (outcome.seconds if self._all_came(outcome) else MOST):
                await asyncio.sleep(0.25)
                self._weigh(outcome)
                for one in (*quiet, *raging):
                    if one.done():
                        one.result()
        finally:
            for one in (*raging, *quiet):
                one.cancel()
            await asyncio.gather(*raging, *quiet, return_exceptions=True)
            said = await self._go()
        outcome.statuses = Counter({int(status): count for status, count in said["answers"].items()})
        outcome.sent, outcome.broken = said["sent"], [*outcome.broken, *said["fell"]]

    def _all_came(self, outcome: Outcome) -> bool:
        """Whether the strangers have brought files, and somebody quiet was served beside them."""
        return self._brought is not None and self._brought.done() and outcome.both_served

    def _weigh(self, outcome: Outcome) -> None:
        outcome.memory = max(outcome.memory, memory(one.pid for one in self.programs))
        outcome.disk = max(outcome.disk, folder(self.files))

    async def _is_calm(self, outcome: Outcome) -> None:
        """Nobody rages any more: everything goes on, and what strangers left goes."""
        until = time.monotonic() + CALM
        left = ["it was not looked at"]
        while left and time.monotonic() < until:
            await asyncio.sleep(0.5)
            left = await self._left()
        outcome.broken += left
        with suppress(LookupError):
            outcome.broken += [] if "SAM-" in await outcome.web.sends() else ["somebody quiet could not send"]
        for program in self.programs:
            if program.ended is not None:
                outcome.broken.append(f"{program.command} ended with {program.ended}")

    async def _left(self) -> list[str]:
        """What is still there that should not be."""
        from storage.database.door_tables import held_updates

        database = Database(self.url)
        held = {row.sha256 for row in await rows(database, files)}
        waiting = len(await rows(database, held_updates))
        due = sum(row.state == "due" and row.leased_until is not None for row in await rows(database, outbox))
        await database.close()
        stray = [path for path in self.files.glob("*/*") if path.parent.name + path.name not in held]
        return [
            *([f"{waiting} messages still wait for a file"] if waiting else []),
            *([f"{due} messages are still being sent"] if due else []),
            *([f"{len(stray)} files belong to nothing"] if stray else []),
        ]

    async def _reckon(self, outcome: Outcome) -> None:
        database = Database(self.url)
        outcome.submissions = len(await rows(database, submissions))
        outcome.database = len(await rows(database, addresses))
        await database.close()
        outcome.letters = sum(letter["To"] == VICTIM for letter in self.letterbox.letters)
        outcome.fetched = len(self.account.called("getFile"))
