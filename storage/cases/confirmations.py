"""Confirmations: the reader of a mailbox has agreed that letters about a case may go to that e-mail address. Only hashes of the links are kept."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.door_tables import confirmations
from storage.database.tables import participants

LINK_LASTS = timedelta(days=30)


async def ask(connection: AsyncConnection, case: int, address: str, token_hash: str, now: datetime) -> None:
    """Store a link that confirms this address, good for LINK_LASTS."""
    row = {"token_hash": token_hash, "case_id": case, "address": address, "created_at": now}
    await connection.execute(confirmations.insert().values(**row))


async def confirm(connection: AsyncConnection, hashes: list[str], now: datetime) -> bool:
    """Use a link, by the hashes of its token. False when it does not exist or is too old; a second press does no harm."""
    good = confirmations.c.token_hash.in_(hashes) & (
        (confirmations.c.created_at > now - LINK_LASTS) | confirmations.c.confirmed_at.is_not(None)
    )
    done = update(confirmations).where(good).values(confirmed_at=now).returning(confirmations.c.token_hash)
    return (await connection.execute(done)).first() is not None


async def confirmed(connection: AsyncConnection, case: int, address: str) -> bool:
    """Whether letters about this case may go to this address: it was confirmed here, or in another case of one of this case's writers."""
    theirs = select(participants.c.person_id).where(participants.c.case_id == case)
    others = select(participants.c.case_id).where(participants.c.person_id.in_(theirs))
    query = select(confirmations.c.token_hash).where(
        confirmations.c.address == address,
        confirmations.c.confirmed_at.is_not(None),
        (confirmations.c.case_id == case) | confirmations.c.case_id.in_(others),
    )
    return (await connection.execute(query.limit(1))).first() is not None
