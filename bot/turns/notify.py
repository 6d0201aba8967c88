"""The notifier puts notices of what happened in a case into the outbox, for everybody they are for, on the channel each of them uses."""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, assert_never

from bot.settings.clock import Clock
from bot.turns.carried import as_notice, something_new, to_colleague
from bot.turns.confirming import Confirming
from bot.turns.hours import Hours
from bot.turns.letters import LettersToApplicants
from bot.turns.taken_back import hidden, moved
from dialogs.applicants.where import House
from dialogs.case.case import Case
from dialogs.case.extent import ByChannel
from dialogs.case.notice import Notice
from dialogs.case.notices import notices
from dialogs.case.rights import ContactPerson, may_see
from dialogs.case.step import Step
from dialogs.desk.more_arrived import more_arrived
from dialogs.desk.undelivered import nobody_left
from dialogs.kinds.times import instant
from dialogs.language.channels import CHANNELS, MAIL, applicant_channels, chats_of_staff, letters
from dialogs.language.replies import Appointment, Retraction, Tell
from storage.cases import cases, following, submissions
from storage.outbox import outbox
from storage.outbox.backlog import waits
from storage.outbox.outbox import About, Outgoing, Post
from storage.people import people, staff, usage
from storage.people.people import Address

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

MOST_AN_HOUR = 10
"""Notices about incoming matters that one address gets one by one in an hour. All further ones become a single notice."""
MORE_AFTER = timedelta(minutes=30)


class Notifier:
    """Tells people what happens in their cases.

    `link` makes the address of a case in the queue from its reference, or returns ""; `mails` says whether mail can be sent.
    `hours` says when contact persons are told: at any time unless it is given.
    """

    def __init__(
        self,
        house: House,
        link: Callable[[str], str],
        mails: bool,
        clock: Clock,
        confirming: Confirming | None = None,
        hours: Hours | None = None,
    ) -> None:
        self.house, self.link, self.mails, self.clock = house, link, mails, clock
        self._letters = LettersToApplicants(house, clock, confirming)
        self.hours = hours or Hours()

    async def tell(self, connection: "AsyncConnection", step: Step, case: Case) -> None:
        """Tell everybody who should know of a step that has just been taken. `case` already includes it."""
        if not case.reference:
            return
        if step.hides and case.protected:
            worded = partial(self._to_colleague, something_new(case), case)
            await hidden(connection, case, worded, self.house.mailbox, self.clock.now())
        if step.moves:
            await moved(connection, case, self.clock.now())
        for notice in notices(step, case, self.link(case.reference)):
            await self.put(connection, notice, case, arrived=step.arrives is not None)

    async def put(self, connection: "AsyncConnection", notice: Notice, case: Case, arrived: bool = False) -> None:
        """Put one notice into the outbox for everybody it is for. Many notices of what `arrived` from outside become one."""
        match notice.to:
            case "desk" | "holder":
                due = self._due(case)
                told = await self._desk(connection, notice, case, due)
                for one in told:
                    await self.to_colleague(connection, one, notice.reply, due, case, arrived=arrived)
                if case.protected and not told:
                    await self._stuck(connection, case, due)
            case "participants":
                await self._to_participants(connection, notice.reply, case)
            case "mailbox":
                if self.mails and self.house.mailbox:
                    to = Address(MAIL.name, self.house.mailbox)
                    if await self._one_for_many(connection, to, None, "sv", self.clock.now()):
                        return
                    await outbox.put(connection, to, None, About(case.id), notice.reply, "sv", self.clock.now())
            case _:
                assert_never(notice.to)

    def _due(self, case: Case) -> datetime:
        """When contact persons are told: within their hours, but at once if they would otherwise hear of it only after a meeting."""
        at, meeting = self.clock.now(), case.meeting
        due = self.hours.due(at)
        return at if meeting and at < instant(meeting.chosen) <= due else due

    async def _desk(
        self, connection: "AsyncConnection", notice: Notice, case: Case, due: datetime
    ) -> list[ContactPerson]:
        """Who has the case or stands in for them when it is `due`, and who follows it; everybody, while nobody active has it. Only those who may see it."""
        there = [one for one in await staff.active(connection) if may_see(one, case)]
        if not case.holder:
            return there if notice.to == "desk" else []
        wanted = {case.holder, await staff.deputy_of(connection, case.holder, due)}
        if not any(one.id in wanted for one in there):
            return there
        if notice.to == "desk":
            wanted |= await following.followers(connection, case.id)
        return [one for one in there if one.id in wanted]

    async def _stuck(self, connection: "AsyncConnection", case: Case, due: datetime) -> None:
        """Tell administrators that nobody is left who may see a protected case. They learn no more of it than its number."""
        for one in await staff.active(connection):
            if one.administrator:
                await self.to_colleague(connection, one, nobody_left(case), due)

    async def to_colleague(
        self,
        connection: "AsyncConnection",
        one: ContactPerson,
        reply: Tell | Appointment,
        due: datetime,
        case: Case | None = None,
        *,
        troubled: Collection[str] | None = None,
        arrived: bool = False,
    ) -> None:
        """Tell a contact person on Telegram; without Telegram, by mail with a link to the queue. Someone who has neither finds it in the queue.

        An alarm passes the channels that are `troubled`, if any: they are used last, and an alarm that is still waiting at the address is not repeated.
        """
        address = next(iter(await self._ways_to(connection, one, troubled or ())), None)
        if address:
            reply = self._to_colleague(reply, case, address)
        if address and troubled is not None and isinstance(reply, Tell) and await waits(connection, address, reply):
            return
        if address and arrived and await self._one_for_many(connection, address, one.id, one.locale, due):
            return
        if address:
            about = About(case.id if case else None)
            await outbox.put(connection, address, one.id, about, reply, one.locale, self.clock.now(), due_at=due)

    async def _one_for_many(
        self, connection: "AsyncConnection", to: Address, person: int | None, locale: str, due: datetime
    ) -> bool:
        """Whether this address has had MOST_AN_HOUR notices this hour. Then a single notice, now waiting there, stands for all that follow."""
        hour = f"{to.channel}:{to.address}:{due.astimezone(UTC):%Y-%m-%dT%H}"
        if await usage.count(connection, "told", sha256(hour.encode()).hexdigest(), due) <= MOST_AN_HOUR:
            return False
        said = more_arrived(self.link("").rstrip("/"))
        if not await waits(connection, to, said):
            later = max(due, self.clock.now() + MORE_AFTER)
            await outbox.put(connection, to, person, About(), said, locale, self.clock.now(), due_at=later)
        return True

    async def past_the_outbox(
        self, connection: "AsyncConnection", one: ContactPerson, said: Tell, troubled: Collection[str]
    ) -> list[Outgoing]:
        """The same message to a contact person by each way to reach them, the best first, for sending it without the outbox."""
        there = await self._ways_to(connection, one, troubled)
        return [Outgoing(to, one.id, About(), self._to_colleague(said, None, to), one.locale) for to in there]

    async def _ways_to(
        self, connection: "AsyncConnection", one: ContactPerson, troubled: Collection[str]
    ) -> list[Address]:
        channels = (*chats_of_staff(), *letters()) if self.mails else chats_of_staff()
        best = [
            await people.best_address(connection, one.id, (channel,))
            for channel in sorted(channels, key=lambda channel: channel in troubled)
        ]
        return [address for address in best if address]

    async def _to_participants(self, connection: "AsyncConnection", reply: Tell | Appointment, case: Case) -> None:
        """Tell everyone who writes the case; also by mail, unless all of them hear of it by themselves. When it reaches nobody, staff see that."""
        writers = await cases.writers(connection, case.id)
        best = {person: await people.best_address(connection, person, applicant_channels()) for person in writers}
        for person, address in best.items():
            if address:
                locale = await people.locale_of(connection, person)
                await outbox.put(connection, address, person, About(case.id), reply, locale, self.clock.now())
        contact, read = await self._contact(connection, case), any(best.values())
        if contact and not (best and _heard_of(best.values())):
            letter, whole = await self._letters.of(connection, reply, case, contact, chat=read)
            await outbox.put(connection, contact, None, About(case.id), letter, case.locale or "sv", self.clock.now())
            read = read or whole
        if not read:
            await outbox.nowhere(connection, About(case.id), reply, self.clock.now())

    async def _contact(self, connection: "AsyncConnection", case: Case) -> Address | None:
        """The address that the applicants gave for the city's answers, when mail can be sent."""
        email = await submissions.contact(connection, case.id) if self.mails else ""
        return Address(MAIL.name, email) if email else None

    def _to_colleague(self, reply: Tell | Appointment, case: Case | None, to: Address) -> Tell | Appointment:
        link = self.link(case.reference) if case else self.link("").rstrip("/")
        return to_colleague(reply, case, ByChannel(CHANNELS[to.channel], self.house.staff_bot), link)

    async def elsewhere(self, connection: "AsyncConnection", post: Post) -> bool:
        """Redirect a post whose address is gone to another address at which the person is reached. False when there is none."""
        if isinstance(post.reply, Retraction):
            return False
        case = await cases.case_by_id(connection, post.case) if post.case else None
        if post.to.channel in applicant_channels():
            return await self._applicant_elsewhere(connection, post, case)
        notice, person = as_notice(post.reply), post.person or 0
        other = await people.best_address(connection, person, chats_of_staff())
        if other:
            said = self._to_colleague(notice, case, other) if notice else None
            await outbox.redirect(connection, post.id, other, self.clock.now(), said)
            return True
        mail = await people.best_address(connection, person, letters()) if self.mails and notice else None
        if mail and notice:
            await outbox.redirect(connection, post.id, mail, self.clock.now(), self._to_colleague(notice, case, mail))
        return mail is not None

    async def _applicant_elsewhere(self, connection: "AsyncConnection", post: Post, case: Case | None) -> bool:
        other = await people.best_address(connection, post.person or 0, applicant_channels())
        if other:
            await outbox.redirect(connection, post.id, other, self.clock.now())
        notice = as_notice(post.reply)
        if notice is None or case is None or _heard_of([other]):
            return other is not None
        contact = await self._contact(connection, case)
        if contact is None or await self._mailed(connection, post, case):
            return other is not None or contact is not None
        letter, _whole = await self._letters.of(connection, notice, case, contact)
        if other:
            await outbox.put(connection, contact, None, About(case.id), letter, post.locale, self.clock.now())
        else:
            await outbox.redirect(connection, post.id, contact, self.clock.now(), letter)
        return True

    async def _mailed(self, connection: "AsyncConnection", post: Post, case: Case) -> bool:
        """Whether a mail about it went out when it happened: it did, unless everybody heard of it by themselves, as this person did."""
        others = [person for person in await cases.writers(connection, case.id) if person != post.person]
        return not _heard_of([await people.best_address(connection, person, applicant_channels()) for person in others])


def _heard_of(best: Iterable[Address | None]) -> bool:
    """Whether everybody at these addresses hears of a notice by themselves, without a letter."""
    return all(address and CHANNELS[address.channel].way == "pushed" for address in best)
