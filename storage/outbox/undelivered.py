"""What could not be delivered in a case: which notice, and to which side. The outbox keeps nothing else of it."""

from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.desk.undelivered import Undelivered
from dialogs.language.channels import letters
from dialogs.language.words import Words
from storage.database.tables import outbox, staff


async def in_case(connection: AsyncConnection, case: int, mailbox: str) -> list[Undelivered]:
    """What did not arrive in one case, the latest first; `mailbox` is the address that the contact persons share."""
    query = (
        select(outbox, staff.c.name)
        .outerjoin(staff, staff.c.person_id == outbox.c.person_id)
        .where(outbox.c.state == "failed", outbox.c.case_id == case)
        .order_by(outbox.c.id.desc())
    )
    rows = (await connection.execute(query)).all()
    return [
        Undelivered(_side(row, mailbox), row.name or "", _notice(row.reply), row.channel, row.trouble, row.created_at)
        for row in rows
    ]


def _side(row: Any, mailbox: str) -> Literal["applicants", "desk", "mailbox"]:
    if row.name:
        return "desk"
    return "mailbox" if row.channel in letters() and row.person_id is None and row.address == mailbox else "applicants"


def _notice(heading: dict[str, Any]) -> Words | None:
    return Words(heading["title"]) if heading.get("title") else None
