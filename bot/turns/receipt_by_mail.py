"""The receipt of what was sent, as a letter to the address that was given with it."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.turns.daily_limits import may_write
from dialogs.language.channels import MAIL
from dialogs.language.replies import Receipt
from storage.outbox import outbox
from storage.outbox.outbox import About
from storage.people.people import Address

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.turns.resources import Resources


async def mail_receipt(
    turns: "Resources",
    connection: "AsyncConnection",
    receipt: Receipt,
    case: int,
    address: str,
    locale: str,
    *,
    now: datetime,
) -> None:
    """Send the receipt as a letter. If nobody has confirmed the address, the letter brings a link to do so, as often as one day allows."""
    asked = await turns.confirming.asked(connection, case, address, now)
    if asked and not await may_write(connection, turns.limits, turns.keys, address, now):
        return
    receipt = replace(receipt, words=(*receipt.words, *asked))
    await outbox.put(connection, Address(MAIL.name, address), None, About(case), receipt, locale, now)
