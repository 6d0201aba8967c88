"""Listening: how a bot hears, by long polling or by the webhook when there is a public address."""

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
    """A loop that listens until cancelled: Telegram brings updates to `webhook`, with the `secret`; "" for polling."""

    @within(180)  # a long poll, after a call that Telegram is slow to answer
    async def listen() -> None:
        while not await _open(bot, webhook, secret):
            await pause(RETRY)
        with resting():
            if webhook:
                await asyncio.Event().wait()
            # Telegram gives updates to one reader; two would take them from each other.
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
    except Exception as error:  # the world's: Telegram is away
        log.error("%s: %s; trying again", bot.name, type(error).__name__)
        return False
    return True
