"""Tasks: what a contact person does, inside a transaction.
Law: someone who may not do a thing gets the same answer as if it did not exist.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.turns.taken_back import dispose
from dialogs.applicants.where import Open
from dialogs.case.background import Background
from dialogs.case.case import Case, Submission
from dialogs.case.rights import ContactPerson, may_see, may_take
from dialogs.case.state import STARTED
from dialogs.case.task import CONTEXT, data_of
from dialogs.desk import invited, screens
from dialogs.desk.absence import ABSENCE
from dialogs.desk.colleague import COLLEAGUE
from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.engine.draft import Answer, Draft
from dialogs.engine.record import Record
from dialogs.kinds.day import STOCKHOLM
from dialogs.language.channels import CHAT, MAIL, with_doors
from dialogs.language.ids import number_of
from dialogs.phases.always.back import parts_of
from dialogs.phases.always.disposed import DISPOSED, proposals_of
from dialogs.phases.always.handover import HANDOVER
from dialogs.phases.always.protect import ADMINISTRATORS, PROTECT
from dialogs.phases.always.taken import TAKEN
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.initiation.completion import as_it_stands
from dialogs.phases.initiation.start import START
from dialogs.phases.steps import TASKS, open_to
from storage.cases import (
    case_invitations,
    cases,
    desk_drafts,
    drafts,
    following,
    house_events,
    openings,
    queue,
    submissions,
)
from storage.database.json import TEXT, as_json
from storage.people import people, staff
from storage.people.people import Address

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.turns.resources import Resources
    from dialogs.language.replies import Tell
    from dialogs.language.words import Text


@dataclass(frozen=True, slots=True)
class Done:
    """A finished task: the reply, its case, and the one-time tokens it made, by the door they open ("web_staff", "telegram_staff", "chat")."""

    said: "Tell"
    case: Case | None = None
    tokens: tuple[tuple[str, str], ...] = ()


class DeskWork:
    """One contact person at work in one transaction."""

    def __init__(self, turns: "Resources", connection: "AsyncConnection", who: ContactPerson, now: datetime) -> None:
        self.turns, self.connection, self.who, self.now = turns, connection, who, now

    async def case(self, id: int) -> Case | None:
        """A case that they may see, or None."""
        found = await cases.case_by_id(self.connection, id) if await queue.sees(self.connection, self.who, id) else None
        return found if found and may_see(self.who, found) else None

    async def locked(self, id: int) -> Case | None:
        """A case that they may see, as it is with nobody else writing into it until this transaction is over; or None.

        What a draft confirms is judged by what the case knows, so its case is locked before it is read.
        """
        if await queue.sees(self.connection, self.who, id):
            await cases.lock(self.connection, id)
        return await self.case(id)

    async def opened(self, case: Case, what: str) -> None:
        """Note in the access log that they opened the case, or something in it. With the case itself ("case"), all that happened so far counts as read."""
        await openings.opened(self.connection, case.id, self.who.id, what, self.now)
        if what == "case":
            await following.read(self.connection, case.id, self.who.id, case.latest)

    async def take(self, case: Case) -> bool:
        """Give them the case, and tell the applicants. False when they cannot have it."""
        if not may_take(self.who, case):
            return False
        taken = await cases.take(self.connection, self.turns.seal, case.id, self.who.id, self.now)
        if taken is None:
            return False
        await self._read_own(case)
        await self.turns.notifier.tell(self.connection, TAKEN, taken)
        return True

    async def follow(self, case: Case, follows: bool) -> None:
        """Start telling them what happens in the case, or stop."""
        await following.follow(self.connection, case.id, self.who.id, follows)

    def allowed(self, dialog: str, case: Case | None) -> bool:
        """Whether they may do this task now."""
        if dialog in TASKS:
            return case is not None and open_to(self.who, case, TASKS[dialog])
        return dialog in DESK_DIALOGS and case is None and (dialog != COLLEAGUE.key or self.who.administrator)

    async def begin(self, dialog: str, case: Case | None) -> Open:
        """The draft of this task that they began before, or a new one."""
        in_case = case.id if case else 0
        there = await desk_drafts.begun(self.connection, self.who.id, dialog, in_case)
        if there is None:
            await desk_drafts.begin(self.connection, self.who.id, dialog, in_case, {}, self.now)
            there = await desk_drafts.begun(self.connection, self.who.id, dialog, in_case)
        if there is None:
            raise LookupError("a draft that has just been begun")
        return await self.in_context(there, case)

    def _answer(self, value: Any) -> Answer:
        return Answer(value, self.who.id, self.who.locale, self.now)

    async def in_context(self, one: Open, case: Case | None) -> Open:
        """The draft with today's choices for its questions, and what the case knows of the answers. Neither is ever stored."""
        city = self.turns.house.city
        holder = case.holder if case and one.dialog == HANDOVER.id else self.who.id
        colleagues = await staff.active(self.connection)
        context: dict[str, Any] = {
            "today": staff.today(self.now),
            "people": [[f"p{other.id}", other.name] for other in colleagues if other.id != holder],
            "committees": [[committee.id, committee.name] for committee in city.committees],
            "districts": [[district.id, district.name] for district in city.districts],
            "parts": parts_of(case) if case else [],
            "proposals": proposals_of(case) if case else [],
            "applied": "yes" if case and APPLICATION.key in case.kinds else "",
            "mails": await staff.mails(self.connection) if one.dialog == COLLEAGUE.key else [],
        }
        answers = one.draft.answers | {key: self._answer(value) for key, value in context.items()}
        return replace(one, draft=await self._informed(replace(one.draft, answers=answers), one.dialog, case))

    async def _informed(self, draft: Draft, dialog: str, case: Case | None) -> Draft:
        if case is None or dialog not in TASKS or not TASKS[dialog].prefilled:
            return draft
        background = Background(case, as_it_stands(await self.sent(case)), staff.today(self.now))
        house, locale = self.turns.house, self.who.locale
        return TASKS[dialog].informed(draft, background, lambda words: house.say(words, locale))

    async def keep(self, before: Draft, after: Draft) -> None:
        """Store what a turn made of their draft, without its context. Raises Conflict when another turn was quicker."""
        answers = {key: answer for key, answer in after.answers.items() if key not in CONTEXT}
        await desk_drafts.keep(self.connection, replace(after, answers=answers), before.version, self.now)

    async def finish(self, one: Open, case: Case | None, record: Record) -> Done:
        """Carry out in a `locked` case what was filled in, once: a second press finds the draft gone."""
        if not self.allowed(one.dialog, case) or not await desk_drafts.drop(self.connection, one.draft.id):
            return Done(screens.not_now(), case)
        match one.dialog:
            case START.id:
                return await self._start(record)
            case ABSENCE.key:
                return await self._away(record)
            case COLLEAGUE.key:
                return await self._invite(record)
            case DISPOSED.id:
                return await self._dispose(case, record)
        return await self._write(one.dialog, case, record)

    async def _write(self, dialog: str, case: Case | None, record: Record) -> Done:
        task = TASKS[dialog]
        if case is None:
            return Done(screens.missing())
        data = data_of(record) | ({"locale": self.who.locale} if task.keeps_locale else {})
        if task is PROTECT and not case.holder:
            data[ADMINISTRATORS] = await staff.who_administer(self.connection)
        after = await self.turns.happens(self.connection, case.id, task, self.who.id, data, self.now)
        await self._read_own(case)
        said = screens.done(DESK_DIALOGS[dialog].sent, case, task.tells_applicants(after))
        return Done(said, await self.case(case.id))

    async def _dispose(self, case: Case | None, record: Record) -> Done:
        """Delete what the case says. Files that nobody holds any more go with the next sweep."""
        certain, proposed = record.value("certain") == "yes", case.proposal if case else None
        gone = None
        if case and proposed and certain:
            decision = {"number": proposed.number, "day": proposed.day}
            gone = await dispose(self.connection, self.turns.seal, case.id, decision, self.who.id, self.now)
        if case is None or gone is None:
            return Done(screens.not_now(), case)
        return Done(screens.done(DESK_DIALOGS[DISPOSED.id].sent, case, told=False), await self.case(case.id))

    async def _read_own(self, before: Case) -> None:
        """What they did themselves is not new to them; what came in before it and was not read stays unread."""
        if await following.read_to(self.connection, before.id, self.who.id) >= before.latest:
            after = await self.case(before.id)
            await following.read(self.connection, before.id, self.who.id, after.latest if after else before.latest)

    async def _start(self, record: Record) -> Done:
        case = await cases.new(self.connection, self.now)
        reference = await cases.reference(self.connection, case, self.now.astimezone(STOCKHOLM).year)
        district = self.turns.house.city.district_of(record.title) if isinstance(record.title, str) else ""
        named = {"reference": reference, "title": as_json(TEXT, record.title), "district": district}
        data = data_of(record) | named
        started = await cases.happened(self.connection, self.turns.seal, case, START.id, self.who.id, data, self.now)
        await drafts.prepare(self.connection, case, self.now)
        return await self._link(started)

    async def invite_actor(self, id: int) -> Done:
        """A link into a case that they have started, for one actor."""
        case = await self.case(id)
        if case is None or case.state != STARTED.id or case.holder != self.who.id:
            return Done(screens.missing())
        if await case_invitations.written(self.connection, case.id):
            return Done(invited.they_invite_themselves(case))
        return await self._link(case)

    async def _link(self, case: Case) -> Done:
        token = self.turns.keys.new()
        if not await case_invitations.invite(self.connection, case.id, self.turns.keys.hash(token), self.now):
            return Done(invited.enough_links(case))
        return Done(invited.invited_actor(case, [*self.turns.doors(CHAT, token).values()]), case, ((CHAT, token),))

    async def _away(self, record: Record) -> Done:
        since, until = sorted((str(record.value("since")), str(record.value("until"))))
        await staff.away(self.connection, self.who.id, since, until, number_of(record.value("deputy")))
        return Done(screens.done(ABSENCE.sent, None, told=False))

    async def back_at_work(self) -> None:
        """End their absence."""
        await staff.away(self.connection, self.who.id, "", "", None)

    async def _invite(self, record: Record) -> Done:
        administrator = record.value("role") == "administrator"
        name = str(record.value("name"))
        if any(one.name.casefold() == name.casefold() for one in await staff.colleagues(self.connection)):
            # A link for somebody who is known already would be a way into their cases.
            return Done(invited.name_is_taken(name))
        person = await staff.contact_person(self.connection, name, self.now, administrator)
        await self.logged("invited", person, role="administrator" if administrator else "contact_person")
        if email := record.value("email"):
            await people.add_address(self.connection, Address(MAIL.name, str(email)), person, self.now)
        tokens = tuple((one.name, self.turns.keys.new()) for one in with_doors("staff"))
        links: list[Text] = []
        for door, token in tokens:
            await staff.invite(self.connection, person, self.turns.keys.hash(token), self.now)
            links += self.turns.doors(door, token).values()
        return Done(invited.invited_colleague(name, links), None, tokens)

    async def logged(self, what: house_events.Administered, about: int, **said: str) -> None:
        """Write into the log of who administers what they did to a colleague."""
        seal = self.turns.seal
        await house_events.happened(self.connection, seal, what, self.who.id, self.now, about=about, **said)

    async def sent(self, case: Case) -> list[Submission]:
        """Everything that was sent in a case."""
        return await submissions.of_case(self.connection, case.id)
