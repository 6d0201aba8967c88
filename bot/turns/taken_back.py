"""What contact persons were told of a case, where others carry and keep it, is taken back when it may stand there no longer."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.turns.carried import shortened
from dialogs.case.case import Case
from dialogs.language.replies import Appointment, Tell
from storage.cases import cases, disposal
from storage.cases.chain import Seal
from storage.outbox import outbox, told, withdrawn
from storage.outbox.outbox import About
from storage.people.people import Address

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection


async def hidden(
    connection: "AsyncConnection",
    case: Case,
    worded: Callable[[Address], Tell | Appointment],
    mailbox: str,
    now: datetime,
) -> None:
    """A case is protected now: what waits for staff and their `mailbox` is withdrawn, what stands in chats is deleted. Who may still see it and had
    a notice waiting is told `worded`; a letter that waits for the applicants says the number alone.
    """
    waited = {one.to: one for one in await told.withdraw(connection, case.id) if one.person in case.named}
    await told.retract(connection, now, case=case.id)
    for to, one in waited.items():
        about, said = About(case.id), worded(to)
        await outbox.put(connection, to, one.person, about, said, one.locale, now, due_at=one.due_at)
    for left in await withdrawn.withdraw(connection, case.id, mailbox):
        await withdrawn.reword(connection, left.row, shortened(left.reply, case))


async def moved(connection: "AsyncConnection", case: Case, now: datetime) -> None:
    """A case may be somebody else's by now: what its former holder was told of it is deleted, and what waited for them is withdrawn."""
    former = (await cases.before(connection, case.id)).holder
    if former and former != case.holder:
        await told.withdraw(connection, case.id, former)
        await told.retract(connection, now, case=case.id, person=former)


async def dispose(
    connection: "AsyncConnection", seal: Seal, case: int, decision: dict[str, Any], person: int | None, now: datetime
) -> set[str] | None:
    """Dispose of a case (storage/cases/disposal.py), and delete what stands of it in chats."""
    gone = await disposal.dispose(connection, seal, case, decision, person, now)
    if gone is not None:
        await told.withdraw(connection, case)
        await told.retract(connection, now, case=case)
    return gone
