"""The bots of a process, and the patience that one needs with it."""

import asyncio

from tests.answers import EN
from tests.house import SECRET
from tests.telegram.bot_api import BotApi
from tests.telegram.phone import Phone

APPLICANTS, CONTACT_PERSONS = (
    "700001:AAF-applicants-token-of-the-tests-0001",
    "700002:AAF-contact-persons-token-of-tests-02",
)
PROPOSAL = str(EN["proposal"])


def settings(api: BotApi, **more: str) -> dict[str, str]:
    """What a process is given to reach both bots there."""
    return {
        "TELEGRAM_API_URL": api.url,
        "APPLICANTS_BOT_TOKEN": APPLICANTS,
        "CONTACT_PERSONS_BOT_TOKEN": CONTACT_PERSONS,
        "SECRET_KEY": SECRET,
        **more,
    }


async def patiently(phone: Phone) -> None:
    """Wait for what is said next: after a crash on PostgreSQL that takes as long as a lease."""
    before = len(phone.account.shown[phone.id])
    async with asyncio.timeout(30):
        while len(phone.account.shown[phone.id]) == before:
            await asyncio.sleep(0.02)
    await phone.read()
