"""What the operator does to cases on the command line: export a package, let someone see a protected case when nobody is left, take one down,
seal anew.
"""

from datetime import datetime
from typing import Literal

from bot.turns.taken_back import dispose
from dialogs.case.rights import may_see
from dialogs.phases.always.protect import PROTECT, named_under
from storage.cases import cases, chain, openings, sealed_writers
from storage.cases.chain import Seal
from storage.database import installation
from storage.database.database import Database
from storage.people import staff

Refused = Literal["unknown", "unsent", "protected", "open", "no_such_person", "somebody_is_left", "disposed"]
"""Why a command is refused: no such case; nothing was sent in it; it is protected, or is not; no active person has that name; someone
who may see it is still active; it was disposed of before.
"""


async def takes_out(database: Database, reference: str, now: datetime, protected: bool = False) -> Refused | None:
    """Why the package of a case may not leave; None when it may. The access log then says, before it leaves, that the command line took it."""
    async with database.write() as connection:
        case = await cases.case(connection, reference)
        if case is None:
            return "unknown"
        if case.protected and not protected:
            return "protected"
        if not case.kinds:
            return "unsent"
        await openings.opened(connection, case.id, None, "package", now)
    return None


async def name(database: Database, seal: Seal, reference: str, person: str, now: datetime) -> Refused | None:
    """Let the contact person `person` see a protected case, too. None when that is done, otherwise why not.

    Those who may see a protected case decide who else may: they name others when they protect it, and when they hand it over.
    Only when none of them is active any more would the case be lost to everybody, and only then does this help: it protects
    the case anew, with the same people named and one more. Like everything else, that is a permanent event of the case, and
    it says that it came from the command line. While anyone is left, ask them; an absence does not count as leaving.
    """
    async with database.write() as connection:
        case = await cases.case(connection, reference)
        if case is None:
            return "unknown"
        if not case.protected:
            return "open"
        there = await staff.active(connection)
        named = next((one.id for one in there if one.name == person.strip()), None)
        if named is None:
            return "no_such_person"
        if any(may_see(one, case) for one in there):
            return "somebody_is_left"
        data = named_under(case.named - case.by_role | {named}, case.by_role - {named})
        await cases.happened(connection, seal, case.id, PROTECT.id, None, data, now)
    return None


async def take_down(database: Database, seal: Seal, reference: str, reason: str, now: datetime) -> set[str] | Refused:
    """Erase what a case says, protected or not and whatever its state, for a reason that stays in its history: spam, illegal content, somebody's data.

    Returns the SHA-256 of files that nobody holds any more (Files.drop, then Database.wipe), or why it cannot be done.
    """
    async with database.write() as connection:
        case = await cases.case(connection, reference)
        if case is None:
            return "unknown"
        gone = await dispose(connection, seal, case.id, {"reason": reason}, None, now)
        return "disposed" if gone is None else gone


async def seal_anew(database: Database, seal: Seal, fingerprint: str) -> int:
    """Chain and seal every event, and seal who writes which case, as it stands now, and so vouch for it. Returns how many events. For use after a new
    SECRET_KEY, or with what a version wrote that had no seals.

    From now on the key with this fingerprint is the installation's, and no process with another key starts.
    """
    async with database.write() as connection:
        await installation.renew(connection, installation.KEY, fingerprint)
        await sealed_writers.seal_anew(connection, seal)
        return await chain.seal_anew(connection, seal)
