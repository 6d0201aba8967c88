"""What a restore must not open again: doors that have been closed since, people who have left the house or a case, cases that have been protected.

Law: each of them is in the register of erasures by its number, written in the transaction that closed it; nothing personal.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.language.channels import CHANNELS, WEB_STAFF, applicant_channels
from dialogs.phases.always.protect import PROTECT, named_under
from storage.cases import cases, house_events, writers
from storage.cases.chain import Seal
from storage.database.door_tables import links, sessions
from storage.database.tables import addresses, case_invitations, invitations, outbox, participants, people, staff
from storage.database.tables import cases as cases_table
from storage.erasure.erasures import KEPT_SHUT, Erasure
from storage.people import sought


async def close(connection: AsyncConnection, seal: Seal, rows: Iterable[Erasure], now: datetime) -> None:
    """Close again, in a restored database, what these rows say; of a person or a case the last row says how it is. Whoever works here signs in anew, and
    no link to sign in or into a case is left: it may have been used since.
    """
    shut = (one for one in rows if one.what in KEPT_SHUT)
    last: dict[tuple[Any, ...], Erasure] = {(one.what, one.key, one.data.get("person")): one for one in shut}
    for one in last.values():
        match one.what:
            case "session" | "link":
                table = sessions if one.what == "session" else links
                await connection.execute(delete(table).where(table.c.id == one.key, table.c.since <= one.at))
            case "address":
                await _address(connection, one)
            case "staff":
                await _role(connection, seal, one, now)
            case "writer":
                await _writer(connection, one, now)
            case "protected":
                await _protection(connection, seal, one, now)
    await connection.execute(delete(addresses).where(addresses.c.channel == WEB_STAFF.name))
    await connection.execute(delete(invitations))
    await sought.forget(connection)
    await connection.execute(delete(case_invitations).where(case_invitations.c.used_at.is_(None)))


async def _address(connection: AsyncConnection, one: Erasure) -> None:
    query = select(addresses).where(addresses.c.id == one.key, addresses.c.used_at <= one.at)
    row = (await connection.execute(query)).first()
    if row is None:
        return
    if CHANNELS[row.channel].way == "kept":  # its person goes on there, and the token that it was made of opens nothing
        await connection.execute(update(addresses).where(addresses.c.id == row.id).values(since=one.at))
        return
    at = (outbox.c.channel == row.channel) & (outbox.c.address == row.address)
    await connection.execute(delete(outbox).where(at))
    await connection.execute(delete(addresses).where(addresses.c.id == row.id))


async def _writer(connection: AsyncConnection, one: Erasure, now: datetime) -> None:
    """Who has left a case, or was taken out of it, does not read and write it again. Who came back later, before the backup was made, does.

    When those to whom they left it came after the backup was made, nobody is left to whom the draft of the backup belongs, and it goes.
    """
    person = int(one.data["person"])
    theirs = (participants.c.case_id == one.key) & (participants.c.person_id == person)
    then = participants.c.since.is_(None) | (participants.c.since <= one.at)
    if (await connection.execute(select(participants.c.case_id).where(theirs, then))).first():
        await writers.out(connection, one.key, person, now)


async def _role(connection: AsyncConnection, seal: Seal, one: Erasure, now: datetime) -> None:
    """Somebody who works here is in the role that they had last, and the log of who administers says that it changed."""
    there = select(staff.c.active, staff.c.administrator).join(people, people.c.id == staff.c.person_id)
    query = there.where(people.c.id == one.key, people.c.created_at <= one.at)
    before = (await connection.execute(query)).first()
    if before is None:
        return
    role = {name: bool(one.data.get(name)) for name in ("active", "administrator")}
    await connection.execute(update(staff).where(staff.c.person_id == one.key).values(role))
    if not role["active"]:
        await connection.execute(delete(addresses).where(addresses.c.person_id == one.key))
        await connection.execute(delete(outbox).where(outbox.c.person_id == one.key))
    if what := _changed(before.active, before.administrator, **role):
        said = {"role": "administrator" if role["administrator"] else "contact_person"} if what == "invited" else {}
        await house_events.happened(connection, seal, what, None, now, about=one.key, **said)


def _changed(
    was_active: bool, administered: bool, active: bool, administrator: bool
) -> house_events.Administered | None:
    """What the log says of a role that was one way in the backup and is another way now."""
    if active and (not was_active or (administrator and not administered)):
        return "invited"
    if was_active and not active:
        return "deactivated"
    return "role_taken" if active and administered and not administrator else None


async def _protection(connection: AsyncConnection, seal: Seal, one: Erasure, now: datetime) -> None:
    """A case that was protected since is protected again, for the same people: an event of the case, as any protection. None is taken off."""
    there = select(cases_table.c.id).where(cases_table.c.id == one.key, cases_table.c.created_at <= one.at)
    if not one.data.get("named") or (await connection.execute(there)).first() is None:
        return
    named, by_role = (frozenset(map(int, one.data.get(which) or ())) for which in ("named", "by_role"))
    known = await cases.case_by_id(connection, one.key)
    if known and not (known.protected and (known.named, known.by_role) == (named, by_role)):
        data = named_under(named - by_role, by_role)
        await cases.happened(connection, seal, one.key, PROTECT.id, None, data, now)
        # What was due in the backup has long gone, or says more than it may now. In their own chat, applicants read all.
        waits = (outbox.c.case_id == one.key) & (outbox.c.state == "due")
        await connection.execute(delete(outbox).where(waits, outbox.c.channel.not_in(list(applicant_channels()))))
