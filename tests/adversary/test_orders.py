"""A case goes through its steps in any order that they allow, and every page, paper, notice and export of it is looked at on the way."""

from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

import pytest

from bot.turns.contact_person import at_work, fill_in
from bot.turns.hours import A_DAY, clock_at
from bot.turns.invite import invite
from bot.turns.origin import Origin
from bot.worker.due import Deadlines
from bot.worker.retention import CLOSED_KEPT
from dialogs.applicants.where import Open
from dialogs.case.background import Background
from dialogs.case.case import Case, CaseEvent
from dialogs.case.rights import ContactPerson
from dialogs.engine.draft import Draft
from dialogs.kinds.times import instant
from dialogs.language.events import Press, Say, Start
from dialogs.language.replies import Button, Tell
from dialogs.language.words import _
from dialogs.phases.initiation.completion import as_it_stands
from dialogs.phases.initiation.part import initiation
from dialogs.phases.steps import INTERNAL, STEPS, TASKS, open_to, opens, sentence
from storage.database.tables import case_events, outbox
from storage.outbox.outbox import readable
from storage.people import staff
from storage.people.people import Address
from tests.adversary.everywhere import places
from tests.adversary.plain import plain
from tests.adversary.unsaid import read, unsaid
from tests.applicant import receipt_of, sends_an_application
from tests.clock import Clock, now
from tests.house import Caller, asked
from tests.prefilled import misfits
from tests.spread import WHOLE
from tests.ways import rows
from tests.web.cases import case_of, completed, did, fields, nadia, posted, signed_in, took
from tests.web.conftest import Served
from tests.web.visitor import Visitor

SECRET = "qvxz"
"""In whatever is written in an internal step, and nowhere else."""
TOKEN = "sara" * 8
"""What the applicant's browser keeps."""
STEPS_EACH = 14
ORDERS = range(24 if WHOLE else 1)
BEGIN_OR_END = {"start", "joined", "meeting_sent", "withdrawal_sent"}
"""Steps by which a case begins or ends in another way."""
Doing = Callable[[], Coroutine[Any, Any, object]]
FIRST = ("overdue", "reminded")
"""What happens by itself comes before an answer of the applicants, after which it does not."""
LAST = ("decision", "disposed")
"""After these there is little to be done any more."""
HEAVY = ("package", ".pdf", "/export", ".svg")
"""Looked at after some steps only: they are made anew each time."""
BOT = ("case", "read", "more", "log", "package")
"""What the contact persons' bot shows of a case."""


def secretly(step: str, given: dict[str, Any]) -> dict[str, Any]:
    """The same form; what an internal step says, says the secret too."""
    texts = (
        {name for name in given if name.endswith((".text", ".words"))} if step in INTERNAL or step == "handover" else ()
    )
    return {name: f"{value} {SECRET}" if name in texts else value for name, value in given.items()}


async def got(visitor: Visitor, path: str) -> str:
    """All text of what is there."""
    async with visitor.session.get(visitor.url + path) as answer:
        assert answer.status == 200, path
        return plain(await answer.read())


@dataclass
class Walk:
    """One case on its way: the administrator who looks on and has it first, who else may have it, who applied, and their browsers."""

    served: Served
    reference: str
    nadia: ContactPerson
    bo: ContactPerson
    sara: Caller
    desk: Visitor
    chat: Visitor
    done: list[str] = field(default_factory=list)

    async def case(self) -> Case:
        """As it is now."""
        return await case_of(self.served, self.reference)

    async def could(self) -> dict[str, Doing]:
        """What can be done now, by each side and by the house."""
        case = await self.case()
        who, other = (self.bo, self.nadia) if case.holder == self.bo.id else (self.nadia, self.bo)
        given = fields(
            self.served,
            part=max((one.id for one in case.away), default=0),
            colleague=other.id,
            proposal=case.proposal.id if case.proposal else 0,
        )
        found: dict[str, Doing] = {
            key: partial(did, self.served, self.reference, by, key, posted(secretly(key, given[key])))
            for key, step in TASKS.items()
            for by in ({"disposed": self.nadia, "propose": self.bo}.get(key, who),)
            if open_to(by, case, step)
        }
        if case.closing and not case.kept:
            found["kept"] = partial(self._by_itself, case.closing.at + CLOSED_KEPT + A_DAY)
        if case.closing and self.is_fresh("reopen"):
            return {name: doing for name, doing in found.items() if name != "propose"}
        if case.closing:
            return found | {"message": partial(self._writes, case.id)}
        if case.closed:
            return found
        if case.offer:
            found |= {"time": partial(self.sara.taps, f"time:{case.id}:0"), "notime": partial(self._no_time, case.id)}
        if opens(STEPS["completion_sent"], case):
            found["complete"] = partial(completed, self.sara, case.id)
        wanted, last = initiation(case).request, case.offers[-1] if case.offers else None
        if wanted and not wanted.overdue:
            found["overdue"] = partial(self._by_itself, clock_at(date.fromisoformat(wanted.due) + A_DAY, 12))
        if last and last.chosen and not last.reminded:
            found["reminded"] = partial(self._by_itself, instant(last.chosen) - timedelta(hours=1))
        return found | {"message": partial(self._writes, case.id)}

    async def _by_itself(self, at: datetime) -> None:
        """What falls due at that time happens."""
        clock = self.served.turns.clock
        assert isinstance(clock, Clock)
        present, clock.at = clock.at, at
        await Deadlines(self.served.turns).once()
        clock.at = present

    async def _no_time(self, case: int) -> None:
        await self.sara.does(Press(f"notime:{case}"))
        await self.sara.taps("cancel")

    async def _writes(self, case: int) -> None:
        await self.sara.does(Press(f"write:{case}"))
        await self.sara.does(Say("When can we begin?"))
        await self.sara.does(Press("skip"))
        for act in ("send", "sure"):
            await self.sara.taps(act)

    async def _knows(self, case: Case) -> None:
        """Whatever a step is prefilled with fits its questions, on both sides."""
        async with at_work(self.served.turns, self.nadia) as work:
            background = Background(case, as_it_stands(await work.sent(case)), staff.today(work.now))
            for key, step in TASKS.items():
                if step.prefilled and open_to(self.nadia, case, step):
                    given = (await work.in_context(Open(Draft(0), key, case.id, work.now), case)).draft.answers
                    assert not misfits(step, background, given), (key, self.done)
        for key in ("completion_sent", "meeting_sent"):
            assert not misfits(STEPS[key], background), (key, self.done)

    async def _by_bot(self, case: Case) -> list[str]:
        """What Nadia's chat shows of it."""
        origin = Origin(Address("telegram_staff", "nadia"), "en")
        for act in (*(f"{name}:{case.id}" for name in BOT), "queue", "mine", "overview"):
            assert await self.served.turns.take_staff(origin, Press(act))
        sent = await rows(self.served.turns.database, outbox, channel="telegram_staff")
        return [read(readable(row.reply)) for row in sent]

    async def looks(self, *, whole: bool = True) -> None:
        """At everything, or at all but what is heavy: no error, no sentence or a part of one missing, and nothing internal where applicants look."""
        # Before a turn of hers clears what has come to her.
        theirs = [
            read(readable(row.reply)) for row in await rows(self.served.turns.database, outbox) if self._hers(row)
        ]
        case = await self.case()
        await self._knows(case)
        ours = await self._by_bot(case)
        for visitor, said in ((self.desk, ours), (self.chat, theirs)):
            for path in places(case, self.nadia, desk=visitor is self.desk):
                if whole or not any(one in path for one in HEAVY):
                    said.append(await got(visitor, path))
        theirs.append(read((await self.sara.sees())[1]))
        theirs.append(read(await self.sara.does(Press("status"))))
        mine = "disposed" in self.done or any(self.reference in one for one in theirs)
        assert mine, (self.done, "these are the pages of somebody else")
        for one in (*ours, *theirs):
            assert unsaid(one) == set(), (self.done, one)
        assert not [one for one in theirs if SECRET in one], (self.done, "internal words where applicants look")

    def is_fresh(self, name: str) -> bool:
        """Whether a step is still to be taken; times are offered until both some fitted and none did."""
        return name not in self.done or (name == "times" and not {"time", "notime"} <= set(self.done))

    def _hers(self, row: Any) -> bool:
        return bool(row.address == self.sara.address.address)

    async def does(self, could: dict[str, Doing], name: str) -> None:
        """Take a step, and look."""
        self.done.append(name)
        await could[name]()
        await self.looks(whole=len(self.done) % 8 == 0 or name in LAST)


def test_what_is_left_open_is_found_wherever_it_is_said() -> None:
    ask = Tell(
        (_("Asked for by {day}."),), rows=((Button(_("Withdraw {reference}…", reference="SAM-1"), "withdraw"),),)
    )
    assert unsaid(read([ask])) == {"{day}"}
    assert unsaid(read(sentence(CaseEvent("from_the_future", "", {}, now(), 1, 7)))) == {"Noted: "}
    assert unsaid('{"id": "Asked for by {day}.", "values": {"day": "{later}"}, "plural": ""}') == {"{later}"}


@pytest.fixture
async def walk(served: Served) -> AsyncIterator[Walk]:
    """A case that was sent and that Nadia has."""
    async with Visitor(served.url) as chat, await signed_in(served) as desk:
        chat.session.cookie_jar.update_cookies({"chat": TOKEN}, response_url=served.server.make_url("/"))
        sara = Caller(served.turns, served.keys.hash(TOKEN), "en")
        links = await invite(served.turns.database, served.keys, "Nadia", now(), administrator=True)
        await served.turns.take_staff(Origin(Address("telegram_staff", "nadia"), "en"), Start(links.telegram))
        who, bo = await nadia(served, administrator=True), await nadia(served, "Bo", administrator=True)
        reference = (await sends_an_application(sara)).reference
        await took(served, reference, who)
        yield Walk(served, reference, who, bo, sara, desk, chat)


@pytest.mark.parametrize("order", ORDERS)
async def test_in_any_order_every_page_holds(walk: Walk, order: int) -> None:
    """In the first order each step that can come does, once, and what ends the case at last; in the others what chance brings."""
    chance = Random(order)
    while len(walk.done) < STEPS_EACH or not order:
        could = await walk.could()
        fresh = [name for name in could if order or walk.is_fresh(name)]
        if not fresh:
            break
        first = min(fresh, key=lambda name: (name in LAST, name not in FIRST, name))
        await walk.does(could, chance.choice(sorted(fresh)) if order else first)
    assert len(walk.done) > 3, walk.done
    happened = {row.what for row in await rows(walk.served.turns.database, case_events)}
    assert order or set(STEPS) - happened == BEGIN_OR_END


async def test_a_case_that_begins_or_ends_in_another_way_holds_too(walk: Walk) -> None:
    """The city starts one, and Sara joins it; she wishes for a meeting, and withdraws what she sent first."""
    turns, first = walk.served.turns, walk.reference
    known = {"area": {"words": ("Norra hamnen",)}, "proposal": {"text": ("The city's idea.",)}}
    filled = await fill_in(turns, walk.nadia, None, "start", known)
    assert filled
    assert filled.done
    assert filled.done.case
    walk.reference = filled.done.case.reference
    await walk.sara.does(Start(dict(filled.done.tokens)["chat"]))
    await walk.looks()
    await walk.sara.does(Press("meeting"))
    for said in ("A bench on our street.", "Sara Ali, sara@example.se"):
        if asked(await walk.sara.does(Say(said))) == "share":
            await walk.sara.taps("no")
    await walk.sara.taps("send")
    walk.reference = receipt_of(await walk.sara.taps("sure")).reference
    await walk.looks()
    walk.reference = first
    await walk.sara.does(Press(f"withdraw:{(await walk.case()).id}"))
    await walk.sara.does(Press("skip"))
    for act in ("send", "sure"):
        await walk.sara.taps(act)
    await walk.looks()
    assert {row.what for row in await rows(turns.database, case_events)} >= BEGIN_OR_END
