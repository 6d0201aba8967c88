"""What a developer would reach for with python-telegram-bot: ConversationHandler with PicklePersistence, nothing changed, with STORED conversations
already in its file.
"""

import os
import pickle
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from tests.benchmarks.steps import Shown, read

STEPS = read(os.environ["INTERVIEW"])
API, TOKEN, PORT = os.environ["BOT_API"], os.environ["TOKEN"], int(os.environ["PORT"])
STORED = int(os.environ.get("STORED", "0"))
FILE = Path("conversations.pickle")
Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Awaitable[int]]


def keyboard(shown: Shown) -> InlineKeyboardMarkup | None:
    """The buttons of a message."""
    rows = [[InlineKeyboardButton(label, callback_data=act) for label, act in row] for row in shown.rows]
    return InlineKeyboardMarkup(rows) if rows else None


async def say(message: Message, number: int) -> int:
    """The messages that step `number` is answered with; the next state."""
    for shown in STEPS[number].shown:
        await message.reply_text(shown.text, parse_mode="HTML", reply_markup=keyboard(shown))
    return number + 1 if number + 1 < len(STEPS) else ConversationHandler.END


async def start(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> int:
    """Begin."""
    assert update.message
    return await say(update.message, 0)


def handler(number: int) -> Any:
    """The handler of what is answered in state `number`."""

    async def said(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        assert update.message
        assert context.user_data is not None
        context.user_data[f"answer{number}"] = update.message.text
        return await say(update.message, number)

    async def tapped(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        press = update.callback_query
        assert press
        assert isinstance(press.message, Message)
        assert context.user_data is not None
        await press.answer()
        context.user_data[f"answer{number}"] = press.data
        return await say(press.message, number)

    if STEPS[number].verb == "say":
        return MessageHandler(filters.TEXT & ~filters.COMMAND, said)
    return CallbackQueryHandler(tapped)


def store(count: int) -> None:
    """So many conversations that stand at their last step, in the form of PicklePersistence."""
    answers = {f"answer{number}": step.what for number, step in enumerate(STEPS)}
    people = range(1, count + 1)
    data = {
        "conversations": {"interview": {(person, person): len(STEPS) - 1 for person in people}},
        "user_data": {person: dict(answers) for person in people},
        "chat_data": {},
        "bot_data": {},
        "callback_data": None,
    }
    FILE.write_bytes(pickle.dumps(data))


def main() -> None:
    """Serve the webhook until told to stop."""
    store(STORED)
    application = (
        Application.builder().token(TOKEN).base_url(f"{API}/bot").persistence(PicklePersistence(filepath=FILE)).build()
    )
    states: dict[object, list[Any]] = {number: [handler(number)] for number in range(1, len(STEPS))}
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)],
            states=states,
            fallbacks=[],
            name="interview",
            persistent=True,
        )
    )
    application.run_webhook(
        listen="127.0.0.1",
        port=PORT,
        url_path="hook",
        webhook_url=f"http://127.0.0.1:{PORT}/hook",
        secret_token="a-secret-of-the-benchmarks",
    )


if __name__ == "__main__":
    main()
