"""Turns: where a conversation meets the database. Law: one event, one transaction; nothing is sent before it is committed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import assert_never

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.keys import Keys
from dialogs import conversation, desk, home
from dialogs.events import Attach, Command, Event, Fill, Press, Start, number_in
from dialogs.notices import Happening, notices
from dialogs.replies import Ask, Reply, Review, Tell
from dialogs.standing import Accept, Act, Begin, Drop, House, Keep, Quiet, Send, Speak, Standing, Switch
from storage import cases, drafts, outbox, people, staff, submissions
from storage.database import Database
from storage.drafts import Conflict
from storage.files import Files
from storage.outbox import About
from storage.people import Address, Person
from storage.standing import load

APPLICANT_CHANNELS = ("applicants", "web")
TRIES = 5


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an event comes from: the address, the client's preferred language, and the channel's numbers of the updates that carried it."""

    address: Address
    locale: str
    updates: tuple[int, ...] = ()


def now() -> datetime:
    """The clock. Nothing below bot/ has one."""
    return datetime.now(UTC)


class Turns:
    """The use case behind every channel. `link` makes the address of a case in the queue from its reference, or ""."""

    def __init__(
        self, database: Database, files: Files, house: House, keys: Keys, link: Callable[[str], str], mails: bool
    ) -> None:
        self.database, self.files, self.house, self.keys, self.link, self.mails = (
            database,
            files,
            house,
            keys,
            link,
            mails,
        )
        self.committed = asyncio.Event()
        """Set after each commit that may have put something into the outbox."""

    async def take(self, origin: Origin, event: Event) -> None:
        """Take an applicant's event. It has been dealt with, durably, when this returns; it may be taken again when it raises."""
        for attempt in range(TRIES):
            try:
                async with self.database.write() as connection:
                    applicant = _Applicant(self, connection, origin, event)
                    await applicant.take()
                break
            except Conflict:
                if attempt == TRIES - 1:
                    raise
        self.committed.set()
        # What no question took goes as well, or anybody could fill the disk.
        if gone := applicant.gone | ({file.sha256 for file in event.files} if isinstance(event, Attach) else set()):
            async with self.database.write() as connection:
                await self.files.drop(connection, gone)
        if applicant.dropped:
            await self.database.wipe()

    async def take_staff(self, origin: Origin, event: Event) -> bool:
        """Take a contact person's event. False, and nothing is said, when nobody invited is there."""
        async with self.database.write() as connection:
            answered = await _Desk(self, connection, origin, event).take()
        self.committed.set()
        return answered

    async def seen(self, address: Address) -> tuple[Standing | None, list[Reply]]:
        """What stands to be shown at a web address, which has then been read; the standing of who is there, or None."""
        async with self.database.write() as connection:
            person = await people.person_at(connection, address, now())
            if person is None:
                return None, []
            replies = await outbox.shown(connection, address)
            await outbox.read(connection, address)
            return await load(connection, person, self.house), replies

    async def take_case(self, connection: AsyncConnection, case_id: int, taker: staff.ContactPerson) -> bool:
        """A contact person takes a case; the applicants are told. False when it is not to be had."""
        if not await cases.take(connection, case_id, taker.id, now()):
            return False
        case = await cases.case_by_id(connection, case_id)
        if case:
            await self.notify(connection, "taken", case_id, case.reference, taken_by=taker.name)
        return True

    async def notify(
        self, connection: AsyncConnection, what: Happening, case_id: int, reference: str, taken_by: str = ""
    ) -> None:
        """Put the notices of a happening into the outbox."""
        case = await cases.case_by_id(connection, case_id)
        for notice in notices(what, case_id, reference, case.title if case else "", self.link(reference), taken_by):
            match notice.to:
                case "contact_persons":
                    for one in await staff.active(connection):
                        await self._to_person(
                            connection, one.id, one.locale, ("contact_persons",), notice.reply, case_id
                        )
                case "participants":
                    for person in await cases.writers(connection, case_id):
                        locale = await people.locale_of(connection, person)
                        await self._to_person(connection, person, locale, APPLICANT_CHANNELS, notice.reply, case_id)
                case "mailbox":
                    if self.mails and self.house.mailbox:
                        await outbox.put(
                            connection,
                            Address("mail", self.house.mailbox),
                            None,
                            About(case_id),
                            notice.reply,
                            "sv",
                            now(),
                        )
                case _:
                    assert_never(notice.to)

    async def _to_person(
        self,
        connection: AsyncConnection,
        person: int,
        locale: str,
        channels: tuple[str, ...],
        reply: Tell,
        case_id: int,
    ) -> None:
        address = await people.best_address(connection, person, channels)
        if address:
            await outbox.put(connection, address, person, About(case_id), reply, locale, now())


class _Applicant:
    """One event of an applicant, inside its transaction."""

    def __init__(self, turns: Turns, connection: AsyncConnection, origin: Origin, event: Event) -> None:
        self.turns, self.connection, self.origin, self.event = turns, connection, origin, event
        self.now = now()
        self.gone: set[str] = set()
        """The SHA-256 of files that nobody holds any more, to be deleted after the commit."""
        self.dropped = False

    async def take(self) -> None:
        """Deal with it."""
        if await people.seen_before(self.connection, self.origin.address.channel, self.origin.updates, self.now):
            return
        person = await people.person_at(self.connection, self.origin.address, self.now, lock=True)
        if person is None:
            person = await people.new_person(self.connection, self.origin.address, self.origin.locale, self.now)
        await people.used(self.connection, self.origin.address, self.now)
        if isinstance(self.event, Attach):
            self.event = await self._there(self.event)
        standing = await load(self.connection, person, self.turns.house)
        said = conversation.converse(standing, self.event, self.now)
        replies = list(said.replies)
        for act in said.acts:
            person, more = await self._carry_out(act, standing, person)
            replies += more
        if said.show:
            standing = await load(self.connection, person, self.turns.house)
            replies.append(home.with_cancel(home.place(standing), standing))
        await self._answer(person, replies)

    async def _there(self, attach: Attach) -> Attach:
        """The files that still lie in the store: somebody else, whose file was the same, may just have deleted it."""
        there = await self.turns.files.there(self.connection, {file.sha256 for file in attach.files})
        kept = tuple(file for file in attach.files if file.sha256 in there)
        return attach if kept == attach.files else replace(attach, files=kept, refused=(*attach.refused, "damaged"))

    async def _carry_out(self, act: Act, standing: Standing, person: Person) -> tuple[Person, list[Reply]]:
        match act:
            case Speak(locale=locale):
                return await self._changed(person, locale=locale), []
            case Accept(version=version):
                return await self._changed(person, terms=version, terms_at=self.now), []
            case Begin(dialog=dialog, case=case, answers=answers):
                id = await drafts.begin(self.connection, dialog, case, person.id, answers, self.now)
                return await self._changed(person, at_hand=id), []
            case Switch(draft=draft):
                return await self._changed(person, at_hand=draft), []
            case Keep(draft=draft):
                before = standing.drafted(draft.id)
                self.gone |= await drafts.keep(self.connection, draft, before.draft.version if before else 0, self.now)
            case Drop(draft=draft):
                self.gone |= await drafts.drop(self.connection, draft)
                self.dropped = True
            case Send():
                return await self._send(act, standing, person)
            case Quiet():
                await people.change(self.connection, person.id, reminders=False)
            case _:
                assert_never(act)
        return person, []

    async def _changed(self, person: Person, **values: object) -> Person:
        await people.change(self.connection, person.id, **values)
        return replace(person, **{name: value for name, value in values.items() if name != "terms_at"})  # type: ignore[arg-type]

    async def _send(self, act: Send, standing: Standing, person: Person) -> tuple[Person, list[Reply]]:
        filing = await submissions.submit(self.connection, act.draft, act.record, act.shared, person, self.now)
        case, reference = filing.case, filing.reference
        self.gone |= filing.gone
        await self.turns.notify(self.connection, act.record.dialog, case, reference)  # type: ignore[arg-type]
        receipt = conversation.receipt(act.record.dialog, reference, self.now, self.turns.house.mailbox)
        contact = act.record.value("contact") or {}
        if self.turns.mails and contact.get("email"):
            await outbox.put(
                self.connection, Address("mail", contact["email"]), None, About(case), receipt, person.locale, self.now
            )
        beside = next(
            (one.draft.id for one in standing.applications() if one.case == case and one.draft.id != act.draft.id), 0
        )
        return await self._changed(person, at_hand=beside), [receipt]

    async def _answer(self, person: Person, replies: list[Reply]) -> None:
        to = self.origin.address
        if to.channel == "web":
            await outbox.clear(self.connection, to)
        pressed = self.event.ref if isinstance(self.event, Press) else ""
        for reply in replies:
            same = (
                isinstance(reply, Ask)
                and isinstance(self.event, Press)
                and reply.key == self.event.key
                and reply.draft == self.event.draft
            )
            about = About(draft=reply.draft or None) if isinstance(reply, Ask | Review | Tell) else About()
            await outbox.put(
                self.connection, to, person.id, about, reply, person.locale, self.now, pressed if same else ""
            )


class _Desk:
    """One event of a contact person, inside its transaction."""

    def __init__(self, turns: Turns, connection: AsyncConnection, origin: Origin, event: Event) -> None:
        self.turns, self.connection, self.origin, self.event = turns, connection, origin, event
        self.now = now()

    async def take(self) -> bool:
        if await people.seen_before(self.connection, self.origin.address.channel, self.origin.updates, self.now):
            return True
        if isinstance(self.event, Start) and self.event.payload:
            await self._let_in(self.event.payload)
        who = await staff.at(self.connection, self.origin.address, self.now)
        if who is None:
            return False
        await people.used(self.connection, self.origin.address, self.now)
        for reply in await self._replies(who):
            locale = await people.locale_of(self.connection, who.id)
            await outbox.put(self.connection, self.origin.address, who.id, About(), reply, locale, self.now)
        return True

    async def _let_in(self, token: str) -> None:
        person = await staff.redeem(self.connection, self.turns.keys.hash(token), self.now)
        if person is not None:
            await people.add_address(self.connection, self.origin.address, person, self.now)
            await people.change(self.connection, person, locale=self.origin.locale)

    async def _replies(self, who: staff.ContactPerson) -> tuple[Tell, ...]:
        act = (
            self.event.act
            if isinstance(self.event, Press | Fill)
            else self.event.name
            if isinstance(self.event, Command)
            else ""
        )
        name, _colon, rest = act.partition(":")
        case = await cases.case_by_id(self.connection, number_in(rest)) if rest else None
        match name:
            case "queue":
                return (desk.queue(tuple(await cases.queue(self.connection)), self.now),)
            case "language":
                return (desk.languages(self.turns.house.languages),)
            case "lang" if rest in self.turns.house.languages:
                await people.change(self.connection, who.id, locale=rest)
            case "case" if case:
                sent = await submissions.of_case(self.connection, case.id)
                return desk.case_page(case, tuple(sent), self.turns.link(case.reference), self.now)
            case "take" if case:
                await self.turns.take_case(self.connection, case.id, who)
                return (desk.taken(await cases.case_by_id(self.connection, case.id) or case, who.name),)
        return (desk.hello(who.name),)
