"""What those who write a draft together do to each other, inside a turn's transaction: invite, come in, take out, leave."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.applicants import answers, forget_me, link_names, rooms
from dialogs.applicants import writers as words
from dialogs.applicants.acts import Confirm, EndLinks, Invite, Leave, NameLink, Reach, TakeOut, Weigh
from dialogs.applicants.where import Open, Standing
from dialogs.case.state import STARTED
from dialogs.language.channels import CHANNELS, CHAT, applicant_channels
from dialogs.language.replies import Reply, Tell
from dialogs.language.words import Text
from dialogs.phases.initiation.joined import JOINED
from dialogs.phases.steps import DIALOGS
from storage.cases import case_invitations, cases, drafts, writers
from storage.cases.standing import load
from storage.database.trouble import Conflict
from storage.erasure import forgetting
from storage.erasure.forgetting import Forgotten
from storage.outbox import outbox
from storage.outbox.outbox import About
from storage.people import people, staff
from storage.people.people import Address, Person

if TYPE_CHECKING:
    from bot.turns.resources import Resources


@dataclass(frozen=True, slots=True)
class CameIn:
    """What becomes of an invitation that somebody presses: what they are told, and the draft that they write from now on, 0 for none."""

    said: tuple[Reply, ...]
    draft: int = 0


class Together:
    """The acts of one turn that touch others who write the same draft."""

    def __init__(self, turns: "Resources", connection: AsyncConnection, now: datetime) -> None:
        self.turns, self.connection, self.now = turns, connection, now

    async def invite(self, act: Invite, person: int) -> Reply:
        """A link by which one more person can come in; words instead where too many wait already."""
        token = self.turns.keys.new()
        hashed = self.turns.keys.hash(token)
        made = await case_invitations.invite(self.connection, act.case, hashed, self.now, writer=person)
        return words.invitation(act.draft, tuple(self.turns.doors(CHAT, token).values()) if made else ())

    async def shown(
        self, act: Invite | EndLinks | NameLink | Reach | Weigh | Confirm, standing: Standing, at: Address
    ) -> Reply:
        """A link for one more person, or that all of theirs ended; by what the chat of this person is reached; what became of a code; or what goes
        and what stays if everything about them is deleted.
        """
        match act:
            case Invite():
                return await self.invite(act, standing.person)
            case EndLinks(case=case, draft=draft):
                return words.links_ended(draft, await case_invitations.end(self.connection, case, standing.person))
            case NameLink(case=case, draft=draft, name=name):
                there = await case_invitations.name(self.connection, case, standing.person, name, self.now)
                return link_names.named(draft, name if there else "")
            case Reach():
                return await self.turns.sessions.room(self.connection, act, standing.person, at)
            case Confirm():
                return await self.turns.confirming.done(self.connection, act, standing, self.now)
            case Weigh():
                ends = CHANNELS[at.channel].way == "kept"
                return forget_me.forget(standing, await forgetting.has_sent(self.connection, standing.person), ends)
        assert_never(act)

    async def join(self, token: str, person: Person, at: Address) -> CameIn:
        """Somebody at this address presses an invitation. Whoever is there already is told."""
        if await staff.works_at(self.connection, at):
            return CameIn((answers.not_for_colleagues(),))
        leads = await case_invitations.leads(self.connection, self.turns.keys.hashes(token), self.now)
        if leads and person.id in await cases.writers(self.connection, leads):
            # Whoever tries their own link, to see what it does, does not use it up.
            return CameIn((), await drafts.join(self.connection, self.turns.seal, leads, person.id, self.now))
        redeemed = await case_invitations.redeem(self.connection, self.turns.keys.hashes(token), person.id, self.now)
        if redeemed is None:
            return CameIn((answers.unknown_invitation(),))
        case, inviter, link_for = redeemed
        there = {one.person for one in (await writers.of_cases(self.connection, [case])).get(case, ())}
        came = await (self._come_in(case, person, link_for) if inviter else self._begin(case, person))
        if there - {person.id}:
            name = await self._name_of(came.draft, person)
            told = words.came_in(came.draft, name, len(there | {person.id}), link_for)
            await self._tell(there - {person.id}, told)
        return came

    async def _begin(self, case: int, person: Person) -> CameIn:
        """The first to come into a case that the city started."""
        there = await cases.case_by_id(self.connection, case)
        draft = await drafts.join(self.connection, self.turns.seal, case, person.id, self.now)
        if not draft and there and there.state == STARTED.id:
            # Nobody came for so long that the draft was deleted: what the city wrote is still in the case.
            await drafts.prepare(self.connection, case, self.now)
            draft = await drafts.join(self.connection, self.turns.seal, case, person.id, self.now)
        await self.turns.happens(self.connection, case, JOINED, person.id, {}, self.now)
        return CameIn((answers.joined(there),) if there else (), draft)

    async def _come_in(self, case: int, person: Person, link_for: str) -> CameIn:
        """Somebody whom a writer invited."""
        draft = await drafts.join(self.connection, self.turns.seal, case, person.id, self.now, link_for)
        return CameIn((words.joined(await self._name_of(draft, person)),), draft)

    async def _name_of(self, draft: int, person: Person) -> Text:
        """What this draft of theirs is called; "" for none."""
        one = (await load(self.connection, person, self.turns.house)).drafted(draft)
        return rooms.name_of(one) if one else ""

    async def forget(self, standing: Standing, at: Address) -> Forgotten:
        """Somebody leaves every draft that others write, too, and all that is theirs alone is deleted."""
        gone: set[str] = set()
        for one in standing.applications():
            if one.writers:
                gone |= await self.go(Leave(one.case), standing, standing.person)
        forgotten = await forgetting.forget(self.connection, standing.person, self.now, but=at)
        return replace(forgotten, gone=gone | forgotten.gone)

    async def go(self, act: Leave | TakeOut, standing: Standing, person: int) -> set[str]:
        """This person leaves a draft, or takes out somebody who came later; those whom it concerns are told. Conflict when it is not there any more.

        Returns the SHA-256 of files that nobody holds any more.
        """
        one = standing.application_in(act.case)
        if one is None:
            raise Conflict
        goes = act.person if isinstance(act, TakeOut) else person
        gone = await writers.leave(self.connection, one.case, goes, self.now)
        if isinstance(act, TakeOut):
            await self._tell({goes}, words.taken_out(rooms.name_of(one)))
        else:
            await self._tell(_others(one, person), words.went(rooms.name_of(one)))
        return gone

    async def sent(self, one: Open | None, person: int, reference: str) -> None:
        """Tell those who write a draft with this person, if any, that it has been sent."""
        if one:
            await self._tell(_others(one, person), words.sent(rooms.name_of(one), reference))

    async def call_off(self, one: Open | None, person: int) -> None:
        """Tell those who write a draft with this person, if any, that it is about to be called off."""
        if one:
            await self._tell(_others(one, person), words.called_off(DIALOGS[one.dialog].title))

    async def _tell(self, persons: set[int], said: Tell) -> None:
        for person in sorted(persons):
            if address := await people.best_address(self.connection, person, applicant_channels()):
                locale = await people.locale_of(self.connection, person)
                await outbox.put(self.connection, address, person, About(), said, locale, self.now)


def _others(one: Open, person: int) -> set[int]:
    return {other.person for other in one.writers} - {person}
