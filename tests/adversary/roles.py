"""The cast: one of each who might ask, and one of each case that they might ask for.
Who may what stands here a second time, from docs/desk.md and not from the code.
"""

import asyncio
import copy
import json
import shutil
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.settings.keys import Keys
from bot.turns.contact_person import at_work, fill_in
from bot.turns.invite import deactivate, invite
from bot.turns.origin import Origin
from bot.turns.sign_in import sign_in
from bot.turns.turns import Turns
from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.engine.form import Posted
from dialogs.language.events import Attach, Event, Filed, Press, Say, Start
from storage.cases import cases
from storage.database.tables import addresses, outbox
from storage.people import people, staff
from storage.people.people import Address
from tests.answers import went_on
from tests.applicant import ANSWERS, receipt_of
from tests.clock import now
from tests.house import Caller, compose
from tests.ways import link_in

SECRET_WORD = "Zebrafinkarna"
NOBODY = "SAM-1999-9999"
"""A reference that no case has, as long as those that cases have."""
NO_CASE = 987_654
SHARED_PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"

STAFF: dict[str, bool] = {
    "holder": False,
    "deputy": False,
    "without": False,
    "named": False,
    "gone": False,
    "administrator": True,
    "named_administrator": True,
}
"""Contact persons, and who of them is an administrator. "gone" was named in the protected case, and is deactivated; "deputy" is the holder's."""
ACTIVE = frozenset(STAFF) - {"gone"}
APPLICANTS = ("sara", "omar", "pia", "joined", "writing", "sharing", "waiting")
STRANGER = "stranger"
CASES = ("ordinary", "untaken", "protected", "started", "shared", "unsent")

SEES = {
    "ordinary": ACTIVE,
    "untaken": ACTIVE,
    "protected": frozenset({"holder", "named", "named_administrator"}),
    "started": ACTIVE,
    "shared": ACTIVE,
    "unsent": frozenset[str](),
}
"""Who reads a case, its files, its history, its package."""
HAS = {
    "ordinary": frozenset({"holder", "deputy"}),
    "protected": frozenset({"holder"}),
    "started": frozenset({"holder", "deputy"}),
}
"""Who has it, or stands in for them."""
ADMINISTRATORS = frozenset(name for name, administrator in STAFF.items() if administrator)
WRITES = {"sara": "ordinary", "pia": "protected", "joined": "started", "writing": "unsent", "sharing": "shared"}


def works(case: str) -> frozenset[str]:
    """The tasks of a case."""
    return HAS.get(case, frozenset())


def disposes(case: str) -> frozenset[str]:
    """Who disposes of it once it is over."""
    return ADMINISTRATORS & SEES[case]


def hands_over(case: str) -> frozenset[str]:
    """Who hands it over, and reads who opened it."""
    return works(case) | (ADMINISTRATORS & SEES[case] if works(case) else frozenset())


def closes(case: str) -> frozenset[str]:
    """Who closes it, and opens it again."""
    return works(case) or SEES[case]


def protects(case: str) -> frozenset[str]:
    """Who protects it: an administrator in any case that they see, and everybody who sees one that nobody has."""
    return works(case) | (ADMINISTRATORS & SEES[case]) if works(case) else SEES[case]


def reads_log(case: str) -> frozenset[str]:
    """Who reads who opened it; also of a case that nobody has."""
    return works(case) | (ADMINISTRATORS & SEES[case])


DOES = {
    "handover": hands_over,
    "propose": reads_log,
    "disposed": disposes,
    "close": closes,
    "reopen": closes,
    "protect": protects,
    "admit": reads_log,
    "unprotect": reads_log,
}
"""The tasks that are not only for who has the case."""


@dataclass
class Cast:
    """Everybody and everything, made by real turns. `secret` is what was written and not sent."""

    turns: Turns
    keys: Keys
    secret: str
    cases: dict[str, int] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    """What a contact person's browser keeps, by role."""
    chats: dict[str, str] = field(default_factory=dict)
    """What an applicant's browser keeps, by name."""
    ids: dict[str, int] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    """Links that were never used: "staff" and "gone" for contact persons, "join" for an actor, "back" for who writes."""
    files: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of the file that was sent in a case."""
    hidden_files: tuple[str, ...] = ()
    """Those of files that were not sent."""

    async def make(self) -> "Cast":
        """Bring everybody in."""
        for role, administrator in STAFF.items():
            await self._employ(role, administrator)
        for name in APPLICANTS:
            self.chats[name] = self.keys.new()
        await self._cases()
        await self._start_by_the_city()
        await self._asks_and_is_not_answered_yet()
        await self._away(-1)
        self.links["gone"] = (await invite(self.turns.database, self.keys, "gone", self.turns.clock.now())).web
        assert await deactivate(self.turns.database, self.turns.keys, "gone", now())
        async with self.turns.database.read() as connection:
            writing = await people.person_at(connection, self.caller("writing").address, now())
        assert writing
        async with self.turns.database.write() as connection:
            self.links["back"] = await self.turns.sessions.linked(connection, writing.id, anew=False) or ""
        self.links["staff"] = (await invite(self.turns.database, self.keys, "without", self.turns.clock.now())).web
        return self

    async def _employ(self, role: str, administrator: bool) -> None:
        async with self.turns.database.write() as connection:
            self.ids[role] = await staff.contact_person(connection, role, now(), administrator)
        links = await invite(self.turns.database, self.keys, role, self.turns.clock.now())
        assert await self.turns.take_staff(self.desk(role), Start(links.telegram))
        session = await sign_in(self.turns.database, self.keys, links.web, self.turns.clock.now())
        assert session
        self.sessions[role] = session
        self.links["used"] = links.web

    async def _cases(self) -> None:
        """Sara's is taken; Omar's nobody has; Pia's is protected; one is only written; one was shared and went on."""
        for name, case in (("sara", "ordinary"), ("omar", "untaken"), ("pia", "protected")):
            sent = await self.filed(case.encode())
            self.files[case] = sent.files[0].sha256
            await self._sends(name, case, sent)
        holder = await self.who("holder")
        for case in ("ordinary", "protected"):
            async with at_work(self.turns, holder) as work:
                one = await work.case(self.cases[case])
                assert one
                assert await work.take(one)
            times = {"time1": ("2099-12-03T14:00",), "time2": ("2099-12-04T14:00",)}
            await self.does("holder", case, "times", {"times": times, "place": {"text": ("The library",)}})
            await self.caller("sara" if case == "ordinary" else "pia").does(Press(f"time:{self.cases[case]}:0"))
        named = tuple(f"p{self.ids[role]}" for role in ("named", "named_administrator", "gone"))
        await self.does("holder", "protected", "protect", {"named": {"ids": named}, "reason": {"text": ("Threats.",)}})
        unsent = await self.filed(b"unsent " + self.secret.encode(), self.secret)
        await self.begins("writing", self.secret, unsent)
        await self._shares(unsent)
        self.hidden_files = (unsent.files[0].sha256,)

    async def _sends(self, name: str, case: str, file: Attach) -> None:
        caller = await self.begins(name, "Trees and light.", file)
        await self.goes_on(caller)
        await caller.taps("send")
        receipt = receipt_of(await caller.taps("sure"))
        await self._note(case, receipt.reference)

    async def _note(self, case: str, reference: str) -> None:
        async with self.turns.database.read() as connection:
            found = await cases.case(connection, reference)
        assert found
        self.cases[case], self.references[case] = found.id, reference

    async def begins(self, name: str, proposal: str, file: Attach) -> Caller:
        """An application up to its file, with that file in it."""
        caller = self.caller(name)
        await caller.does(Start())
        await caller.taps("accept")
        await self.goes_on(caller, "papers", proposal)
        await caller.does(file)
        return caller

    async def goes_on(self, caller: Caller, upto: str = "", proposal: str = "") -> None:
        """Answer what is asked, until the review or `upto`."""
        if (await caller.sees())[1][-1].type == "ask" and getattr((await caller.sees())[1][-1], "key", "") == "papers":
            await caller.taps("done")
        while (shown := (await caller.sees())[1][-1]).type == "ask" and shown.key != upto:
            steps = (f"say {proposal}",) if shown.key == "proposal" else ANSWERS[shown.key]
            for step in steps:
                verb, _space, rest = step.partition(" ")
                said = await caller.does(Say(rest)) if verb == "say" else await caller.taps(rest)
            went_on(shown.key, getattr(said[-1], "key", ""), said[-1])

    async def _shares(self, unsent: Attach) -> None:
        """A draft goes along with a wish for a meeting; afterwards it is written on, and what comes then is nobody's."""
        caller = await self.begins("sharing", "Benches.", await self.filed(b"shared"))
        await caller.taps("done")
        await caller.does(Press("meeting"))
        await caller.does(Say("May we meet?"))
        await caller.taps("yes")
        await caller.does(Say("Siri Ek siri@example.se"))
        await caller.taps("send")
        await self._note("shared", receipt_of(await caller.taps("sure")).reference)
        shown = (await caller.does(Press("drafts")))[-1]
        draft = next(
            button.act for row in getattr(shown, "rows", ()) for button in row if button.act.startswith("open:")
        )
        await caller.does(Press(draft))
        await caller.taps("met")
        await caller.does(Say(f"Decided at {self.secret}."))
        area = f"{self.secret}\nTorget"
        await caller.does(Say(area))
        for _back in range(4):
            if getattr((await caller.sees())[1][-1], "key", "") == "papers":
                break
            await caller.taps("back")
        await caller.does(unsent)

    async def _start_by_the_city(self) -> None:
        known = {"area": {"words": ("Norra hamnen",)}, "proposal": {"text": ("The city's idea.",)}}
        done = await fill_in(self.turns, await self.who("holder"), None, "start", known)
        assert done
        assert done.done
        assert done.done.case
        token = dict(done.done.tokens)["chat"]
        self.cases["started"], self.references["started"] = done.done.case.id, done.done.case.reference
        caller = self.caller("joined")
        await caller.does(Start(token))
        await caller.taps("accept")
        await self.change_the_area(caller)
        here = (await caller.sees())[0].here
        assert here
        self.links["join"] = link_in(await caller.does(Press(f"invite:{here.draft.id}")))

    async def change_the_area(self, caller: Caller) -> None:
        """Whoever came in calls the area something else, and writes the proposal anew."""
        await self.goes_on(caller, proposal=f"{self.secret} on every bench of the square")
        for key, said in (("area", f"{self.secret}\nBergsgatan"), ("proposal", self.secret)):
            shown = (await caller.sees())[1][-1]
            assert shown.type == "review"
            await caller.does(Press(f"change:{key}", "", shown.draft, shown.version))
            await caller.does(Say(said))
            asked = (await caller.sees())[1][-1]
            if asked.type == "ask":
                await caller.taps("done")

    async def _asks_and_is_not_answered_yet(self) -> None:
        """What was asked of Sara is being completed, and a message is being written; neither is sent."""
        asked = {
            "keys": {"ids": ("challenges",)},
            "message": {"text": ("More, please.",)},
            "due": {"date": ("2099-01-01",)},
        }
        await self.does("holder", "ordinary", "ask", asked)
        caller = self.caller("sara")
        await caller.does(Press(f"complete:{self.cases['ordinary']}"))
        await caller.does(Say(f"{self.secret} on every bench of the square"))
        await caller.does(Press(f"write:{self.cases['ordinary']}"))
        await caller.does(Say(self.secret))

    async def _away(self, days: int) -> None:
        """The holder is away until so many days ago, or until tomorrow (-1), so that midnight may pass meanwhile; the deputy stands in."""
        day = staff.today(now() - timedelta(days=days))
        async with self.turns.database.write() as connection:
            await staff.away(connection, self.ids["holder"], "2020-01-01", day, self.ids["deputy"])

    async def back_since_yesterday(self) -> None:
        """The absence ended yesterday: its deputy is a contact person like any other."""
        await self._away(1)

    def caller(self, name: str) -> Caller:
        """An applicant at the chat on the web."""
        return Caller(self.turns, self.keys.hash(self.chats[name]))

    def desk(self, role: str) -> Origin:
        """Somebody's chat with the contact persons' bot."""
        return Origin(Address("telegram_staff", role), "en")

    async def who(self, role: str) -> ContactPerson:
        """A contact person as they are today."""
        async with self.turns.database.read() as connection:
            found = await staff.at(connection, self.desk(role).address, now())
        assert found
        return found

    async def case(self, name: str) -> Case:
        """A case as it is now."""
        async with self.turns.database.read() as connection:
            found = await cases.case_by_id(connection, self.cases[name])
        assert found
        return found

    async def does(self, role: str, case: str, dialog: str, posted: Posted) -> None:
        """A contact person carries out a task."""
        done = await fill_in(self.turns, await self.who(role), await self.case(case), dialog, posted)
        assert done, dialog
        assert done.done, (dialog, done.refused)

    async def filed(self, content: bytes, name: str = "paper") -> Attach:
        """A file in the store, brought along."""
        content = SHARED_PDF + content
        sha256 = await self.turns.files.put(content)
        return Attach((Filed(sha256, f"{name}.pdf", "application/pdf", len(content)),))

    async def told(self, origin: Origin, event: Event) -> list[dict[str, Any]] | None:
        """What is said to an event in a bot, oldest first; None for silence."""
        async with self.turns.database.read() as connection:
            before = (await connection.execute(select(func.coalesce(func.max(outbox.c.id), 0)))).scalar_one()
        answered = True
        if origin.address.channel == "telegram_staff":
            answered = await self.turns.take_staff(origin, event)
        else:
            await self.turns.take(origin, event)
        async with self.turns.database.read() as connection:
            query = select(outbox.c.channel, outbox.c.address, outbox.c.reply).where(outbox.c.id > before)
            new = (await connection.execute(query.order_by(outbox.c.id))).all()
        to = (origin.address.channel, origin.address.address)
        mine = [row.reply for row in new if (row.channel, row.address) == to]
        assert answered or not new, "nothing is said to anybody when a stranger asks"
        return mine if answered else None

    async def on_telegram(self, name: str) -> Origin:
        """An applicant in the applicants' bot: the same person as on the web."""
        origin = Origin(Address("telegram", name), "en")
        if name != STRANGER:
            async with self.turns.database.write() as connection:
                query = select(addresses.c.person_id).where(addresses.c.address == self.keys.hash(self.chats[name]))
                if person := (await connection.execute(query)).scalar():
                    await people.add_address(connection, origin.address, int(person), now())
        return origin


def as_text(said: Any) -> str:
    """What was said, to be compared and searched."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A cast on disk, to be begun with as often as wanted: the address of its database, and the directory of its files."""

    url: str
    directory: Path
    known: dict[str, Any]

    @classmethod
    def made(cls, url: str, directory: Path) -> "Snapshot":
        """Make it in a migrated database, in a loop of its own."""

        async def make() -> dict[str, Any]:
            parts = compose(url, directory)
            try:
                cast = await Cast(parts.turns, parts.keys, SECRET_WORD).make()
            finally:
                await parts.close()
            return {one.name: getattr(cast, one.name) for one in fields(cast) if one.name not in ("turns", "keys")}

        return cls(url, directory, asyncio.run(make()))

    def copied(self, directory: Path) -> "Snapshot":
        """A copy of it in another directory: of its files, and of its database when that lies among them."""
        shutil.copytree(self.directory, directory, dirs_exist_ok=True)
        return replace(self, url=self.url.replace(str(self.directory), str(directory)), directory=directory)

    def cast(self, turns: Turns, keys: Keys) -> Cast:
        """Everybody, over a copy."""
        return Cast(turns, keys, **copy.deepcopy(self.known))
