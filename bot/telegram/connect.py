"""Telegram as the settings connect it: one bot for each token. The libraries are imported only then, because they cost seconds and memory."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.settings.settings import Settings
from bot.turns.turns import Turns
from bot.worker.connected import Connected, Unreached

if TYPE_CHECKING:
    from bot.telegram.bot import TelegramBot


def connect(turns: Turns, settings: Settings) -> Iterator[Connected]:
    """The bots that have a token, polling, or with webhooks where there is a public address."""
    where, locales = settings.telegram_api_url, list(turns.house.choices())
    if token := settings.applicants_bot_token.get_secret_value():
        from bot.telegram.applicants import Applicants

        yield connected(Applicants(token, where, turns, locales), settings.public_url)
    if token := settings.contact_persons_bot_token.get_secret_value():
        from bot.telegram.contact_persons import ContactPersons

        yield connected(ContactPersons(token, where, turns, locales), settings.public_url)


def connected(bot: "TelegramBot", public_url: str) -> Connected:
    """A bot, connected; `public_url` is the address to which Telegram brings updates, "" for none."""
    from bot.telegram.listening import listening
    from bot.telegram.trouble import Trouble
    from bot.telegram.webhook import routes

    keys = bot.turns.keys
    hook = f"{public_url}/telegram/{bot.hook}" if public_url else ""

    async def named() -> str:
        try:
            await bot.open()
        except Trouble as trouble:
            raise Unreached(f"it is away, or {bot.hook.upper()}_BOT_TOKEN is no bot's ({trouble})") from None
        return bot.username

    return Connected(
        channel=bot.name,
        carrier=bot,
        listen=listening(bot.turns.database, bot, hook, keys.derive(f"webhook:{bot.hook}")),
        beside={"held": bot.held.run} if bot.held else {},
        hooks=tuple(routes({bot.hook: bot}, keys)) if hook else (),
        named=named,
        close=bot.close,
    )
