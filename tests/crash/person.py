"""A scripted person with a phone: answers what their chat shows, in their own time, and is as clumsy as people are."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from bot.speech.catalogs import languages, say
from bot.telegram.render import MARKS
from bot.telegram.updates import SLOWER, SORRY
from dialogs.language.events import Press
from dialogs.language.words import _
from tests.answers import ASKED, CRITERIA, EN
from tests.crash.life import REFERENCE, Chosen, Life, Said, token
from tests.crash.screen import Screen, screen
from tests.samples import png
from tests.telegram.bot_api import Account
from tests.telegram.phone import Phone

LATE = _("That button belongs to an earlier question. Here is where we are now.")
QUIET = 0.3
"""Seconds without anything new after which one reads."""
APOLOGIES = tuple(say(words, locale).partition(".")[0] for locale in languages() for words in (SORRY, SLOWER))
TROUBLE = MARKS["trouble"]
STALE = tuple(f"{TROUBLE}{say(words, locale)}" for locale in languages() for words in (LATE,))
"""What is said to a press that came too late. It is about no text."""
COMPLAINTS = (*APOLOGIES, TROUBLE)
SPOKEN = ("sv", "en", "ar", "so", "uk")
TOGGLED = {"contributes": "set:money", "needs": "set:residents"}
PRESSED = {
    key: steps[0].removeprefix("tap ")
    for key in ASKED
    if len(steps := EN.chat[key]) == 1 and steps[0].startswith("tap ")
}
"""What is pressed where one press is the whole answer, by question key."""
WHOLE = ("scope", *CRITERIA)
"""Questions whose button is stored as the answer."""


@dataclass
class Pace:
    """How people live: `think` seconds between acts while the storm lasts, `patience` before they press /start, `wanted` applications each."""

    think: float
    patience: float
    wanted: int = 1
    leaving: float = 0.25
    """How many of them leave on the way, and do not come back."""
    calm: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the storm is over: now everybody finishes."""


class Person:
    """One of them. `payload` is what their first link carries; who `leaves` does so after so many acts."""

    def __init__(self, number: int, account: Account, chance: random.Random, pace: Pace, payload: str = "") -> None:
        self.account, self.chance, self.pace, self.payload = account, chance, pace, payload
        self.phone = Phone(account, 1_000_000 + number, "en", f"Person {number}")
        self.life = Life(number, address=str(self.phone.id), shared=bool(payload))
        self.leaves = chance.randint(5, 40) if not payload and chance.random() < pace.leaving else 0
        self._number = 0
        self._acts = 0
        self._changed: set[int] = set()
        self._photographed: set[int] = set()
        """Drafts at whose papers a photo was sent, or left out."""
        self._pressed: set[str] = set()
        self._read = 0
        self._newest: dict[int, int] = {}
        """By draft: the newest version that was shown."""

    async def live(self) -> None:
        """From hello until everything they want is sent."""
        await self._do(self.phone.start(self.payload))
        while not self.life.finished:
            await asyncio.sleep(0.05 if self.pace.calm.is_set() else self.chance.expovariate(1 / self.pace.think))
            await self._act(self._screen())
            self.life.finished = self._done()

    async def look(self) -> None:
        """Nothing to be opened: what is new comes by itself."""

    async def close(self) -> None:
        """Nothing to be shut."""

    def texts(self) -> list[str]:
        """Everything that was shown."""
        return [one.get("text") or one.get("caption") or "" for one in self.account.shown[self.phone.id]]

    def repeated(self) -> int:
        """Messages that came twice in a row. Who writes what no question takes, or presses what is gone, several times gets the same complaint as
        often, and rightly.
        """
        there = self.account.shown[self.phone.id]
        complaints = twice([one for one in there if one.get("text", "").lstrip("\u200f").startswith(COMPLAINTS)])
        return max(0, twice(there) - complaints - self.life.again)

    def lines(self) -> list[str]:
        """The chat, for whoever looks for the reason of something."""
        return [_line(message) for message in self.account.chats[self.phone.id].values()]

    def _screen(self) -> Screen:
        return screen(self.account.chats[self.phone.id])

    def _done(self) -> bool:
        here = self._screen()
        if self.leaves and self._acts >= self.leaves:
            return here.kind not in ("sure", "nothing")
        ended = here.kind == "receipt" or (here.kind == "home" and not _open(here))
        wanted = 1 if self.pace.calm.is_set() or self.life.shared else self.pace.wanted
        return ended and (len(self.life.sure) >= wanted or (self.life.shared and "status" in here.acts))

    async def _act(self, here: Screen) -> None:  # noqa: C901 one case for each thing that they do
        self._acts += 1
        self.life.place = f"{here.kind} {here.of_draft.key}"
        if not self.pace.calm.is_set() and (odd := self.chance.random()) < 0.03:
            await (self._block() if odd < 0.006 else self._do(self.phone.say("/language")))
            return
        match here.kind:
            case "nothing":
                await self._nudge()
            case "welcome":
                await self._press(here, "accept")
            case "languages":
                await self._press(here, self.chance.choice([f"lang:{one}" for one in SPOKEN]))
            case "ask":
                await self._answer(here)
            case "review":
                change = here.of_draft.draft not in self._changed and self.chance.random() < 0.3
                self._changed.add(here.of_draft.draft)
                await self._press(here, "change" if change else "send")
            case "changes":
                await self._press(here, "change:proposal")
            case "sure":
                self.life.sure.add(here.of_draft.draft)
                await self._press(here, "sure")
            case "receipt":
                await self._nudge()
            case "home":
                await self._press(here, _open(here) or "new")

    async def _answer(self, here: Screen) -> None:
        key, acts = here.of_draft.key, here.acts
        kinds = [act for act in acts if act.startswith("kind:")]
        if key == "actors" and kinds:
            of = "property_owner" if kinds[0].startswith("kind:a1:") else "association"
            await self._press(here, next(act for act in kinds if act.endswith(of)))
        elif key == "actors" and "done" in acts and "keep" not in acts:
            await self._press(here, "done")
        elif key in TOGGLED and not any(act.startswith("clear:") for act in acts):
            await self._press(here, TOGGLED[key])
        elif key == "papers" and "done" in acts:
            await self._press(here, "done")
        elif key == "papers" and here.of_draft.draft not in self._photographed and self._also_photographs(here):
            await self._do(self.phone.send_photo(png(self.life.person)))
        elif key in PRESSED and PRESSED[key] in acts:
            chosen = Chosen(PRESSED[key], key, here.of_draft.draft, here.of_draft.version)
            if key in WHOLE:
                self.life.chose.append(chosen)
            await self._press(here, PRESSED[key])
        else:
            await self._write(here)

    def _also_photographs(self, here: Screen) -> bool:
        self._photographed.add(here.of_draft.draft)
        return self.chance.random() < 0.5

    async def _write(self, here: Screen) -> None:
        self._number += 1
        about = here.of_draft
        mark = token(self.life.person, self._number)
        text = {
            "actors": f"Brf {mark}\nVänner {mark}",
            "area": f"Torget {mark}\nBergsgatan\nSimrishamnsgatan",
            "contact": f"Sara {mark}, {mark}@example.se",
        }.get(about.key, f"Answer {mark} about {about.key.replace('_', ' ')}.")
        # Who writes again, because the chat is slow, means it to take the place of what was not answered yet.
        again = any((said.draft, said.key) == (about.draft, about.key) for said in self._waiting())
        said = Said(mark, about.key, about.draft, about.version, changing=again or "keep" in here.acts, again=again)
        self.life.wrote.append(said)
        await self._do(self.phone.say(text))

    async def _press(self, here: Screen, act: str) -> None:
        """Press, and sometimes twice."""
        data, twice = here.data(act), self.chance.random() < 0.06
        for _time in range(1 + twice):
            self.phone.press(data, here.message)
        self.life.updates += twice
        # What the chat shows last may be the answer to an earlier press: then the same button is pressed once more.
        self.life.again += twice + (data in self._pressed)
        self._pressed.add(data)
        await self._do()

    async def _nudge(self) -> None:
        self.life.again += 1
        await self._do(self.phone.start())

    async def _block(self) -> None:
        """Want nothing from the bot for a while, and come back."""
        self.phone.block()
        await asyncio.sleep(self.pace.think * 2)
        await self._nudge()

    async def _do(self, done: Any = None) -> None:
        """Having done something, wait for what the chat shows, and read it; without an answer press /start."""
        before = len(self.account.shown[self.phone.id])
        if done is not None:
            await done
        self.life.updates += 1
        begun, called = time.monotonic(), len(self.account.calls)
        while not await self._shown(before):
            if self.pace.calm.is_set() and time.monotonic() - begun > 4 * self.pace.patience:
                break
            self.life.again += 1
            self.life.updates += 1
            await self.phone.start()
        if not self._refused(called):
            self.life.silence = max(self.life.silence, time.monotonic() - begun - QUIET)
        self.read()

    def _refused(self, since: int) -> bool:
        """Whether the server said meanwhile that it will never bring something into this chat."""
        calls = (one for one in self.account.calls[since:] if one.code in (400, 403))
        return any(str(one.parameters.get("chat_id")) == self.life.address for one in calls)

    async def _shown(self, before: int) -> bool:
        """Wait for something new, then until nothing more comes; False when patience ends first."""
        there, begun = self.account.shown[self.phone.id], time.monotonic()
        while len(there) == before:
            await asyncio.sleep(0.05)
            if time.monotonic() - begun > self.pace.patience:
                return False
        count, since = len(there), time.monotonic()
        while time.monotonic() - since < QUIET:
            await asyncio.sleep(0.05)
            if len(there) != count:
                count, since = len(there), time.monotonic()
        return True

    def read(self) -> None:
        """Take in what is new: receipts, and which of the things done were acknowledged or refused."""
        there = self.account.shown[self.phone.id]
        fresh, self._read = there[self._read :], len(there)
        for message in fresh:
            # In a language from right to left a mark of the direction stands before everything.
            shown, text = screen({0: message}), message.get("text", "").lstrip("\u200f")
            if shown.kind == "receipt":
                self.life.receipts += REFERENCE.findall(text)
            about = shown.of_draft
            complaint = text.startswith(APOLOGIES) or (text.startswith(TROUBLE) and not text.startswith(STALE))
            # A complaint that shows nothing newer is about what was written, and acknowledges none of it.
            newer = about.version > self._newest.get(about.draft, -1)
            if shown.kind in ("ask", "review") and (newer if complaint else not text.startswith(TROUBLE)):
                self._went_on(about)
            self._newest[about.draft] = max(about.version, self._newest.get(about.draft, -1))
            if complaint:
                waiting = [said for said in self._waiting() if about.draft in (0, said.draft)]
                for said in waiting[:1]:
                    said.refused = True

    def _waiting(self) -> list[Said]:
        """The texts that the chat has not answered yet. It answers them in their order."""
        return [said for said in self.life.wrote if not said.acknowledged and not said.refused]

    def _went_on(self, about: Press) -> None:
        """The chat shows a question, or the review: what was answered before it is acknowledged. A complaint is about what came after.
        Each text makes a version of its own, and of several to one question a message answers the first.
        """
        last, answered = -1, ""
        for said in self.life.wrote:
            if said.draft != about.draft or said.refused:
                continue
            last = max(said.version, last + 1)
            if about.version > last and said.key not in (about.key, answered):
                answered = "" if said.acknowledged else said.key
                said.acknowledged = True
        for chosen in self.life.chose[-1:]:
            if chosen.draft == about.draft and about.version > chosen.version and about.key != chosen.key:
                chosen.acknowledged = True


def _open(here: Screen) -> str:
    """The button that goes on with the latest draft, or ""."""
    return next((act for act in here.acts if act.startswith("open:")), "")


def twice(shown: list[dict[str, Any]]) -> int:
    """How many messages of a chat say what the one before them said, word for word and button for button."""
    new = [(one.get("text"), one.get("reply_markup")) for one in shown if "edit_date" not in one]
    return sum(one == before for before, one in pairwise(new))


def _line(message: dict[str, Any]) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    data = [button["callback_data"] for row in rows for button in row]
    who = "<" if message["from"].get("is_bot") else ">"
    return f"{message['date']} {message['message_id']} {who} {message.get('text', '')[:160]!r} {data[:3]}"
