"""What the page of a case in the contact persons' bot is made of, read in one transaction."""

from bot.turns.tasks import DeskWork
from dialogs.case.case import Case
from dialogs.desk import page, reading
from storage.cases import case_invitations, cases, desk_drafts, following
from storage.outbox import undelivered


async def case_page(work: DeskWork, case: Case) -> page.CasePage:
    """A case that this contact person may see, with what they began to do in it, and where something of it did not arrive."""
    connection, turns = work.connection, work.turns
    begun = await desk_drafts.of(connection, work.who.id)
    sent = await work.sent(case)
    return page.CasePage(
        work.who,
        case,
        tuple(sent),
        tuple(await cases.history(connection, case.id)),
        work.now,
        turns.link(case.reference),
        await following.follows(connection, case.id, work.who.id),
        await following.read_to(connection, case.id, work.who.id),
        frozenset(one.dialog for one in begun if one.case == case.id),
        tuple(await undelivered.in_case(connection, case.id, turns.house.mailbox)),
        turns.translation.on and bool(reading.foreign_texts(case, sent)),
        await case_invitations.may_invite(connection, work.who, case),
    )
