"""Both bots on a stage: a real Bot API conversation over loopback, a real database, delivery in steps that a test can wait for."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import select

from bot.main.program import Program
from bot.telegram.applicants import Applicants
from bot.telegram.bot import TelegramBot
from bot.telegram.contact_persons import ContactPersons
from bot.turns.invite import invite
from bot.worker.connected import carriers
from storage.database.door_tables import held_updates
from tests.house import Composed
from tests.planted import APPLICANTS_TOKEN, STAFF_TOKEN
from tests.telegram.bot_api import BotApi
from tests.telegram.phone import Phone

__all__ = ["APPLICANTS_TOKEN", "STAFF_TOKEN", "Stage", "happens", "on_telegram"]


def on_telegram(url: str) -> dict[str, Any]:
    """The settings of a house with both bots, whose Bot API is at this address."""
    return {
        "applicants_bot_token": APPLICANTS_TOKEN,
        "contact_persons_bot_token": STAFF_TOKEN,
        "telegram_api_url": url,
    }


def bots_of(program: Program) -> dict[str, TelegramBot]:
    """The bots of a program that is `on_telegram`, by channel."""
    found = carriers(program.connected())
    return {name: one for name, one in found.items() if isinstance(one, TelegramBot)}


class Stage:
    """The bots of a house that is `on_telegram`, and phones that talk to them."""

    def __init__(self, api: BotApi, parts: Composed) -> None:
        self.api, self.parts = api, parts
        self.applicants_account, self.staff_account = (
            api.account(APPLICANTS_TOKEN, "guide_bot"),
            api.account(STAFF_TOKEN, "guide_staff_bot"),
        )
        self.connected = parts.program.connected()
        bots = carriers(self.connected)
        applicants, contact_persons = bots["telegram"], bots["telegram_staff"]
        assert isinstance(applicants, Applicants)
        assert isinstance(contact_persons, ContactPersons)
        self.applicants, self.contact_persons = applicants, contact_persons
        self.delivery = parts.program.delivery({one.name: one for one in (applicants, contact_persons)})
        self._tasks: list[asyncio.Task[Any]] = []

    def phone(self, id: int = 501, locale: str = "en", name: str = "Sara") -> Phone:
        """The phone of an applicant."""
        return Phone(self.applicants_account, id, locale, name, self.settle)

    def staff_phone(self, id: int = 901, locale: str = "en", name: str = "Karin") -> Phone:
        """The phone of somebody who writes to the contact persons' bot."""
        return Phone(self.staff_account, id, locale, name, self.settle)

    async def invited(self, phone: Phone, name: str = "Karin") -> None:
        """Let somebody in as a contact person."""
        await phone.start((await invite(self.parts.database, self.parts.keys, name, self.parts.clock.now())).telegram)
        await phone.read()

    def listen(self) -> None:
        """Both bots poll."""
        self._spawn(self.applicants.poll)
        self._spawn(self.contact_persons.poll)

    async def settle(self) -> None:
        """Wait until every update is confirmed and everything due is delivered."""
        async with asyncio.timeout(20):
            while await self._busy() or await self.delivery.once():
                await asyncio.sleep(0.002)
        await asyncio.sleep(0.01)  # niceties

    async def _busy(self) -> bool:
        # In this order: what is confirmed is held by then, or taken.
        if any(account.updates for account in self.api.accounts.values()):
            return True
        async with self.parts.database.read() as connection:
            return (await connection.execute(select(held_updates.c.id).limit(1))).first() is not None

    async def silence(self) -> None:
        """Stop listening at once, as a killed process would."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        self._tasks.clear()

    async def close(self) -> None:
        """Stop everything."""
        await self.silence()
        await self.applicants.close()
        await self.contact_persons.close()

    def _spawn(self, run: Callable[[], Awaitable[None]]) -> None:
        self._tasks.append(asyncio.ensure_future(run()))


async def happens(condition: Callable[[], object], seconds: float = 10) -> None:
    """Wait until something is so. TimeoutError when it does not come."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)
