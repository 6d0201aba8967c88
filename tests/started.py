"""A case that the city starts, and the links by which actors come in."""

from bot.turns.contact_person import at_work, fill_in
from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.language.events import Start
from storage.people import staff
from tests.clock import now
from tests.house import Caller, Composed
from tests.ways import goes


async def started(composed: Composed, *callers: Caller) -> tuple[ContactPerson, Case]:
    """Alva starts a case, and these come in by her links as long as those work."""
    async with composed.database.write() as connection:
        await staff.contact_person(connection, "Alva", now())
        (alva,) = await staff.active(connection)
    done = await fill_in(composed.turns, alva, None, "start", {"area": {"words": ("Torget",)}})
    assert done
    assert done.done
    assert done.done.case
    for caller in callers:
        await goes(caller, Start(dict(done.done.tokens)["chat"]), "accept")
    return alva, done.done.case


async def link(composed: Composed, alva: ContactPerson, case: Case) -> str:
    """One more link of hers; "" when she gets none."""
    async with at_work(composed.turns, alva) as work:
        return dict((await work.invite_actor(case.id)).tokens).get("chat", "")
