"""Turns: where a conversation meets the database. Law: one event, one transaction; nothing is sent before it is committed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import now
from bot.keys import Keys
from bot.telling import Telling
from dialogs import across, conversation, home
from dialogs.events import Attach, Event, Press
from dialogs.replies import Ask, Reply, Review, Tell
from dialogs.standing import (
    Accept,
    Act,
    Begin,
    Choose,
    Drop,
    House,
    Join,
    Keep,
    Quiet,
    Send,
    Speak,
    Standing,
    Switch,
)
from dialogs.status import status
from dialogs.words import Text, _
from storage import case_invitations, cases, drafts, outbox, people, submissions
from storage.database import Database
from storage.drafts import Conflict
from storage.files import Files
from storage.outbox import About
from storage.people import Address, Person
from storage.standing import load

TRIES = 5


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an event comes from: the address, the client's preferred language, and the channel's numbers of the updates that carried it."""

    address: Address
    locale: str
    updates: tuple[int, ...] = ()


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
        self.telling = Telling(house, link, mails)
        self.here = ""
        """Where the web is reached, for links that are given out."""
        self.usernames: dict[str, str] = {}
        """The bots' names on Telegram, once they are open."""
        self.committed = asyncio.Event()
        """Set after each commit that may have put something into the outbox."""

    def doors(self, door: str, token: str) -> list[Text]:
        """The addresses that a one-time token opens: "queue", "contact_persons" (the bot), or "chat" on the web and in the applicants' bot."""
        path = {"queue": "sign-in", "chat": "join"}.get(door)
        name = self.usernames.get({"chat": "applicants"}.get(door, door), "")
        return [
            *([_("On the web: {link}", link=f"{self.here}/{path}/{token}")] if path else []),
            *([_("On Telegram: {link}", link=f"https://t.me/{name}?start={token}")] if name else []),
        ]

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
        from bot.desk import AtDesk

        for attempt in range(TRIES):
            try:
                async with self.database.write() as connection:
                    answered = await AtDesk(self, connection, origin, event).take()
                break
            except Conflict:
                if attempt == TRIES - 1:
                    raise
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
            case Begin(dialog=dialog, case=case, answers=answers, changing=changing):
                id = await drafts.begin(self.connection, dialog, case, person.id, answers, self.now, changing)
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
            case Choose():
                return person, await self._choose(act, standing, person)
            case Join(token=token):
                return await self._join(token, person)
            case _:
                assert_never(act)
        return person, []

    async def _changed(self, person: Person, **values: object) -> Person:
        await people.change(self.connection, person.id, **values)
        return replace(person, **{name: value for name, value in values.items() if name != "terms_at"})  # type: ignore[arg-type]

    async def _send(self, act: Send, standing: Standing, person: Person) -> tuple[Person, list[Reply]]:
        title = act.record.title or (act.shared.title if act.shared else "")
        district = self.turns.house.city.district_of(title) if isinstance(title, str) else ""
        filing = await submissions.submit(
            self.connection, act.draft, act.record, act.shared, person, self.now, district
        )
        case, reference = filing.case, filing.reference
        self.gone |= filing.gone
        await self.turns.telling.tell(self.connection, act.record.dialog, case)
        receipt = home.receipt(act.record.dialog, reference, self.now, self.turns.house.mailbox, case)
        contact = act.record.value("contact") or {}
        if self.turns.mails and contact.get("email"):
            await outbox.put(
                self.connection, Address("mail", contact["email"]), None, About(case), receipt, person.locale, self.now
            )
        beside = next(
            (one.draft.id for one in standing.applications() if one.case == case and one.draft.id != act.draft.id), 0
        )
        return await self._changed(person, at_hand=beside), [receipt]

    async def _choose(self, act: Choose, standing: Standing, person: Person) -> list[Reply]:
        """A time is settled once: a second press, or that of somebody who writes the same case, finds it settled."""
        await cases.lock(self.connection, act.case)
        case = await cases.case_by_id(self.connection, act.case)
        if case is None or case.offer is None or (act.time and act.time not in case.offer.times):
            return [status(standing)]
        what = "time_chosen" if act.time else "no_time_fits"
        await cases.happened(self.connection, case.id, what, person.id, {"time": act.time}, self.now)
        await self.turns.telling.tell(self.connection, what, case.id)
        return []

    async def _join(self, token: str, person: Person) -> tuple[Person, list[Reply]]:
        joined = await case_invitations.redeem(self.connection, self.turns.keys.hash(token), person.id, self.now)
        if joined is None:
            return person, [across.unknown_invitation()]
        case = await cases.case_by_id(self.connection, joined)
        draft = await drafts.join(self.connection, joined, person.id, self.now)
        if not draft and case and case.state == "started":
            # Nobody had come for so long that it was deleted: what the city wrote stands in the case.
            await drafts.prepare(self.connection, joined, across.begun_by_the_city(case), self.now)
            draft = await drafts.join(self.connection, joined, person.id, self.now)
        await cases.happened(self.connection, joined, "joined", person.id, {}, self.now)
        await self.turns.telling.tell(self.connection, "joined", joined)
        return await self._changed(person, at_hand=draft), [across.joined(case)] if case else []

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
