"""Where a contender runs: what the laboratory tells it, and how an aiogram bot answers there."""

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from tests.benchmarks.steps import Shown

API, TOKEN, PORT = os.environ["BOT_API"], os.environ["TOKEN"], int(os.environ["PORT"])
SECRET = "a-secret-of-the-benchmarks"
WITHIN = os.environ.get("ANSWERS") == "within"
"""Whether answers go inside the webhook's response, where that can be."""


def bot() -> Bot:
    """aiogram's client, as its documentation makes it, at our Bot API server."""
    return Bot(TOKEN, AiohttpSession(api=TelegramAPIServer.from_base(API)))


def serve(dispatcher: Dispatcher, *, background: bool = not WITHIN) -> None:
    """aiogram's webhook as its documentation has it; without `background` it answers the webhook after its work and not before."""
    client = bot()

    async def hook() -> None:
        await client.set_webhook(f"http://127.0.0.1:{PORT}/hook", secret_token=SECRET)

    dispatcher.startup.register(hook)
    application = web.Application()
    hook_handler = SimpleRequestHandler(dispatcher, client, handle_in_background=background, secret_token=SECRET)
    hook_handler.register(application, path="/hook")
    setup_application(application, dispatcher, bot=client)
    asyncio.set_event_loop(asyncio.new_event_loop())
    web.run_app(application, host="127.0.0.1", port=PORT, access_log=None, print=lambda *_: None)


def keyboard(shown: Shown) -> InlineKeyboardMarkup | None:
    """The buttons of a message, their acts as callback data."""
    rows = [[InlineKeyboardButton(text=label, callback_data=act) for label, act in row] for row in shown.rows]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None
