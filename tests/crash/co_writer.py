"""A scripted person who writes a draft with others: invites, comes in, takes out, leaves, and tries afterwards what must not work."""

import asyncio
import random
import re
from typing import Any

from bot.speech.catalogs import languages, say
from bot.telegram.press import read
from bot.telegram.render import MARKS
from dialogs.applicants.writers import came_in
from dialogs.language.words import _
from tests.crash.company import ENDED, GOING, GUESTS, Company, Part
from tests.crash.life import Said, token
from tests.crash.person import Pace, Person
from tests.crash.screen import Screen, screen
from tests.telegram.bot_api import Account

LINK = re.compile(r"\?start=([\w-]+)")
USED, OVER, LEFT = ENDED
BEFORE = 4
"""Acts of the founder before they invite anybody."""
WAIT = 0.2
"""Seconds before one looks again whether the others are done."""
COME_IN = tuple(f"{MARKS['good']}{say(_('You are invited'), locale)}" for locale in languages())
CALLED = "\u2068Torget\u2069"
NOW_WRITTEN = [
    (re.compile(re.escape(said).replace(re.escape(CALLED), ".+")), number)
    for locale in languages()
    for number in range(2, len(GUESTS) + 2)
    if CALLED in (said := say(came_in(0, "Torget", number).words[0], locale, by_line=True))
]
"""What is said when somebody has come in, in every language, and how many then write it: some languages have a word for two, and no number."""


class CoWriter(Person):
    """One of a `company`, who has a `part` in it."""

    def __init__(
        self, number: int, account: Account, chance: random.Random, pace: Pace, company: Company, part: Part
    ) -> None:
        super().__init__(number, account, chance, pace, company.links[0] if part == "founder" and company.links else "")
        self.company, self.part = company, part
        self.life.shared, self.leaves = True, 0
        self._taking_out = ""
        self._since: int | None = None
        """How many messages had been shown when they knew that they were out; None as long as they do not."""

    async def live(self) -> None:
        """From hello until it is sent, or until they have tried to come back."""
        if self.part == "stranger":
            await self._try_links()
            return
        if self.part != "founder":
            self.life.place = "waiting for a link"
            self.payload = await self.company.link(self.part)
            self.life.came.add(self.company.draft)
            self.company.moved.set()
        await super().live()

    def read(self) -> None:
        """Take in what is new; who is out notes what they are still shown of the draft."""
        super().read()
        there = self.account.shown[self.phone.id]
        fresh = _once(there)
        numbers = [_count(one) for one in fresh if _acts(one) == [f"writers:{self.company.draft}"]]
        self.life.announced = {self.company.draft: numbers} if numbers else {}
        self.life.welcomed = sum(_text(one).startswith(COME_IN) for one in fresh)
        if self._since is not None:
            # That they were taken out names the draft, and may come late.
            later = [one for one in there[self._since :] if _acts(one) != ["home"]]
            self.life.afterwards = [_text(one) for one in later]
            self.life.still = {about for one in later if (about := screen({0: one}).of_draft.draft)}

    def _done(self) -> bool:
        if self.part in GOING:
            return self.company.draft in self.life.left
        return super()._done()

    async def _block(self) -> None:
        """They stay within reach, so that it can be asked whether each was told of everything."""
        await self._nudge()

    async def _act(self, here: Screen) -> None:
        company = self.company
        if self.part == "founder" and here.kind == "ask" and not company.draft:
            company.draft = here.of_draft.draft
            self.life.began.add(company.draft)
        elif company.draft and here.of_draft.draft == company.draft:
            company.inside |= {self.part} - {"founder"}
        if self.part in company.inside & GOING and self._is_out(here):
            await self._try_again()
        elif company.draft and self._acts >= BEFORE and await self._errand():
            pass
        elif here.kind == "aside":
            await self._press(here, "resume")
        elif here.kind in ("review", "sure") and not company.settled:
            self.life.place = "waiting for the others"
            await asyncio.sleep(WAIT)
            # Whoever is taken out reads it in a notice, which may be refused for good: they look where they are.
            await (self._nudge() if self.part == "out" and self.chance.random() < WAIT else asyncio.sleep(0))
            self.read()
        else:
            await super()._act(here)

    async def _errand(self) -> bool:
        """What their part asks for now, one try of it; False when it asks for nothing."""
        company = self.company
        match self.part:
            case "founder" if part := company.next:
                if link := await self._new_link():
                    company.link(part).set_result(link)
            case "founder" if company.whole and OVER not in company.dead.values():
                await self._end_links()
            case "founder" if company.whole and "out" not in company.gone and self._taking_out != "done":
                await self._take_out()
            case "leaves" if company.whole:
                await self._leave()
            case "forgets" if company.whole:
                await self._forget()
            case _:
                return False
        return True

    # What one does about the others, from the menu on. Each may have to be tried again.

    async def _through(self, *acts: str) -> Screen | None:
        """Press what begins so, one after the other; what is shown then, or None when the way ended before."""
        await self._do(self.phone.say("/menu"))
        for act in acts:
            here = self._screen()
            there = next((one for one in here.acts if one == act or one.startswith(f"{act}:")), "")
            if here.kind != "aside" or not there:
                return None
            await self._press(here, there)
        return self._screen()

    async def _new_link(self) -> str:
        """A link for one person, or "" when none came."""
        here = await self._through("writers", "invite")
        found = LINK.search(here.text) if here else None
        return found[1] if found else ""

    async def _end_links(self) -> None:
        link, draft = await self._new_link(), self.company.draft
        here = self._screen()
        if not link or f"endlinks:{draft}" not in here.acts:
            return
        before = len(self.account.shown[self.phone.id])
        await self._press(here, f"endlinks:{draft}")
        if any(_acts(one) == [f"writers:{draft}", "resume"] for one in self.account.shown[self.phone.id][before:]):
            self.company.dead[self.company.link("out").result()] = USED
            self.company.dead[link] = OVER

    async def _take_out(self) -> None:
        """Whoever came first, once: the same one again when no answer came."""
        here = await self._through("writers")
        if here is None or f"invite:{self.company.draft}" not in here.acts:
            return
        first = next((act for act in here.acts if act.startswith("takeout:")), "")
        self._taking_out = self._taking_out or first
        if self._taking_out not in here.acts:
            self._taking_out = "done"
            return
        await self._press(here, self._taking_out)
        here = self._screen()
        if sure := next((act for act in here.acts if act.startswith("takeout2:")), ""):
            self.company.moved.set()
            await self._press(here, sure)

    async def _leave(self) -> None:
        """With a link in their hand that then ends, too."""
        if LEFT not in self.company.dead.values():
            if link := await self._new_link():
                self.company.dead[link] = LEFT
            return
        await self._do(self.phone.say("/delete"))
        here = self._screen()
        if there := next((act for act in here.acts if act.startswith("leave:")), ""):
            self.company.moved.set()
            await self._press(here, there)

    async def _forget(self) -> None:
        await self._do(self.phone.say("/forget"))
        here = self._screen()
        if "forget2" in here.acts:
            self.company.moved.set()
            self.life.forgot = True
            await self._press(here, "forget2")
            await self._nudge()

    # What must not work.

    def _is_out(self, here: Screen) -> bool:
        """Whether the chat shows that they do not write the draft any more: they are as new to it, at home without the draft, or in one of their own."""
        at_home = here.kind == "home" and f"open:{self.company.draft}" not in here.acts
        return here.kind == "welcome" or at_home or here.of_draft.draft not in (0, self.company.draft)

    async def _try_again(self) -> None:
        """Old buttons, a text, and the link by which they had come in."""
        draft = self.company.draft
        self.company.gone.add(self.part)
        self.life.place = "out"
        old = next(
            (message, data)
            for message in reversed(self.account.chats[self.phone.id].values())
            for data in _data(message)
            if read(data).draft == draft
        )
        self._since = len(self.account.shown[self.phone.id])
        self.life.left.add(draft)
        self.phone.press(old[1], old[0]["message_id"])
        await self._do()
        self.phone.press(f"open:{draft}", old[0]["message_id"])
        await self._do()
        self._number += 1
        mark = token(self.life.person, self._number)
        self.life.wrote.append(Said(mark, read(old[1]).key, draft, 0, after=True))
        await self._do(self.phone.say(f"Answer {mark} of somebody who has left."))
        await self._do(self.phone.start(self.payload))

    async def _try_links(self) -> None:
        """Links that lead nowhere any more, by somebody who never was in."""
        while not self.company.settled:
            self.life.place = "waiting for links that have ended"
            await asyncio.sleep(WAIT)
        self._since = len(self.account.shown[self.phone.id])
        for link in self.company.dead:
            self.life.turned_away.append(link)
            await self._do(self.phone.start(link))
        self.life.finished = True


def _data(message: dict[str, object]) -> list[str]:
    markup = message.get("reply_markup")
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    return [button["callback_data"] for row in rows for button in row]


def _acts(message: dict[str, object]) -> list[str]:
    return [read(one).act for one in _data(message)]


def _count(message: dict[str, object]) -> int:
    """How many write it now, as it says there."""
    return next((number for said, number in NOW_WRITTEN if said.search(_text(message))), 0)


def _text(message: dict[str, object]) -> str:
    """What it says, without the mark of the direction before it."""
    return str(message.get("text") or "").lstrip("\u200f")


def _once(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages without those that came again, which are counted elsewhere."""
    new = [one for one in shown if "edit_date" not in one]
    said = [(one.get("text"), one.get("reply_markup")) for one in new]
    return [one for at, one in enumerate(new) if not at or said[at] != said[at - 1]]
