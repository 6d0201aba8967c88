"""Many people at once, who hold the same interview with a bot through its webhook, each at their own place in it."""

import asyncio
import json
import time
from itertools import count
from typing import Any

from yarl import URL

from tests.benchmarks.bare_bot_api import BUTTON, CHAT, ME, BareAccount, markup, result
from tests.benchmarks.steps import Shown, Step
from tests.benchmarks.wire import Messages

PEOPLE = 40
"""People at once, and so connections: what Telegram opens to a webhook unless it is told otherwise (Bot API, setWebhook, max_connections)."""
PATIENCE = 60
"""Seconds until whoever has got no answer says so."""

CROWDS = count(5)
"""No two crowds have a chat in common: contenders share a Redis, and aiogram's keys there name no bot."""


class Stuck(Exception):
    """Somebody waits in vain; which step it was."""


class Crowd:
    """PEOPLE people who talk to one bot. A person whose interview has ended makes room for the next, in a chat of their own.

    A press is that of a button that the bot has sent. One that only `echoes` sends none: it gets the same updates, or ("texts") the same words.
    """

    def __init__(self, account: BareAccount, steps: list[Step], echoes: str = "", people: int = PEOPLE) -> None:
        self.account, self.real = account, not echoes
        account.reader = self
        self.plan = [_Plan(steps, number, echoes) for number in range(len(steps))]
        self.people = [_Person(self) for _number in range(people)]
        self.chats, self.updates, self.messages = count(next(CROWDS) * 100_000_000 + 1), count(700_000_001), count(1)
        self.there: dict[int, _Person] = {}
        self.latencies: list[float] = []
        """Seconds from an update to its answer, one for each update that was answered."""
        self.interviews = 0
        self.going = False
        self.trouble = ""

    async def open(self) -> None:
        """Connect whoever is not connected."""
        hooks = list(self.account.hooks.items())
        for number, person in enumerate(self.people):
            if not person.open:
                url, secret = hooks[number % len(hooks)]
                await person.connect(URL(url), secret)

    async def first(self) -> None:
        """One person begins, and gets the first answer. Stuck when it does not come."""
        await self.open()
        self.going = True
        self.people[0].go_on()
        await self.pause()

    async def begin(self) -> None:
        """Begin to talk, or go on. They begin one after the other, a step apart: at any time each is at another place of the interview."""
        await self.open()
        self.going = True
        for person in [person for person in self.people if person.begun] or self.people[:1]:
            person.go_on()

    def next_one(self) -> None:
        """Somebody has taken a first step: whoever has not begun yet does."""
        waiting = next((person for person in self.people if not person.begun), None)
        if waiting and self.going:
            waiting.go_on()

    async def wait(self, seconds: float) -> None:
        """Let them talk for so long. Stuck when they cannot."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self.trouble:
            await asyncio.sleep(min(left, 0.2))
        if self.trouble:
            raise Stuck(self.trouble)

    async def pause(self) -> None:
        """Everybody falls silent. Returns when all answers have come; Stuck when one does not."""
        self.going = False
        until = time.monotonic() + PATIENCE
        while not self.trouble and (waiting := [person for person in self.people if person.waits]):
            if time.monotonic() > until:
                self.trouble = f"{len(waiting)} wait, the first at {waiting[0].place}"
            await asyncio.sleep(0.002)
        if self.trouble:
            raise Stuck(self.trouble)

    def fails(self, trouble: str) -> None:
        """It cannot go on."""
        self.going, self.trouble = False, self.trouble or trouble

    def reads(self, chat: int, buttons: list[bytes]) -> bytes:
        """A message has arrived."""
        person = self.there.get(chat)
        return person.reads(buttons) if person else self.plan[0].results[0] % (next(self.messages), chat)


class _Plan:
    """A step, made ready: its update with holes for what differs from person to person."""

    def __init__(self, steps: list[Step], number: int, echoes: str) -> None:
        step = self.step = steps[number]
        self.results = [result(one.text, one.rows) for one in ([Shown(step.what, [])] if echoes else step.shown)]
        self.tap = step.verb == "tap" and echoes != "texts"
        self.act = step.what.encode()
        before = steps[number - 1].shown[-1] if number else None
        sender = {"id": -1, "is_bot": False, "first_name": "Sara", "language_code": "en"}
        chat = {"id": -1, "first_name": "Sara", "type": "private"}
        now = int(time.time())
        update: dict[str, Any] = {"update_id": -1}
        if self.tap and before:
            message = {"message_id": -1, "from": ME, "chat": chat, "date": now, "text": before.text}
            press = {"id": "-1", "from": sender, "message": message | {"reply_markup": markup(before.rows)}}
            update["callback_query"] = press | {"chat_instance": "1", "data": "-1"}
        else:
            update["message"] = {"message_id": -1, "from": sender, "chat": chat, "date": now, "text": step.what}
            if step.what.startswith("/"):
                update["message"]["entities"] = [{"offset": 0, "length": len(step.what), "type": "bot_command"}]
        text = json.dumps(update).replace("%", "%%").replace('"id": "-1"', '"id": "%d"').replace('"-1"', '"%s"')
        self.body = text.replace(": -1", ": %d").encode()

    def update(self, id: int, chat: int, message: int, data: bytes) -> bytes:
        """The update of one person."""
        if self.tap:
            return self.body % (id, id, chat, message, chat, data)
        return self.body % (id, message, chat, chat)


class _Person(Messages):
    """One person after the other, on one connection."""

    def __init__(self, crowd: Crowd) -> None:
        super().__init__()
        self._crowd = crowd
        self._number = -1
        self._chat = 0
        self._message = 0
        self._buttons: list[bytes] = []
        self._missing = 0
        self._heard = True
        self._begun = 0.0
        self._head = b""

    @property
    def begun(self) -> bool:
        """Whether they have said anything yet."""
        return self._number >= 0

    @property
    def waits(self) -> bool:
        """Whether an answer, or the webhook's own, has not come yet."""
        return self._missing > 0 or not self._heard

    @property
    def place(self) -> str:
        """The step, what was shown before, and what is missing."""
        step = self._crowd.plan[self._number].step
        return f"step {self._number + 1} ({step.verb} {step.what!r}): {self._missing} messages, heard: {self._heard}"

    async def connect(self, url: URL, secret: str) -> None:
        """A connection to the webhook."""
        assert url.host
        assert url.port
        self._head = (
            f"POST {url.raw_path} HTTP/1.1\r\nHost: {url.host}:{url.port}\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: "
        ).encode() + b"%d\r\n\r\n%s"
        await asyncio.get_running_loop().create_connection(lambda: self, url.host, url.port)

    def go_on(self) -> None:
        """Send the next update, unless it is time to be silent."""
        crowd = self._crowd
        if not crowd.going:
            return
        self._number += 1
        if self._number in (0, len(crowd.plan)):
            crowd.interviews += self._number > 0
            crowd.there.pop(self._chat, None)
            self._number, self._chat, self._buttons = 0, next(crowd.chats), []
            crowd.there[self._chat] = self
        if self._number == 1:
            crowd.next_one()
        plan = crowd.plan[self._number]
        data = self._pressed(plan) if plan.tap else b""
        if not self.transport or (plan.tap and not data):
            crowd.fails(f"a button is missing, or the connection is closed, before {self.place}: {self._buttons}")
            return
        self._missing, self._heard = len(plan.results), False
        body = plan.update(next(crowd.updates), self._chat, self._message, data)
        self._begun = time.perf_counter()
        self.transport.write(self._head % (len(body), body))

    def _pressed(self, plan: _Plan) -> bytes:
        if not self._crowd.real:
            return plan.act
        for data in self._buttons:
            if data == plan.act or data.endswith((b"~" + plan.act, b":" + plan.act)):
                return data
        return b""

    def reads(self, buttons: list[bytes]) -> bytes:
        """A message has come."""
        crowd = self._crowd
        if buttons:
            self._buttons = buttons
        self._message = next(crowd.messages)
        results = crowd.plan[self._number].results
        answer = results[-self._missing or -1] % (self._message, self._chat)
        if self._missing > 0:
            self._missing -= 1
            if not self._missing:
                crowd.latencies.append(time.perf_counter() - self._begun)
                if self._heard:
                    # Not at once: the answer to this very call has to go first.
                    asyncio.get_running_loop().call_soon(self.go_on)
        return answer

    def got(self, head: bytes, body: bytes) -> None:
        """The webhook has answered, perhaps with a message."""
        if not head.startswith(b"HTTP/1.1 200"):
            self._crowd.fails(f"{head[:60]!r} at {self.place}")
            return
        if self._missing and b"endMessage" in body and CHAT.search(body):
            self._missing = 1
            self.reads(BUTTON.findall(body))
        self._heard = True
        if not self._missing:
            self.go_on()

    def connection_lost(self, exc: Exception | None) -> None:
        """Closed by the bot."""
        super().connection_lost(exc)
        if self.waits:
            self._crowd.fails(f"a connection was lost at {self.place}")
