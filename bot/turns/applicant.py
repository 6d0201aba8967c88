"""An applicant's turn, inside its transaction. Law: turns taken together never touch the same person or the same case."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.turns.coming import AfterCommit, Coming
from bot.turns.daily_limits import may_send, may_write
from bot.turns.line import NOT_YET, NotYet
from dialogs.applicants import answers, conversation, rooms, sending
from dialogs.applicants import writers as together
from dialogs.applicants.sent_status import status
from dialogs.applicants.where import (
    Accept,
    Act,
    Begin,
    Choose,
    Drop,
    End,
    Forget,
    Invite,
    Join,
    Keep,
    Leave,
    Look,
    NewLink,
    Open,
    Quiet,
    Send,
    Speak,
    Standing,
    Switch,
    TakeOut,
)
from dialogs.case.state import STARTED
from dialogs.language.channels import CHANNELS, CHAT, MAIL, applicant_channels
from dialogs.language.events import Attach, Press, Unfit
from dialogs.language.replies import Ask, Receipt, Reply, Review, Tell
from dialogs.phases.always.no_time_fits import NO_TIME_FITS
from dialogs.phases.always.time_chosen import TIME_CHOSEN
from dialogs.phases.initiation.application import CONTACT
from dialogs.phases.initiation.joined import JOINED
from dialogs.phases.steps import DIALOGS, SENT
from storage.cases import case_invitations, cases, drafts, submissions, writers
from storage.cases.drafts import Kept
from storage.cases.standing import load, load_all, nothing_yet
from storage.database.trouble import Conflict
from storage.erasure import forgetting
from storage.outbox import held_updates, outbox, shown
from storage.outbox.outbox import About, Outgoing
from storage.people import people, sessions, staff
from storage.people.people import Address, Person

if TYPE_CHECKING:
    from bot.turns.origin import Origin
    from bot.turns.resources import Resources


class TakenTogether:
    """The turns of several people in one transaction. What they need from the database is fetched once for all of them."""

    def __init__(self, turns: "Resources", connection: AsyncConnection, coming: list[Coming], now: datetime) -> None:
        self.turns, self.connection, self.coming, self.now = turns, connection, coming, now
        self.there: dict[Address, Person] = {}
        self.standings: dict[int, Standing] = {}
        self.kept: list[Kept] = []
        self.letters: list[Outgoing] = []

    async def take(self) -> list[AfterCommit | NotYet]:
        """Take the turns. The result of a turn that has to wait for another is NOT_YET."""
        await self._load()
        results: list[AfterCommit | NotYet] = [NOT_YET] * len(self.coming)
        places = self._apart()
        for place in [one for one in places if self._has_to_wait(self.coming[one])]:
            places.remove(place)
            results[place] = await self._held(self.coming[place])
        arrivals = [(self.coming[place].origin.address.channel, self.coming[place].origin.updates) for place in places]
        unseen = await people.unseen(self.connection, arrivals, self.now)
        taking = {place: _Applicant(self, self.coming[place]) for at, place in enumerate(places) if at in unseen}
        if alive := {one.to for one in taking.values() if one.to in self.there}:
            await people.used(self.connection, alive, self.now)
        for place in places:
            if one := taking.get(place):
                await one.take()
            results[place] = one.taken if one else AfterCommit()
        await self._settle({one.to: one.taken for one in taking.values()}, [one.origin for one in taking.values()])
        return results

    async def _load(self) -> None:
        addresses = {one.origin.address for one in self.coming}
        self.there = await people.people_at(self.connection, addresses, self.now, lock=True)
        if persons := {person.id: person for person in self.there.values()}:
            self.standings = await load_all(self.connection, persons.values(), self.turns.house, lock=True)

    def _apart(self) -> list[int]:
        """The indexes of events that can be taken together: no two share an address, a person or a case."""
        places: list[int] = []
        busy: set[object] = set()
        for place, one in enumerate(self.coming):
            mine = self._touched(one.origin.address)
            if not mine & busy:
                places.append(place)
            busy |= mine  # also for an event that waits: what comes after it has to wait, too
        return places

    def _has_to_wait(self, coming: Coming) -> bool:
        """Whether the event has to wait: a wanted file must be fetched first, and what follows something held in the chat must stay in order."""
        person = self.there.get(coming.origin.address)
        if person is None or coming.waiting is None:
            return False
        return person.held or (coming.waiting.file and conversation.wants_files(self.standings[person.id]))

    async def _held(self, coming: Coming) -> AfterCommit:
        pieces = coming.waiting.pieces() if coming.waiting else ()
        held = await held_updates.hold(self.connection, coming.origin.address, pieces, self.now)
        return AfterCommit(instead="held" if held else "full")

    def _touched(self, address: Address) -> set[object]:
        person = self.there.get(address)
        if person is None:
            return {address}
        standing = self.standings[person.id]
        cases = [*(one.case for one in standing.open), *(one.case for one in standing.sent)]
        return {address, ("person", person.id), *(("case", case) for case in cases)}

    async def keep(self) -> set[str]:
        """Store the drafts changed so far. Returns the SHA-256 of the files they no longer hold."""
        kept, self.kept = self.kept, []
        return await drafts.keep(self.connection, kept, self.now) if kept else set()

    async def _settle(self, taken: dict[Address, AfterCommit], origins: list["Origin"]) -> None:
        """Store the changed drafts, and put the replies into the outbox."""
        gone = await self.keep()
        for one in taken.values():
            one.gone |= gone
        await shown.clear(self.connection, {one.address: one.seen for one in origins})
        ours = await self._ours({one.to for one in self.letters})
        for post in await outbox.put_all(self.connection, self.letters, self.now, ours) if self.letters else ():
            taken[post.to].posts.append(post)
        for to in {one.to for one in self.letters} - ours:
            taken[to].waits = True

    async def _ours(self, addresses: set[Address]) -> set[Address]:
        """The addresses to which this process sends at once: it has a carrier for them, and nothing else is waiting to go there first."""
        hand = self.turns.sending.hand
        far = {one for one in addresses if CHANNELS[one.channel].way != "kept"}
        if hand is None or not far:
            return set()
        waiting = await outbox.waiting(self.connection, far, self.now)
        return {one for one in far if hand.free(one, waiting.get(one, set()))}


def _application(standing: Standing, case: int) -> Open:
    """The application that is written in a case. Conflict when it is not there any more."""
    one = next((one for one in standing.applications() if one.case == case), None)
    if one is None:
        raise Conflict
    return one


class _Applicant:
    """One event of an applicant."""

    def __init__(self, beside: TakenTogether, coming: Coming) -> None:
        self.beside, self.turns, self.connection = beside, beside.turns, beside.connection
        self.origin, self.event, self.now = coming.origin, coming.event, beside.now
        self.to = coming.origin.address
        self.taken = AfterCommit()
        self.changes: dict[str, object] = {}
        """The person's fields to change."""
        self.forgotten = False

    async def take(self) -> None:
        """Deal with the event."""
        person = self.beside.there.get(self.to)
        if person is None:
            person = await people.new_person(self.connection, self.to, self.origin.locale, self.now)
            if person is None:
                raise Conflict
            if self.origin.session:
                await sessions.begin(self.connection, person.id, self.origin.session, self.now)
            standing = nothing_yet(person, self.turns.house)
        else:
            standing = self.beside.standings[person.id]
        if isinstance(self.event, Attach):
            self.event = await self._stored(self.event, standing)
        said = conversation.converse(standing, self.event, self.now)
        replies = list(said.replies)
        for act in said.acts:
            person, more = await self._carry_out(act, standing, person)
            replies += more
            self.taken.waits |= isinstance(
                act, Send | Choose | Join | Leave | TakeOut | Forget
            )  # others are told of these
        if self.changes and not self.forgotten:
            await people.change(self.connection, person.id, **self.changes)
        if said.show:
            self.taken.gone |= await self.beside.keep()
            standing = await load(self.connection, person, self.turns.house)
            replies.append(rooms.with_cancel(rooms.place(standing), standing))
        self._answer(person, replies)

    async def _stored(self, attach: Attach, standing: Standing) -> Attach:
        """The event with only those files that there is room for and that are still stored: somebody else with the same file may just have deleted it."""
        there = await self.turns.files.there(self.connection, {file.sha256 for file in attach.files})
        kept = tuple(file for file in attach.files if file.sha256 in there)
        case = standing.here.case if standing.here else 0
        fitting = await self.turns.uploads.quotas.fitting(self.connection, standing.person, case, kept)
        lost: tuple[Unfit, ...] = ("damaged",) if kept != attach.files else ()
        over: tuple[Unfit, ...] = ("full",) if fitting != kept else ()
        return replace(attach, files=fitting, refused=(*attach.refused, *lost, *over))

    async def _carry_out(  # noqa: C901, PLR0912 one case for each act, and assert_never
        self, act: Act, standing: Standing, person: Person
    ) -> tuple[Person, list[Reply]]:
        match act:
            case Speak(locale=locale):
                return self._changed(person, locale=locale), []
            case Accept(version=version):
                return self._changed(person, terms=version, terms_at=self.now), []
            case Begin(dialog=dialog, case=case, answers=given, changing=changing):
                id = await drafts.begin(self.connection, dialog, case, person.id, given, self.now, changing=changing)
                return self._changed(person, at_hand=id), []
            case Switch(draft=draft):
                return self._changed(person, at_hand=draft), []
            case Keep(draft=draft):
                before = standing.drafted(draft.id)
                if before is None:
                    raise Conflict
                self.beside.kept.append(Kept(before.draft, draft, before.case))
            case Drop(draft=draft):
                await self._told_it_is_gone(standing.drafted(draft))
                self.taken.gone |= await drafts.drop(self.connection, draft, self.now)
                self.taken.dropped = True
            case Forget():
                for one in standing.applications():
                    if one.writers:
                        await self._leave(one, person.id)
                forgotten = await forgetting.forget(self.connection, person.id, self.now, but=self.to)
                self.taken.gone |= forgotten.gone
                no_browser = CHANNELS[self.to.channel].way == "kept"  # none stays in
                self.taken.dropped, self.forgotten = True, forgotten.whole or no_browser
            case Send():
                return await self._send(act, standing, person)
            case Quiet():
                return self._changed(person, reminders=False), []
            case Join(token=token):
                return await self._join(token, person)
            case Leave(case=case):
                await self._leave(_application(standing, case), person.id)
            case TakeOut(case=case, person=other):
                await self._take_out(_application(standing, case), other)
            case Choose():
                return person, await self._choose(act, standing, person)
            case Invite() | Look() | End() | NewLink():
                return person, [await self._shown(act, person)]
            case _:
                assert_never(act)
        return person, []

    def _changed(self, person: Person, **values: object) -> Person:
        self.changes |= values
        return replace(person, **{name: value for name, value in values.items() if name != "terms_at"})  # type: ignore[arg-type]

    async def _send(self, act: Send, standing: Standing, person: Person) -> tuple[Person, list[Reply]]:
        turns, network = self.turns, self.origin.network
        if not await may_send(self.connection, turns.limits, turns.keys, network, person.id, act.record, now=self.now):
            return person, [sending.enough_for_today(standing)]
        title = act.record.title or (act.shared.title if act.shared else "")
        district = self.turns.house.city.district_of(title) if isinstance(title, str) else ""
        filing = await submissions.submit(
            self.connection, self.turns.seal, act.draft, act.record, act.shared, person, now=self.now, district=district
        )
        case = filing.case
        self.taken.gone |= filing.gone
        await self.turns.notifier.tell(self.connection, SENT[act.record.dialog], case)
        receipt = sending.receipt(act.record.dialog, case.reference, self.now, self.turns.house.mailbox, case.id)
        if self.turns.mails and (email := (act.record.value(CONTACT.key) or {}).get("email")):
            await self._mail_receipt(receipt, case.id, email, person.locale)
        beside = next(
            (one.draft.id for one in standing.applications() if one.case == case.id and one.draft.id != act.draft.id), 0
        )
        return self._changed(person, at_hand=beside), [receipt]

    async def _mail_receipt(self, receipt: Receipt, case: int, address: str, locale: str) -> None:
        """Send the receipt as a letter. If nobody has confirmed the address, the letter brings a link to do so."""
        asked = await self.turns.confirming.asked(self.connection, case, address, self.now)
        if asked and not await may_write(self.connection, self.turns.limits, self.turns.keys, address, self.now):
            return
        receipt = replace(receipt, words=(*receipt.words, *asked))
        await outbox.put(self.connection, Address(MAIL.name, address), None, About(case), receipt, locale, self.now)

    async def _choose(self, act: Choose, standing: Standing, person: Person) -> list[Reply]:
        """Settle a meeting time, once: a second press, even by somebody else who writes the same case, finds it settled."""
        await cases.lock(self.connection, act.case)
        case = await cases.case_by_id(self.connection, act.case)
        if case is None or case.offer is None or (act.time and act.time not in case.offer.times):
            return [status(standing)]
        step = TIME_CHOSEN if act.time else NO_TIME_FITS
        await self.turns.happens(self.connection, case.id, step, person.id, {"time": act.time}, self.now)
        return []

    async def _join(self, token: str, person: Person) -> tuple[Person, list[Reply]]:
        if await staff.works_at(self.connection, self.to):
            return person, [answers.not_for_colleagues()]
        redeemed = await case_invitations.redeem(self.connection, self.turns.keys.hashes(token), person.id, self.now)
        if redeemed is None:
            return person, [answers.unknown_invitation()]
        joined, inviter = redeemed
        if inviter is not None:
            return await self._come_to_write(joined, person)
        case = await cases.case_by_id(self.connection, joined)
        draft = await drafts.join(self.connection, joined, person.id, self.now)
        if not draft and case and case.state == STARTED.id:
            # Nobody came for so long that the draft was deleted: what the city wrote is still in the case.
            await drafts.prepare(self.connection, joined, self.now)
            draft = await drafts.join(self.connection, joined, person.id, self.now)
        await self.turns.happens(self.connection, joined, JOINED, person.id, {}, self.now)
        return self._changed(person, at_hand=draft), [answers.joined(case)] if case else []

    async def _come_to_write(self, case: int, person: Person) -> tuple[Person, list[Reply]]:
        """Somebody comes in by the invitation of a writer, and the others are told."""
        there = {one.person for one in (await writers.of_cases(self.connection, [case])).get(case, ())}
        draft = await drafts.join(self.connection, case, person.id, self.now)
        person = self._changed(person, at_hand=draft)
        standing = await load(self.connection, person, self.turns.house)
        one = standing.drafted(draft)
        name = rooms.name_of(one) if one else ""
        if person.id not in there:
            said = together.came_in(draft, name, len(there) + 1)
            await self._tell(there, said)
        return person, [together.joined(name)]

    async def _invite(self, act: Invite, person: Person) -> Reply:
        token = self.turns.keys.new()
        made = await case_invitations.invite(
            self.connection, act.case, self.turns.keys.hash(token), self.now, writer=person.id
        )
        return together.invitation(act.draft, tuple(self.turns.doors(CHAT, token).values()) if made else ())

    async def _shown(self, act: Invite | Look | End | NewLink, person: Person) -> Reply:
        if isinstance(act, Invite):
            return await self._invite(act, person)
        return await self.turns.sessions.room(self.connection, act, person.id, self.to)

    async def _leave(self, one: Open, person: int) -> None:
        await writers.leave(self.connection, one.case, person)
        await self._tell({other.person for other in one.writers} - {person}, together.went(rooms.name_of(one)))

    async def _take_out(self, one: Open, other: int) -> None:
        await writers.leave(self.connection, one.case, other)
        await self._tell({other}, together.taken_out(rooms.name_of(one)))

    async def _told_it_is_gone(self, one: Open | None) -> None:
        """Tell the others who write a small dialog that is about to be called off."""
        if one and one.writers:
            others = {other.person for other in one.writers} - {self.beside.there[self.to].id}
            await self._tell(others, together.called_off(DIALOGS[one.dialog].title))

    async def _tell(self, persons: set[int], said: Tell) -> None:
        """Tell other applicants something, on the channel that they use."""
        for person in sorted(persons):
            if address := await people.best_address(self.connection, person, applicant_channels()):
                locale = await people.locale_of(self.connection, person)
                await outbox.put(self.connection, address, person, About(), said, locale, self.now)

    def _answer(self, person: Person, replies: Iterable[Reply]) -> None:
        if self.forgotten and CHANNELS[self.to.channel].way == "kept":
            return  # nobody is left to whom anything could be shown
        whose = None if self.forgotten else person.id
        pressed = self.event if isinstance(self.event, Press) else None
        for reply in replies:
            # A question asked again in the same draft replaces its own message.
            same = pressed and isinstance(reply, Ask) and (reply.key, reply.draft) == (pressed.key, pressed.draft)
            about = About(draft=reply.draft or None) if isinstance(reply, Ask | Review | Tell) else About()
            replaces = pressed.ref if pressed and same else ""
            self.beside.letters.append(Outgoing(self.to, whose, about, reply, person.locale, replaces))
