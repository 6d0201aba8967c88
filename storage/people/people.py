"""People and the addresses by which they are reached."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.language.channels import CHANNELS, known
from storage.database.any_of import AnyOf
from storage.database.door_tables import held_updates
from storage.database.insert import insert_or
from storage.database.tables import addresses, counters, people, seen_updates
from storage.people.update_ids import UpdateId, stored


@dataclass(frozen=True, slots=True)
class Address:
    """A place where a person is reached: the name of a channel in CHANNELS, and the address on that channel. ValueError for an unknown channel."""

    channel: str
    address: str

    def __post_init__(self) -> None:
        if self.channel not in CHANNELS:
            known((self.channel,))


@dataclass(frozen=True, slots=True)
class Person:
    """A person as stored: `terms` is the version that they accepted, "" for none; `at_hand` the draft that they are writing, 0 for none.

    `held`: messages are waiting for a file (storage/outbox/held_updates.py) at the address by which they were looked up.
    """

    id: int
    locale: str
    terms: str
    at_hand: int
    reminders: bool
    held: bool = False


async def person_at(connection: AsyncConnection, address: Address, now: datetime, lock: bool = False) -> Person | None:
    """The person reached at this address, or None; an expired address reaches nobody. `lock` makes the person's other turns wait (PostgreSQL)."""
    return (await people_at(connection, {address}, now, lock)).get(address)


async def people_at(
    connection: AsyncConnection, wanted: Collection[Address], now: datetime, lock: bool = False
) -> dict[Address, Person]:
    """The people reached at these addresses, by the rules of `person_at`."""
    found: dict[Address, Person] = {}
    for channel, names in by_channel(wanted).items():
        given = {"among": channel, "names": names, "now": now}
        for address, *person in await connection.execute(WHO_LOCKED if lock else WHO, given):
            found[Address(channel, address)] = Person(*person)
    return found


async def person_of(connection: AsyncConnection, person: int) -> Person:
    """The person with this number. NoResultFound when there is none."""
    columns = (people.c.id, people.c.locale, people.c.terms, people.c.at_hand, people.c.reminders)
    return Person(*(await connection.execute(select(*columns).where(people.c.id == person))).one())


def by_channel(wanted: Iterable[Address]) -> dict[str, list[str]]:
    """The addresses by channel: for pairs of values SQLite scans the whole table, but for one channel's addresses it uses the index."""
    found: dict[str, list[str]] = {}
    for one in wanted:
        found.setdefault(one.channel, []).append(one.address)
    return found


_WANTED = (addresses.c.channel == bindparam("among")) & AnyOf(addresses.c.address, "names")
WHO = (
    select(
        addresses.c.address,
        people.c.id,
        people.c.locale,
        people.c.terms,
        people.c.at_hand,
        people.c.reminders,
        exists()
        .where(held_updates.c.channel == addresses.c.channel, held_updates.c.address == addresses.c.address)
        .label("held"),
    )
    .join(addresses, addresses.c.person_id == people.c.id)
    .where(_WANTED, addresses.c.expires_at.is_(None) | (addresses.c.expires_at > bindparam("now")))
    .order_by(people.c.id)  # so that everybody who locks several people does so in the same order
)
# Not so that whoever notes something for them waits as well (a key of theirs is shared): they may hold what the turn waits for.
WHO_LOCKED = WHO.with_for_update(of=people, key_share=True)
NEW = people.insert().returning(people.c.id)
USED = update(addresses).values(used_at=bindparam("now"), reachable=True).where(_WANTED)


async def new_person(connection: AsyncConnection, address: Address, locale: str, now: datetime) -> Person | None:
    """Create a person at a new address; None if somebody else was quicker, so that the address already has a person."""
    id = (await connection.execute(NEW, {"locale": locale, "created_at": now})).scalar_one()
    row = {"channel": address.channel, "address": address.address, "person_id": id, "used_at": now, "since": now}
    if (await connection.execute(_reach(connection.dialect.name), row)).first() is None:
        await connection.execute(delete(people).where(people.c.id == id))
        return None
    return Person(id, locale, "", 0, True)


@cache
def _reach(dialect: str) -> Executable:
    unless_taken = insert_or(dialect, addresses).on_conflict_do_nothing(index_elements=["channel", "address"])
    return unless_taken.returning(addresses.c.id)


async def add_address(
    connection: AsyncConnection, address: Address, person: int, now: datetime, expires_at: datetime | None = None
) -> None:
    """From now on, `person` is reached at `address` as well, and anybody who had it before is not."""
    row = {
        "channel": address.channel,
        "address": address.address,
        "person_id": person,
        "used_at": now,
        "expires_at": expires_at,
        "since": now,
        "reachable": True,
    }
    statement = insert_or(connection.dialect.name, addresses).values(row)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["channel", "address"],
            set_={name: row[name] for name in ("person_id", "used_at", "expires_at", "since", "reachable")},
        )
    )


async def moved(connection: AsyncConnection, address: Address, to: Address) -> None:
    """From now on this address is called otherwise."""
    mine = (addresses.c.channel == address.channel) & (addresses.c.address == address.address)
    await connection.execute(update(addresses).where(mine).values(channel=to.channel, address=to.address))


async def drop_address(connection: AsyncConnection, address: Address) -> None:
    """Delete this address: nobody is reached there any more."""
    await connection.execute(
        delete(addresses).where(addresses.c.channel == address.channel, addresses.c.address == address.address)
    )


async def used(connection: AsyncConnection, alive: Collection[Address], now: datetime) -> None:
    """Note that these addresses are alive: somebody wrote from there."""
    for channel, names in by_channel(alive).items():
        await connection.execute(USED, {"among": channel, "names": names, "now": now})


async def unreachable(connection: AsyncConnection, address: Address) -> None:
    """Note that nothing arrives at this address (the bot was blocked, the mailbox is gone)."""
    await connection.execute(
        update(addresses)
        .values(reachable=False)
        .where(addresses.c.channel == address.channel, addresses.c.address == address.address)
    )


async def best_address(connection: AsyncConnection, person: int, channels: tuple[str, ...]) -> Address | None:
    """The address on one of these channels that the person used last and that still reaches them, or None."""
    row = (
        await connection.execute(
            select(addresses.c.channel, addresses.c.address)
            .where(addresses.c.person_id == person, addresses.c.channel.in_(channels), addresses.c.reachable)
            .order_by(addresses.c.used_at.desc())
            .limit(1)
        )
    ).first()
    return Address(*row) if row else None


async def change(connection: AsyncConnection, person: int, **values: object) -> None:
    """Change columns of a person."""
    await connection.execute(CHANGE, {"person": person, **values})


CHANGE = update(people).where(people.c.id == bindparam("person"))


async def seen_before(connection: AsyncConnection, channel: str, updates: tuple[UpdateId, ...], now: datetime) -> bool:
    """Remember these updates of a channel; True when all of them had been seen."""
    return not await unseen(connection, [(channel, updates)], now)


async def unseen(
    connection: AsyncConnection, coming: Sequence[tuple[str, tuple[UpdateId, ...]]], now: datetime
) -> set[int]:
    """Remember the updates of events, given for each event as its channel and update ids. Returns the positions in `coming` of the new events.

    An event without updates is always new; an event with updates is new unless all of them had been seen.
    """
    came = [(channel, tuple(map(stored, updates))) for channel, updates in coming]
    keys = sorted({(channel, id) for channel, updates in came for id in updates})
    fresh: set[tuple[str, int]] = set()
    if keys:
        rows = [{"channel": channel, "update_id": id, "at": now} for channel, id in keys]
        fresh = {(row[0], row[1]) for row in await connection.execute(_remember(connection.dialect.name), rows)}
    return {
        place
        for place, (channel, updates) in enumerate(came)
        if not updates or any((channel, id) in fresh for id in updates)
    }


@cache
def _remember(dialect: str) -> Executable:
    unless_there = insert_or(dialect, seen_updates).on_conflict_do_nothing()
    return unless_there.returning(seen_updates.c.channel, seen_updates.c.update_id)


async def count_up(connection: AsyncConnection, name: str) -> int:
    """The next number of a counter; it starts at 1, and no number comes twice."""
    counted = await connection.execute(_count(connection.dialect.name), {"name": name, "value": 1})
    return int(counted.scalar_one())


@cache
def _count(dialect: str) -> Executable:
    one_more = {"value": counters.c.value + 1}
    counting = insert_or(dialect, counters).on_conflict_do_update(index_elements=["name"], set_=one_more)
    return counting.returning(counters.c.value)


async def locale_of(connection: AsyncConnection, person: int) -> str:
    """The language of a person."""
    return str((await connection.execute(LOCALE, {"person": person})).scalar_one())


LOCALE = select(people.c.locale).where(people.c.id == bindparam("person"))
