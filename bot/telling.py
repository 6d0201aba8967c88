"""Telling: the notices of what happened in a case, put into the outbox for everybody they are for, on the channel each of them uses."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from bot.clock import now
from dialogs.case import Case
from dialogs.desk.people import ContactPerson, may_see
from dialogs.notices import Notice, notices
from dialogs.replies import Appointment, Tell
from dialogs.standing import House
from dialogs.words import _
from storage import cases, following, outbox, people, staff, submissions
from storage.outbox import About
from storage.people import Address

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

APPLICANT_CHANNELS = ("applicants", "web")
DESK_CHANNELS = ("contact_persons", "mail")


class Telling:
    """`link` makes the address of a case in the queue from its reference, or ""; `mails` is whether mail can be sent."""

    def __init__(self, house: House, link: Callable[[str], str], mails: bool) -> None:
        self.house, self.link, self.mails = house, link, mails

    async def tell(self, connection: "AsyncConnection", what: str, case_id: int) -> None:
        """Everybody who is to know of an event that has just been written."""
        case = await cases.case_by_id(connection, case_id)
        if case:
            for notice in notices(what, case, self.link(case.reference)):
                await self.put(connection, notice, case)

    async def put(self, connection: "AsyncConnection", notice: Notice, case: Case) -> None:
        """One notice to everybody it is for."""
        match notice.to:
            case "desk" | "holder":
                for one in await self._desk(connection, notice, case):
                    await self._to_colleague(connection, one, notice.reply, case)
            case "participants":
                for person in await cases.writers(connection, case.id):
                    await self._to_applicant(connection, person, notice.reply, case)
                await self._by_mail(connection, notice.reply, case)
            case "mailbox":
                if self.mails and self.house.mailbox:
                    to = Address("mail", self.house.mailbox)
                    await outbox.put(connection, to, None, About(case.id), notice.reply, "sv", now())
            case _:
                assert_never(notice.to)

    async def _desk(self, connection: "AsyncConnection", notice: Notice, case: Case) -> list[ContactPerson]:
        """Who has the case, or stands in for them, and who follows it; while nobody active has it, everybody. Nobody who may not see it."""
        there = [one for one in await staff.active(connection) if may_see(one, case)]
        if not case.holder:
            return there if notice.to == "desk" else []
        wanted = {case.holder, await staff.deputy_of(connection, case.holder, now())}
        if not any(one.id in wanted for one in there):
            return there
        if notice.to == "desk":
            wanted |= await following.followers(connection, case.id)
        return [one for one in there if one.id in wanted]

    async def _to_colleague(
        self, connection: "AsyncConnection", one: ContactPerson, reply: Tell | Appointment, case: Case
    ) -> None:
        """On Telegram; by mail to whoever has none, with the way to the queue."""
        address = await people.best_address(connection, one.id, ("contact_persons",))
        if address is None and self.mails:
            address = await people.best_address(connection, one.id, ("mail",))
            reply = replace(
                reply, words=(*reply.words, _("Open it in the queue: {link}", link=self.link(case.reference)))
            )
        if address:
            await outbox.put(connection, address, one.id, About(case.id), reply, one.locale, now())

    async def _to_applicant(
        self, connection: "AsyncConnection", person: int, reply: Tell | Appointment, case: Case
    ) -> None:
        address = await people.best_address(connection, person, APPLICANT_CHANNELS)
        if address:
            locale = await people.locale_of(connection, person)
            await outbox.put(connection, address, person, About(case.id), reply, locale, now())

    async def _by_mail(self, connection: "AsyncConnection", reply: Tell | Appointment, case: Case) -> None:
        """By mail to the address that was given as the one to answer, unless Telegram tells them already. Of a protected case no word but its number."""
        if not self.mails or await self._all_on_telegram(connection, case):
            return
        contact = await submissions.contact(connection, case.id)
        if not contact:
            return
        if case.protected:
            reply = Tell((_("There is something new about {reference}.", reference=case.reference),), title=reply.title)
        if self.house.chat:
            reply = replace(reply, words=(*reply.words, _("To answer, open the chat: {link}", link=self.house.chat)))
        to = Address("mail", contact)
        await outbox.put(connection, to, None, About(case.id), reply, case.locale or "sv", now())

    async def _all_on_telegram(self, connection: "AsyncConnection", case: Case) -> bool:
        writers = await cases.writers(connection, case.id)
        best = [await people.best_address(connection, person, ("applicants",)) for person in writers]
        return bool(best) and all(best)
