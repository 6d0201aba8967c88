"""A case goes through its steps in any order that they allow, and every page, paper, notice and export of it is looked at on the way."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest

from bot.turns.contact_person import at_work
from dialogs.applicants.where import Open
from dialogs.case.background import Background
from dialogs.case.rights import ContactPerson
from dialogs.engine.draft import Draft
from dialogs.language.events import Press, Say
from dialogs.phases.initiation.completion import as_it_stands
from dialogs.phases.steps import INTERNAL, STEPS, TASKS
from storage.database.tables import case_events, outbox
from storage.people import staff
from tests.adversary.plain import plain
from tests.applicant import sends_an_application
from tests.clock import Clock
from tests.house import Caller
from tests.prefilled import misfits
from tests.spread import WHOLE
from tests.ways import rows
from tests.web.cases import case_of, completed, did, fields, nadia, posted, signed_in
from tests.web.conftest import Served
from tests.web.visitor import Visitor

SECRET = "qvxz"
"""In whatever is written in an internal step, and nowhere else."""
TOKEN = "sara" * 8
"""What the applicant's browser keeps."""
STEPS_EACH = 14
ORDERS = range(24 if WHOLE else 1)
PAGES = ("", "/log", "/package", "?done=write")


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
    """One case on its way: who works on it, who applied, and whoever looks on."""

    served: Served
    reference: str
    who: ContactPerson
    sara: Caller
    desk: Visitor
    chat: Visitor
    done: list[str] = field(default_factory=list)

    async def could(self) -> dict[str, Callable[[], Coroutine[Any, Any, object]]]:
        """What can be done now, on both sides."""
        case = await case_of(self.served, self.reference)
        part = max((one.id for one in case.away), default=0)
        given = fields(self.served, part=part, colleague=self.who.id + 1)
        found: dict[str, Callable[[], Coroutine[Any, Any, object]]] = {}
        for key, step in TASKS.items():
            if step.allowed(self.who, case) and key not in ("handover", "disposed"):
                found[key] = lambda key=key: did(
                    self.served, self.reference, self.who, key, posted(secretly(key, given[key]))
                )  # type: ignore[misc]
        if case.offer:
            found |= {"time": lambda: self.sara.taps(f"time:{case.id}:0"), "notime": self._no_time(case.id)}
        if STEPS["completion_sent"].opens and STEPS["completion_sent"].opens(case):
            found["complete"] = lambda: completed(self.sara, case.id)
        if not case.closed:
            found["message"] = lambda: self._writes(case.id)
        return found

    def _no_time(self, case: int) -> Callable[[], Coroutine[Any, Any, object]]:
        async def none() -> None:
            await self.sara.does(Press(f"notime:{case}"))
            await self.sara.taps("cancel")

        return none

    async def _writes(self, case: int) -> None:
        await self.sara.does(Press(f"write:{case}"))
        await self.sara.does(Say("When can we begin?"))
        await self.sara.does(Press("skip"))
        for act in ("send", "sure"):
            await self.sara.taps(act)

    async def _knows(self) -> None:
        """Whatever a step is prefilled with fits its questions, on both sides."""
        async with at_work(self.served.turns, self.who) as work:
            case = await case_of(self.served, self.reference)
            background = Background(case, as_it_stands(await work.sent(case)), staff.today(work.now))
            for key, step in TASKS.items():
                if step.prefilled and step.allowed(self.who, case):
                    given = (await work.in_context(Open(Draft(0), key, case.id, work.now), case)).draft.answers
                    assert not misfits(step, background, given), (key, self.done)
        for key in ("completion_sent", "meeting_sent"):
            assert not misfits(STEPS[key], background), (key, self.done)

    async def looks(self) -> None:
        """At everything: no error, no sentence missing, and nothing internal where applicants look."""
        await self._knows()
        ours = [await got(self.desk, f"/queue/{self.reference}{more}") for more in PAGES]
        ours += [await got(self.desk, path) for path in ("/queue", "/queue/overview")]
        theirs = [await got(self.chat, path) for path in ("/", "/my-data")]
        assert self.reference in theirs[1], "these are the pages of somebody else"
        _standing, shown = await self.sara.sees()
        await self.sara.does(Press("status"))
        theirs += [str(shown), str((await self.sara.sees())[1])]
        sent = await rows(self.served.turns.database, outbox)
        theirs += [str(row.reply) for row in sent if row.address == self.sara.address.address]
        for said in (*ours, *theirs):
            assert "Noted: " not in said, self.done
            assert "Noterat: " not in said, self.done
        assert not [said for said in theirs if SECRET in said], (self.done, "internal words where applicants look")


@pytest.mark.parametrize("order", ORDERS)
async def test_in_any_order_every_page_holds(served: Served, clock: Clock, order: int) -> None:
    chance = Random(order)
    async with Visitor(served.url) as chat, await signed_in(served) as desk:
        chat.session.cookie_jar.update_cookies({"chat": TOKEN}, response_url=served.server.make_url("/"))
        sara = Caller(served.turns, served.keys.hash(TOKEN), "en")
        walk = Walk(served, "", await nadia(served), sara, desk, chat)
        walk.reference = (await sends_an_application(sara)).reference
        await nadia(served, "Bo")
        async with at_work(served.turns, walk.who) as work:
            assert await work.take(await case_of(served, walk.reference))
        for _each in range(STEPS_EACH):
            could = await walk.could()
            if not could:
                break
            name = chance.choice(sorted(could))
            walk.done.append(name)
            await could[name]()
            await walk.looks()
        happened = {row.what for row in await rows(served.turns.database, case_events)}
        assert happened <= set(STEPS)
        assert len(walk.done) > 3, walk.done
