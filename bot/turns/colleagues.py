"""What an administrator does to a colleague, inside a transaction. Law: one administrator always stays, and each act is in the log of who administers."""

from typing import TYPE_CHECKING

from bot.turns.tasks import DeskWork
from storage.outbox import told
from storage.people import at_work, staff

if TYPE_CHECKING:
    from storage.people.people import Address


async def deactivate(work: DeskWork, id: int) -> str:
    """Deactivate a colleague: they no longer get an answer anywhere, and what stands of cases in their chats is deleted. Returns their name, or "" when it
    cannot be done.
    """
    if not await _may(work, id):
        return ""
    one = next((one for one in await staff.active(work.connection) if one.id == id), None)
    if one is None or not await staff.deactivate(work.connection, one.name, work.now):
        return ""
    await told.retract(work.connection, work.now, person=id)
    await work.logged("deactivated", id)
    return one.name


async def demote(work: DeskWork, id: int) -> bool:
    """Take the administrator's role from a colleague. False when it cannot be done."""
    if not await _may(work, id) or not await staff.demote(work.connection, id, work.now):
        return False
    await work.logged("role_taken", id)
    return True


async def close_doors(work: DeskWork, id: int, but: "Address | None" = None) -> bool:
    """End every session and chat of a contact person, but this one: their own, or a colleague's. False when it cannot be done."""
    if id != work.who.id and not await _may(work, id):
        return False
    await at_work.close_doors(work.connection, id, work.now, but)
    await work.logged("doors_closed", id)
    return True


async def _may(work: DeskWork, id: int) -> bool:
    # When two administrators deactivate each other at once, the second is no longer one.
    return id != work.who.id and work.who.id in await at_work.administrators(work.connection)
