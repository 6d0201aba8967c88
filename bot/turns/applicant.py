"""An applicant's turn, inside its transaction. Law: turns taken together never touch the same person or the same case."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.turns.coming import AfterCommit, Coming
from bot.turns.daily_limits import may_send
from bot.turns.line import NOT_YET, NotYet
from bot.turns.receipt_by_mail import mail_receipt
from bot.turns.sessions import ended_since
from bot.turns.together import Together
from dialogs.applicants import conversation, forget_me, rooms, sending
from dialogs.applicants.acts import (
    Accept,
    Act,
    Begin,
    Choose,
    Confirm,
    Drop,
    EndLinks,
    Forget,
    Invite,
    Join,
    Keep,
    Leave,
    NameLink,
    Quiet,
    Reach,
    Send,
    Speak,
    Switch,
    TakeOut,
    Weigh,
)
from dialogs.applicants.sent_status import status
from dialogs.applicants.where import Standing
from dialogs.language.channels import CHANNELS
from dialogs.language.events import Attach, Press, Unfit
from dialogs.language.replies import Ask, Reply, Review, Tell
from dialogs.phases.always.no_time_fits import NO_TIME_FITS
from dialogs.phases.always.time_chosen import TIME_CHOSEN
from dialogs.phases.steps import SENT
from storage.cases import cases, drafts, submissions
from storage.cases.drafts import Kept
from storage.cases.standing import load, load_all, nothing_yet
from storage.database.trouble import Conflict
from storage.outbox import held_updates, outbox, shown
from storage.outbox.outbox import About, Outgoing
from storage.people import people
from storage.people.people import Address, Person
from storage.people.sessions import newcomer

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
        out = await ended_since(self.connection, self.coming, self.there)
        for place in [one for one in places if one in out or self._has_to_wait(self.coming[one])]:
            places.remove(place)
            results[place] = AfterCommit(instead="ended") if place in out else await self._held(self.coming[place])
        arrivals = [(self.coming[place].origin.address.channel, self.coming[place].origin.updates) for place in places]
        unseen = await people.unseen(self.connection, arrivals, self.now)
        taking = {place: _Applicant(self, self.coming[place]) for at, place in enumerate(places) if at in unseen}
        await people.used(self.connection, {one.to for one in taking.values() if one.to in self.there}, self.now)
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


class _Applicant:
    """One event of an applicant."""

    def __init__(self, beside: TakenTogether, coming: Coming) -> None:
        self.beside, self.turns, self.connection = beside, beside.turns, beside.connection
        self.origin, self.event, self.now = coming.origin, coming.event, beside.now
        self.to = coming.origin.address
        self.together = Together(self.turns, self.connection, self.now)
        self.taken = AfterCommit()
        self.changes: dict[str, object] = {}
        """The person's fields to change."""
        self.forgotten = False

    async def take(self) -> None:
        """Deal with the event."""
        person = self.beside.there.get(self.to)
        if person is None:
            person = await newcomer(self.connection, self.to, self.origin.locale, self.now, self.origin.session)
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
            # Others are told of these, or a letter goes.
            self.taken.waits |= isinstance(act, Send | Choose | Join | Leave | TakeOut | Forget | Confirm)
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

    async def _carry_out(  # noqa: C901, PLR0911, PLR0912 one case for each act, and assert_never
        self, act: Act, standing: Standing, person: Person
    ) -> tuple[Person, list[Reply]]:
        match act:
            case Speak(locale=locale):
                return self._changed(person, locale=locale), []
            case Accept(version=version):
                return self._changed(person, terms=version, terms_at=self.now), []
            case Begin():
                id = await drafts.begin(self.connection, self.turns.seal, act, person.id, self.now)
                return self._changed(person, at_hand=id), []
            case Switch(draft=draft):
                return self._changed(person, at_hand=draft), []
            case Keep(draft=draft):
                before = standing.drafted(draft.id)
                if before is None:
                    raise Conflict
                self.beside.kept.append(Kept(before.draft, draft, before.case))
            case Drop(draft=draft):
                await self.together.call_off(standing.drafted(draft), person.id)
                self.taken.gone |= await drafts.drop(self.connection, draft, self.now)
                self.taken.dropped = True
            case Forget():
                forgotten = await self.together.forget(standing, self.to)
                self.taken.gone |= forgotten.gone
                self.taken.dropped, self.forgotten = True, forgotten.unreached
                return person, [] if forgotten.whole or standing.arrived else [Tell((forget_me.stays(standing),))]
            case Send():
                return await self._send(act, standing, person)
            case Quiet():
                return self._changed(person, reminders=False), []
            case Join(token=token):
                came = await self.together.join(token, person, self.to)
                return self._changed(person, at_hand=came.draft) if came.draft else person, list(came.said)
            case Invite() | EndLinks() | NameLink() | Reach() | Weigh() | Confirm():
                return person, [await self.together.shown(act, standing, self.to)]
            case Leave() | TakeOut():
                self.taken.gone |= await self.together.go(act, standing, person.id)
            case Choose():
                return person, await self._choose(act, standing, person)
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
        if closed := await submissions.closed(self.connection, act.record.dialog, standing.drafted(act.draft.id)):
            return person, [sending.closed(standing, act.draft.id, closed.reference)]
        title = act.record.title or (act.shared.title if act.shared else "")
        district = self.turns.house.city.district_of(title) if isinstance(title, str) else ""
        filing = await submissions.submit(
            self.connection, self.turns.seal, act.draft, act.record, act.shared, person, now=self.now, district=district
        )
        case = filing.case
        self.taken.gone |= filing.gone
        await self.turns.notifier.tell(self.connection, SENT[act.record.dialog], case)
        await self.together.sent(standing.drafted(act.draft.id), person.id, case.reference)
        unnamed, mailbox = await submissions.nameless(self.connection, case), turns.house.mailbox
        receipt = sending.receipt(act.record.dialog, case.reference, self.now, mailbox, case.id, nameless=unnamed)
        asked = await mail_receipt(turns, self.connection, receipt, case, act.record, person.locale, now=self.now)
        return self._changed(person, at_hand=standing.beside(act.draft.id, case.id)), [receipt, *asked]

    async def _choose(self, act: Choose, standing: Standing, person: Person) -> list[Reply]:
        """Settle a meeting time, once: a second press, even by somebody else who writes the same case, finds it settled."""
        await cases.lock(self.connection, act.case)
        case = await cases.case_by_id(self.connection, act.case)
        if case is None or case.offer is None or (act.time and act.time not in case.offer.times):
            return [status(standing)]
        step = TIME_CHOSEN if act.time else NO_TIME_FITS
        await self.turns.happens(self.connection, case.id, step, person.id, {"time": act.time}, self.now)
        return []

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
