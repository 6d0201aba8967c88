"""Listening: how a bot receives updates, by webhook when there is a public address, else by long polling."""

import asyncio
import logging

from bot.operations.loops import Work, pause, resting, within
from bot.telegram.bot import TelegramBot
from storage.database.database import Database
from storage.database.lock import while_locked

log = logging.getLogger(__name__)
RETRY = 5
"""Seconds before Telegram is asked again when it is away at the start."""


def listening(database: Database, bot: TelegramBot, webhook: str, secret: str) -> Work:
    """A loop that listens until cancelled: Telegram brings updates to `webhook`, with the `secret`; an empty `webhook` means polling."""

    @within(180)  # a long poll that follows a slow call to Telegram
    async def listen() -> None:
        while not await _open(bot, webhook, secret):
            await pause(RETRY)
        with resting():
            if webhook:
                await asyncio.Event().wait()
            # Telegram gives updates to one reader; two would steal them from each other.
            await while_locked(database, f"poll:{bot.name}", poll)

    async def poll() -> None:
        with resting(False):
            await bot.poll()

    return listen


async def _open(bot: TelegramBot, webhook: str, secret: str) -> bool:
    try:
        await bot.open()
        if webhook:
            await bot.set_webhook(webhook, secret)
    except Exception as error:  # not ours: Telegram is away
        log.error("%s: %s; trying again", bot.name, type(error).__name__)
        return False
    return True
