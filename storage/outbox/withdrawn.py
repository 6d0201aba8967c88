"""What still waits about a case that is protected from now on: withdrawn, or worded again, so that nothing that goes says more than it may.

Law: in the transaction that protects the case.
"""

from dataclasses import dataclass

from sqlalchemy import and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.language.channels import MAIL, letters
from dialogs.language.replies import Reply
from storage.database.json import REPLY, as_json
from storage.database.tables import outbox
from storage.outbox.outbox import readable


@dataclass(frozen=True, slots=True)
class Left:
    """What still goes: its row, and what it says."""

    row: int
    reply: Reply


async def withdraw(connection: AsyncConnection, case: int, mailbox: str) -> list[Left]:
    """Delete what waits for the mailbox. Returns what is left to be worded again: the applicants' letters. In their own chat they go on reading all.

    What waits for contact persons is storage/outbox/told.py's.
    """
    to_mailbox = and_(outbox.c.person_id.is_(None), outbox.c.channel == MAIL.name, outbox.c.address == mailbox)
    waits = and_(outbox.c.case_id == case, outbox.c.state == "due")
    await connection.execute(delete(outbox).where(waits, to_mailbox))
    query = select(outbox.c.id, outbox.c.reply).where(waits, outbox.c.channel.in_(letters()))
    rows = (await connection.execute(query)).all()
    return [Left(row.id, reply) for row in rows if (reply := readable(row.reply))]


async def reword(connection: AsyncConnection, row: int, reply: Reply) -> None:
    """From now on this row says `reply`."""
    await connection.execute(update(outbox).where(outbox.c.id == row).values(reply=as_json(REPLY, reply)))
