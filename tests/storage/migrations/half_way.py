"""People half-way, each somewhere else: what stands around an installation when it is moved to another database."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.turns.contact_person import at_work, fill_in
from dialogs.applicants.where import Standing
from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.language.events import Attach, Event, Filed, Press, Start
from dialogs.language.replies import Reply
from storage.cases import case_invitations, drafts
from storage.cases import cases as stored
from storage.database.tables import cases
from storage.people import staff
from tests.answers import TORGET
from tests.applicant import ANSWERS
from tests.clock import now
from tests.house import SEAL, Caller, Composed, asked
from tests.samples import PDF
from tests.telegram.phone import Phone
from tests.telegram.stage import Stage
from tests.ways import BEGUN, SENT, acts, goes, link_in, rows, up_to, up_to_papers

LANGUAGES = ("sv", "en", "ar", "so", "uk", "fa", "pl", "es")
STOPS = 22
"""About as many acts as the way has from hello to the receipt."""
QUESTIONS = ("mixed_group", "proposal", "contributes", "papers", "area", "contact", "")
"""Where the phones stop; "" is the review."""


@dataclass
class Walker:
    """Somebody on the web who writes an application and sends it, `acts` being what they do next."""

    caller: Caller
    acts: list[str | Event] = field(default_factory=lambda: [*BEGUN])
    sent: bool = False

    async def on(self, steps: int) -> None:
        """So many acts further, if there are as many."""
        for _step in range(0 if self.sent else steps):
            if not self.acts:
                question = asked((await self.caller.sees())[1])
                self.acts = acts(TORGET, question) if question else [*SENT]
            act = self.acts.pop(0)
            await goes(self.caller, act)
            self.sent = act == SENT[-1]


async def walkers(parts: Composed, number: int) -> list[Walker]:
    """So many people at once, each a step further than the one before, in turn in each language."""
    found = [Walker(Caller(parts.turns, f"walker {one}", LANGUAGES[one % len(LANGUAGES)])) for one in range(number)]
    await asyncio.gather(*(walker.on(1 + one % STOPS) for one, walker in enumerate(found)))
    return found


def seen(found: Sequence[tuple[Standing, list[Reply]]]) -> list[object]:
    """What people see, without the house around them, which is not compared."""
    return [
        (one.person, one.locale, one.terms, one.at_hand, one.open, one.sent, one.arrived, replies)
        for one, replies in found
    ]


async def encloses(parts: Composed, number: int) -> list[str]:
    """So many people enclose a file of their own and stop there; the files' hashes."""
    return await asyncio.gather(*(_encloses(parts, f"encloses {one}") for one in range(number)))


async def _encloses(parts: Composed, name: str) -> str:
    content = PDF + f"% of {name}\n".encode()
    caller = await goes(Caller(parts.turns, name), *BEGUN, up_to_papers("Ten."))
    sha256 = await parts.files.put(content)
    await caller.does(Attach((Filed(sha256, "plan.pdf", "application/pdf", len(content)),)))
    return sha256


async def write_together(parts: Composed, pairs: int) -> list[tuple[Caller, Caller]]:
    """So many pairs who write one draft each, in a case that the city started: one let in by a contact person's link, and one by theirs."""
    return await asyncio.gather(*(_write_together(parts, one) for one in range(pairs)))


async def _write_together(parts: Composed, number: int) -> tuple[Caller, Caller]:
    token = f"first{number}"
    async with parts.database.write() as connection:
        case = await stored.new(connection, now())
        data = {"reference": f"SAM-2025-{number + 1:04}", "title": "Torget", "challenges": "It is dark."}
        person = await staff.contact_person(connection, "Alva", now())
        await stored.happened(connection, SEAL, case, "start", person, data, now())
        await drafts.prepare(connection, case, now())
        await case_invitations.invite(connection, case, parts.keys.hash(token), now())
    first, second = Caller(parts.turns, token), Caller(parts.turns, f"second{number}", "ar")
    await goes(first, Start(token), "accept", up_to("evidence"))
    here = (await first.sees())[0].here
    assert here
    invited = link_in(await first.does(Press(f"invite:{here.draft.id}")))
    await goes(first, "resume")
    await goes(second, Start(invited), "accept")
    return first, second


async def phones(stage: Stage) -> list[Phone]:
    """A person with a phone at each of QUESTIONS."""
    found = []
    for number, question in enumerate(QUESTIONS):
        found.append(stage.phone(510 + number, LANGUAGES[number % 2]))
        await found[-1].walk(question)
    return found


async def at_the_desk(stage: Stage) -> Phone:
    """Karin at her phone: she has the first case and has begun its assessment, and she alone sees the second."""
    karin = stage.staff_phone(901, "en", "Karin")
    await stage.invited(karin, "Karin")
    turns, (first, second, *_others) = stage.parts.turns, await references(stage.parts)
    who = await contact_person(stage.parts, "Karin")
    for reference in (first, second):
        async with at_work(turns, who) as work:
            assert await work.take(await case_of(stage.parts, reference))
    assert await fill_in(turns, who, await case_of(stage.parts, second), "protect", {"named": {"ids": ()}})
    await karin.say(f"/queue {first}")
    await karin.read()
    for act in ("case", "do:assessment"):
        await karin.tap(f"{act}:{(await case_of(stage.parts, first)).id}")
        await karin.read()
    return karin


async def references(parts: Composed) -> list[str]:
    """Of every case that applicants sent, in their order."""
    return sorted(row.reference for row in await rows(parts.database, cases) if row.state in ("sent", "taken"))


async def contact_person(parts: Composed, name: str) -> ContactPerson:
    """An active contact person by name."""
    async with parts.database.read() as connection:
        return next(one for one in await staff.active(connection) if one.name == name)


async def case_of(parts: Composed, reference: str) -> Case:
    """A case by its reference, as it is now."""
    async with parts.database.read() as connection:
        found = await stored.case(connection, reference)
    assert found
    return found


def again(phone: Phone, stage: Stage) -> Phone:
    """The same phone in the same chat, where another installation answers from now on."""
    phone._settle = stage.settle
    return phone


async def goes_on(phone: Phone) -> None:
    """Answer what the chat asks, and be asked something else; at the review, send, and get the receipt."""
    question = phone.question
    for step in ANSWERS.get(question, ("say Trees, benches and light.",)) if question else ("tap send", "tap sure"):
        verb, _space, rest = step.partition(" ")
        await (phone.say(rest) if verb == "say" else phone.tap(rest))
        said = await phone.read()
    assert phone.question not in ("", question) or "SAM-" in said or question == "contact", said
