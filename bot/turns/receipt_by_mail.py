"""The receipt of what was sent, as a letter to the address that was given with it."""

from datetime import datetime
from typing import TYPE_CHECKING

from dialogs.applicants import confirm_address
from dialogs.engine.record import Record
from dialogs.language.channels import MAIL
from dialogs.language.replies import Receipt, Tell
from dialogs.phases.initiation.whom import CONTACT
from storage.outbox import outbox
from storage.outbox.outbox import About
from storage.people.people import Address

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.turns.resources import Resources
    from dialogs.case.case import Case


async def mail_receipt(
    turns: "Resources",
    connection: "AsyncConnection",
    receipt: Receipt,
    case: "Case",
    record: Record,
    locale: str,
    *,
    now: datetime,
) -> list[Tell]:
    """Send the receipt as a letter to the address in the record, if there is one and mail can be sent. To an address that nobody has confirmed goes a
    code instead, as often as one day allows: what is then said in the chat.
    """
    address = (record.value(CONTACT.key) or {}).get("email")
    if not turns.mails or not address:
        return []
    if case.protected or not await turns.confirming.waits(connection, case.id, address, now):
        await outbox.put(connection, Address(MAIL.name, address), None, About(case.id), receipt, locale, now)
        return []
    asked = await turns.confirming.ask(connection, case, address, locale, now)
    return [confirm_address.sent(address, case.id)] if asked else []
