"""A scripted person with a browser and no scripts: reads the page, sends its forms, and reloads when the line was cut."""

import asyncio
import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout, CookieJar

from bot.settings.keys import Keys
from tests.crash.life import REFERENCE, TOKEN, Chosen, Life, Said, token
from tests.crash.person import PRESSED, SPOKEN, WHOLE, Pace
from tests.crash.weather import CUT, CUT_AT_SEND, OURS, Weather
from tests.house import SECRET
from tests.web.page import Form, Page

WAIT = 1.0
"""Seconds before one reloads a page that did not come."""
AT_SEND = 3
"""One press on "send" in so many is cut off."""
SLOW = 60
"""Seconds for a page."""
SEE_OTHER, REFUSED, TOO_FAST = 303, 422, 429
WRITTEN = re.compile(r"<textarea.*?</textarea>", re.DOTALL)
"""What stands in a form that was not sent is acknowledged to nobody."""
RECEIPT = re.compile(rf'class="reference"><bdi>({REFERENCE.pattern})')
KINDS = ("property_owner", "association")
Fields = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Answer:
    """What the server said to a form: `page` is empty for a redirection. `wait`: seconds until one may come again."""

    status: int
    html: str = ""
    onwards: str = "/"
    wait: float = 0


class WebPerson:
    """One of them. `doors` are the addresses of the processes that serve the web, as a proxy knows them."""

    def __init__(
        self, number: int, doors: Callable[[], list[str]], chance: random.Random, pace: Pace, weather: Weather
    ) -> None:
        self.doors, self.chance, self.pace, self.weather = doors, chance, pace, weather
        self.life = Life(number, channel="web")
        self.leaves = chance.randint(5, 40) if chance.random() < pace.leaving else 0
        self.page = Page("")
        self.news: set[str] = set()
        """The notices that a page has shown."""
        self.done: list[str] = []
        """What was done and shown, for whoever looks for the reason of something."""
        self._session = ClientSession(
            cookie_jar=CookieJar(unsafe=True),
            headers={"Accept-Language": "en"},
            timeout=ClientTimeout(total=SLOW),
        )
        self._number = 0
        self._acts = 0
        self._changed: set[int] = set()
        self._stamped = False
        """Whether the page is a receipt."""

    async def live(self) -> None:
        """From the welcome until everything they want is sent."""
        await self.look()
        while not self.life.finished:
            await asyncio.sleep(0.1 if self.pace.calm.is_set() else self.chance.expovariate(1 / self.pace.think))
            await self._act()
            self.life.finished = self._done()

    async def look(self, path: str = "/") -> None:
        """Open the page, and again until it comes."""
        while (answer := await self._asked("GET", path)) is None or answer.status >= OURS:
            await asyncio.sleep(WAIT)
        self._read(answer)

    async def close(self) -> None:
        """Shut the browser."""
        await self._session.close()

    def texts(self) -> list[str]:
        """The notices that were shown."""
        return sorted(self.news)

    def read(self) -> None:
        """All has been read, a page is read when it comes; it is known from the cookie who one is."""
        for cookie in self._session.cookie_jar:
            if cookie.key == "chat":
                self.life.address = Keys(SECRET).hash(cookie.value)

    def repeated(self) -> int:
        """A page says nothing twice."""
        return 0

    def lines(self) -> list[str]:
        """What was done and shown."""
        return self.done

    def _done(self) -> bool:
        acts = self._acts_shown()
        if self.leaves and self._acts >= self.leaves:
            return "sure" not in acts
        wanted = 1 if self.pace.calm.is_set() else self.pace.wanted
        at_rest = self._stamped or ("new" in acts and not self._open())
        return at_rest and len(self.life.sure) >= wanted and "sure" not in acts

    # What is on the page.

    def _acts_shown(self) -> list[str]:
        return self.page.acts

    def _open(self) -> str:
        return next((act for act in self._acts_shown() if act.startswith("open:")), "")

    def _about(self) -> tuple[int, int, str]:
        """The draft, its version and the question that the page is about; zeros and "" for none."""
        hidden = next((form.fields for form in reversed(self.page.forms) if form.fields.get("draft")), None)
        if not hidden:
            return 0, 0, ""
        return int(hidden["draft"][0]), int(hidden["version"][0]), self.page.question

    # What one does with it.

    async def _act(self) -> None:
        self._acts += 1
        draft, _version, key = self._about()
        acts = self._acts_shown()
        self.life.place = f"the web, {key or acts[-3:]}"
        if self.life.sure and not self.pace.calm.is_set() and self.chance.random() < 0.03:
            await self._press(f"lang:{self.chance.choice(SPOKEN)}")
        elif "accept" in acts:
            await self._press("accept")
        elif "sure" in acts:
            self.life.sure.add(draft)
            await self._press("sure")
        elif key:
            await self._answer(key)
        elif "send" in acts:
            change = draft not in self._changed and self.chance.random() < 0.3
            self._changed.add(draft)
            await self._press("change:proposal" if change else "send")
        else:
            await self._press(next(act for act in (self._open(), "new", "home", "resume") if act in acts))

    async def _answer(self, key: str) -> None:
        draft, version, _key = self._about()
        form = next(form for form in reversed(self.page.forms) if any(" " in value for _name, value in form.buttons))
        acts = [value.partition(" ")[0] for _name, value in form.buttons]
        named = {name.partition(".")[0] for name in form.fields if re.match(r"a\d+\.", name)}
        if key == "actors" and len(named) == len(KINDS):
            await self._press("done")
        elif key in PRESSED and key != "speaks_for":
            if key in WHOLE:
                self.life.chose.append(Chosen(PRESSED[key], key, draft, version))
            await self._press(PRESSED[key])
        elif key == "speaks_for":
            await self._press(next(act for act in acts if re.fullmatch(r"a\d+", act)))
        else:
            await self._write(key, len(named), "keep" in acts)

    async def _write(self, key: str, named: int, changing: bool) -> None:
        draft, version, _key = self._about()
        self._number += 1
        mark = token(self.life.person, self._number)
        fields: dict[str, Fields] = {
            "actors": {"new.name": f"Brf {mark}", "new.kind": KINDS[named % len(KINDS)]},
            "contributes": {"ids": ["money"], "words": f"Money {mark}"},
            "needs": {"ids": ["residents"], "words": f"A survey {mark}"},
            "area": {"words": f"Torget {mark}", "bounds": "Bergsgatan\nSimrishamnsgatan"},
            "contact": {"name": f"Sara {mark}", "email": f"{mark}@example.se"},
        }
        said = Said(mark, key, draft, version, changing=changing)
        self.life.wrote.append(said)
        act = "add" if key == "actors" else "done"
        await self._press(act, fields.get(key, {"text": f"Answer {mark} about {key.replace('_', ' ')}."}), said)

    async def _press(self, act: str, filled: Fields | None = None, said: Said | None = None) -> None:
        """Send the form with this button; who gets no answer sends it again, or reloads and reads what is there."""
        form, value = self.page.pressing(act)
        data = _data(form, value, filled or {})
        before, begun, waited = self._about(), time.monotonic(), 0.0
        while True:
            answer = await self._posted(data, form.action or "/")
            if answer and answer.status == TOO_FAST:
                waited += answer.wait
                await asyncio.sleep(answer.wait)
            elif answer and answer.status < OURS:
                break
            else:
                await asyncio.sleep(WAIT)
                if self.chance.random() < 0.5:
                    await self.look()
                    if said and not said.acknowledged and self._about()[::2] == before[::2]:
                        said.refused = True  # it asks again: this was not taken
                    return
        if answer.status == SEE_OTHER:
            await self.look(answer.onwards)
        else:
            self._read(answer)
        if said and answer.status == REFUSED:
            said.refused = True
        self.life.silence = max(self.life.silence, time.monotonic() - begun - waited)

    async def _posted(self, data: list[tuple[str, str]], path: str) -> Answer | None:
        """One time in twenty two forms at once: who presses twice. The answer to the second is what the browser shows."""
        twice = self.chance.random() < 0.06
        self.life.updates += 1 + twice
        both = [self._asked("POST", path, data) for _time in range(1 + twice)]
        return (await asyncio.gather(*both))[-1]

    async def _asked(self, method: str, path: str, data: list[tuple[str, str]] | None = None) -> Answer | None:
        """What one process answers; None when nobody does, or the line is cut before that."""
        doors = self.doors()
        if not doors:
            return None
        door = self.chance.choice(doors)
        sending = ("press", "sure") in (data or ())
        cut = self.weather.bad and self.chance.random() * (AT_SEND if sending else self.weather.every) < 1
        try:
            async with (
                asyncio.timeout(self.chance.uniform(0, 0.1) if cut else SLOW),
                self._session.request(
                    method, door + path, data=data, headers={"Origin": door}, allow_redirects=False
                ) as answer,
            ):
                self.weather.answered(answer.status)
                wait = float(answer.headers.get("Retry-After", 1))
                return Answer(answer.status, await answer.text(), answer.headers.get("Location", "/"), wait)
        except (ClientError, TimeoutError, OSError):
            if cut:
                self.weather.faults[CUT_AT_SEND if sending else CUT] += 1
            return None
        finally:
            self.done.append(f"{time.time():.2f} {method} {path} {data or ''}{' cut off' * cut}")

    # What the page says.

    def _read(self, answer: Answer) -> None:
        self.page = Page(answer.html)
        shown = WRITTEN.sub("", answer.html)
        news = shown.partition('<section id="notices"')[2].partition('<div class="now"')[0]
        self.news |= {
            one for one in news.partition('class="history"')[0].split('class="bubble') if REFERENCE.search(one)
        }
        self.life.receipts += [one for one in RECEIPT.findall(shown) if one not in self.life.receipts]
        self._stamped = bool(RECEIPT.search(shown))
        self.done.append(f"< {answer.status} {self._about()} {self._acts_shown()[-6:]}")
        if answer.status < REFUSED:
            self._acknowledge({match[0] for match in TOKEN.finditer(shown)})

    def _acknowledge(self, shown: set[str]) -> None:
        """What stands on the page outside of its forms, and what was answered before the question at hand."""
        draft, version, key = self._about()
        for said in self.life.wrote:
            went_on = said.draft == draft and version > said.version and key != said.key
            if said.token in shown or (went_on and not said.refused):
                said.acknowledged = True
        for chosen in self.life.chose[-1:]:
            if chosen.draft == draft and version > chosen.version and key != chosen.key:
                chosen.acknowledged = True


def _data(form: Form, value: str, filled: Fields) -> list[tuple[str, str]]:
    given = {name: [one] if isinstance(one, str) else one for name, one in filled.items()}
    return [(name, one) for name, ones in (form.fields | given).items() for one in ones] + [("press", value)]
