"""The scene: several people in one transcript. Their own lines (`@alva tap take:1`) are played against the real turns and the real
delivery, and what each of them is shown (`<alva …`) is written below, with the mails that go out."""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.mail.carrier import written as letter
from bot.settings.sender import sender
from bot.turns.contact_person import at_work, fill_in
from bot.turns.invite import invite
from bot.turns.origin import Origin
from bot.worker.outcome import Carrier, Delivered, Gone, Outcome
from dialogs.language.channels import CHANNELS as TABLE
from dialogs.language.events import Event, Press, Say, Start
from dialogs.language.replies import Reply
from storage.cases import cases
from storage.database.door_tables import confirmations
from storage.outbox.outbox import Post
from storage.people import staff
from storage.people.people import Address
from tests.answers import Answers, went_on
from tests.applicant import ANSWERS
from tests.clock import Clock
from tests.house import Composed
from tests.transcripts.golden import is_new
from tests.transcripts.play import Speaker, following
from tests.transcripts.render import rendered

CHANNELS = {
    "applicant": "web",
    "telegram": "telegram",
    "contact_person": "telegram_staff",
    "administrator": "telegram_staff",
    "invited": "telegram_staff",
}
"""Where somebody is, by what they are; "invited" is a contact person who has not come in yet."""
TOKEN = re.compile(r"(/join/|/sign-in/|guide_bot\?start=|guide_staff_bot\?start=)([\w-]{20,})")
CODE = re.compile(r"\b[1-9]\d{5}\b")
"""The code in a letter that confirms an e-mail address."""
DOORS = {"web": "/join/", "telegram": "guide_bot?start=", "telegram_staff": "guide_staff_bot?start="}
MEETING = Answers(
    {"about": "A bench on our street.", "share": "no", "contact": {"name": "Sara Ali", "email": "sara@example.se"}}
).chat


def given_in(text: str) -> dict[str, Any]:
    """The settings that a transcript names: `= bot notices`."""
    return {"staff_bot": "notices"} if "= bot notices\n" in text else {}


@dataclass
class Person(Speaker):
    """Somebody of the cast. On the web the newest page counts; on Telegram every message stays, and so do its buttons."""

    name: str = ""
    channel: str = "web"
    locale: str = "en"
    fresh: list[Reply] = field(default_factory=list)

    @property
    def address(self) -> Address:
        """Where they are reached."""
        return Address(self.channel, self.name)

    @property
    def keeps(self) -> bool:
        """Whether what is said to them is kept until they come and look."""
        return TABLE[self.channel].way == "kept"

    async def does(self, event: Event) -> bool:
        """Take their event; whether anybody answers."""
        origin = Origin(self.address, self.locale)
        if TABLE[self.channel].whose == "staff":
            return await self.turns.take_staff(origin, event)
        await self.turns.take(origin, event)
        if self.keeps:
            self.shown = []
        return True

    async def looks(self) -> None:
        """Look at the page on the web: what is new there."""
        if self.keeps:
            replies = (await self.turns.seen(self.address)).replies
            self.fresh, self.shown = replies[len(self.shown) :], replies

    def reads(self, reply: Reply) -> None:
        """A message comes in."""
        self.shown.append(reply)
        self.fresh.append(reply)


@dataclass
class Scene:
    """A transcript with a cast. `written` is the transcript as it comes out."""

    parts: Composed
    clock: Clock
    written: list[str] = field(default_factory=list)
    cast: dict[str, Person] = field(default_factory=dict)
    mails: list[str] = field(default_factory=list)
    whole_mails: bool = False
    codes: list[str] = field(default_factory=list)
    """The codes in letters, the last one last."""
    types: bool = False
    """Whether somebody types in a code (`@sara code`). In every other transcript each address counts as confirmed at once."""
    tokens: dict[str, str] = field(default_factory=dict)
    """The last one-time token that was shown for each door."""
    blocked: set[str] = field(default_factory=set)
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: ANSWERS)
    updating: bool = False
    """Whether a question that the transcript does not know yet is answered here and now (`--update`)."""
    channels: Mapping[str, str] = field(default_factory=lambda: CHANNELS)

    def __post_init__(self) -> None:
        for channel, username in (("telegram", "guide_bot"), ("telegram_staff", "guide_staff_bot")):
            self.parts.turns.known_as(channel, username)
        sent = [one.name for one in TABLE.values() if one.way in ("pushed", "letter")]
        carriers: dict[str, Carrier] = dict.fromkeys(sent, _Carrier(self))
        self.delivery = self.parts.program.delivery(carriers)

    async def play(self, text: str) -> str:
        """The transcript with everything that is said in it written anew."""
        lines = text.splitlines()
        self.types = any(re.match(r"@\w+ code\b", line) for line in lines)
        before = ""
        for number, line in enumerate(lines):
            if line.startswith((">|", "<")):
                continue
            if self.updating and line.startswith("@"):
                if not before.partition(" ")[2].startswith(
                    "answers"
                ):  # what is asked after that, nobody has written down
                    await self._answers_what_is_new(line[1:].partition(" ")[0], text)
                before = line
            self.written.append(line)
            more = [one[3:] for one in following(lines, number)]
            self.written += [f">| {one}".rstrip() for one in more]
            await self._line("\n".join([line, *more]))
        return "\n".join(self.written).rstrip() + "\n"

    async def _line(self, line: str) -> None:
        sign, words = line[:1], line[1:].strip()
        if sign == "=":
            await self._enter(*words.split())
        elif sign == "~":
            self.clock.is_now(words)
        elif sign == "@":
            self.clock.tick()
            names, _blank, act = words.partition(" ")
            who = [self.cast[name] for name in names.split("+")]
            await asyncio.gather(*(self._act(one, act) for one in who))
            await self._write(who)

    async def _answers_what_is_new(self, name: str, text: str) -> None:
        """Whatever somebody is asked that the old text does not know."""
        person = self.cast.get(name)
        while person and is_new(key := await self._asked(person), text, await self._locale(person)):
            for step in self.answers[key]:
                self.written += [f"@{name} {step}".replace("\n", "\n>| ")]
                self.clock.tick()
                await self._act(person, step)
                await self._write([person])
            went_on(key, await self._asked(person), person.shown[-1])

    async def _enter(self, name: str, role: str, locale: str = "en") -> None:
        """Somebody of the cast; contact persons come in by an invitation at once. `= mail whole` has mails written whole; `= bot` see `given_in`."""
        if name in ("mail", "bot"):
            self.whole_mails = self.whole_mails or role == "whole"
            return
        person = self.person(name, self.channels[role], locale)
        self.cast[name] = person
        if role in ("contact_person", "administrator"):
            async with self.parts.database.write() as connection:
                await staff.contact_person(connection, name.title(), self.clock.at, role == "administrator")
            links = await invite(self.parts.database, self.parts.keys, name.title(), self.parts.clock.now())
            await person.does(Start(links.telegram))
            await self._deliver()
            person.fresh.clear()

    def person(self, name: str, channel: str, locale: str) -> Person:
        """Somebody who is on a channel."""
        return Person(self.parts.turns, name=name, channel=channel, locale=locale)

    async def _act(self, person: Person, act: str) -> None:
        name, _blank, rest = act.partition(" ")
        # "old" means the oldest button that says so.
        person.before = person.shown[::-1]
        match name:
            case "sends":
                await self._sends(person, *rest.partition(" ")[::2])
            case "answers":
                await self._answers(person, until=rest)
                await self._deliver()
                person.fresh = person.shown[-1:]
            case "comes":
                await person.does(Start(self.tokens[self._door(person)]))
            case "code":
                await person.does(Say(rest or self.codes[-1]))
            case "blocks" | "unblocks":
                self.blocked = self.blocked ^ {rest or person.name}
            case "looks":
                await person.looks()
            case "web":
                await self._on_the_web(person, *rest.split(" ", 2))
            case "twice":
                event = person.event(*rest.partition(" ")[::2])
                await asyncio.gather(person.does(event), person.does(event))
            case _:
                event = person.last if name == "again" else person.event(name, rest)
                person.last = event
                if not await person.does(event):
                    self.written.append(f"<{person.name} (silence)")

    async def _on_the_web(self, person: Person, task: str, case: str, posted: str) -> None:
        """A contact person carries out a task in a case at the desk, whose form is given as JSON."""
        async with self.parts.database.read() as connection:
            who = await staff.at(connection, person.address, self.clock.at)
            found = await cases.case_by_id(connection, int(case))
        assert who
        if task == "take":
            async with at_work(self.parts.turns, who) as work:
                assert found
                assert await work.take(found)
            return
        filled = await fill_in(self.parts.turns, who, found, task, json.loads(posted))
        assert filled
        assert filled.done, filled

    def _door(self, person: Person) -> str:
        """The door that somebody comes in by; who is on a channel that has none was told another way."""
        return (
            DOORS.get(person.channel)
            or DOORS["telegram_staff" if TABLE[person.channel].whose == "staff" else "telegram"]
        )

    async def _sends(self, person: Person, what: str, area: str) -> None:
        """A whole application or a wish for a meeting, of which the transcript shows only what others are told."""
        await person.does(Start())
        await self._quietly(person, "tap accept")
        if what == "meeting":
            await person.does(Press("meeting"))
        await self._answers(person, what, area)
        await self._quietly(person, "tap send")
        await self._quietly(person, "tap sure")
        await self._deliver()
        person.fresh.clear()

    async def _answers(self, person: Person, what: str = "", area: str = "", until: str = "") -> None:
        """Whatever is asked, up to the review or to the question `until`."""
        while (asked := await self._asked(person)) != until:
            steps = (MEETING if what == "meeting" else self.answers)[asked]
            if getattr(person.shown[-1], "source", None):
                steps = ("tap right",)
            for step in (f"say {area}",) if asked == "area" and area else steps:
                await self._quietly(person, step)
            went_on(asked, await self._asked(person), person.shown[-1])

    async def _asked(self, person: Person) -> str:
        await self._deliver()
        return getattr(person.shown[-1], "key", "") if person.shown else ""

    async def _quietly(self, person: Person, step: str) -> None:
        await self._deliver()
        verb, _blank, rest = step.partition(" ")
        await person.does(person.event(verb, rest))

    async def _deliver(self) -> None:
        while await self.delivery.once():
            pass
        if self.codes and not self.types:
            self.codes.clear()
            async with self.parts.database.write() as connection:
                await connection.execute(confirmations.update().values(confirmed_at=self.clock.at))
        for person in self.cast.values():
            await person.looks()

    async def _write(self, who: list[Person]) -> None:
        await self._deliver()
        for person in sorted(self.cast.values(), key=lambda one: one not in who):
            for number, reply in enumerate(person.fresh):
                between = [f"<{person.name}"] if number else []
                lines = [self._masked(line) for line in rendered(reply, await self._locale(person))]
                self.written += [*between, *(f"<{person.name} {line}".rstrip() for line in lines)]
            person.fresh = []
        self.written += sorted(self.mails)
        self.mails.clear()

    async def _locale(self, person: Person) -> str:
        """The language of what they are shown: their own as it is stored, where it is."""
        async with self.parts.database.read() as connection:
            if TABLE[person.channel].whose == "staff" and (
                one := await staff.at(connection, person.address, self.clock.at)
            ):
                return one.locale
        if not person.keeps:
            return person.locale
        standing = (await self.parts.turns.seen(person.address)).standing
        return standing.locale if standing else person.locale

    def _masked(self, line: str) -> str:
        for door, token in TOKEN.findall(line):
            self.tokens[door] = token
        return TOKEN.sub(r"\1…", line)

    async def arrived(self, post: Post) -> Outcome:
        """Something is brought to an address."""
        if post.to.address in self.blocked:
            return Gone("blocked")
        if TABLE[post.to.channel].way == "letter":
            message = letter(post, sender("guide@example.se"))
            text = json.dumps(message["Subject"], ensure_ascii=False)
            body = message.get_body(("plain",))
            lines = [line for line in str(body.get_content()).splitlines() if line] if body else []
            self.codes += [code for line in lines for code in CODE.findall(line)]
            lines = [CODE.sub("…", line) for line in lines]
            lines = lines if self.whole_mails else []
            said = [f"<mail {post.to.address} {text}", *(f"<mail   {self._masked(line)}" for line in lines)]
            self.mails.append("\n".join(said))
        else:
            person = self.cast[post.to.address]
            person.locale = post.locale
            person.reads(post.reply)
        return Delivered()


class _Carrier:
    """The wire of a scene: posts come to the people of its cast."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    async def carry(self, post: Post) -> Outcome:
        """Bring it."""
        return await self.scene.arrived(post)
