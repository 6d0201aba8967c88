"""A person with a phone: what they do becomes updates as Telegram makes them, what they read is what the bot has put on the screen."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.telegram.press import read as read_press
from tests.answers import went_on
from tests.applicant import ANSWERS
from tests.telegram.bot_api import Account
from tests.telegram.markup import units

CLIENT_CUTS_AT = 4096
"""UTF-16 units: a longer text becomes several messages."""


class Phone:
    """One person's private chat with one bot. `settle` waits until the bot has said what it has to say."""

    def __init__(
        self,
        account: Account,
        id: int = 501,
        locale: str = "sv",
        name: str = "Sara",
        settle: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.account, self.id, self.locale, self.name = account, id, locale, name
        self._settle = settle
        self._read = 0

    # What the person does. Each gives the message's or the press's id, and does not wait.

    async def start(self, payload: str = "") -> int:
        """Open the chat, by a deep link when there is a payload."""
        return await self.say(f"/start {payload}".strip())

    async def say(self, text: str) -> int:
        """Write; the id of the last message, since a client cuts a long text into several."""
        id = 0
        for piece in _cut(text):
            id = self._message(text=piece, **_entities(piece))
        return id

    async def edit(self, message: int, text: str) -> None:
        """Edit a message."""
        self.account.chats[self.id][message] |= {"text": text, "edit_date": int(time.time())}
        self.account.put(edited_message=self.account.chats[self.id][message])

    async def tap(self, what: str, message: int = 0) -> str:
        """Press a button by its label, a part of it, or its act: the newest that fits, or that of one `message`. The press's id."""
        data, on = self._button(what, message)
        return self.press(data, on)

    def press(self, data: str, message: int) -> str:
        """Press a button of this data on this message, whether it is there or not."""
        id = f"press{next(self.account.update_ids)}"
        self.account.callbacks.add(id)
        on = self.account.chats[self.id].get(message, {"message_id": message, "date": 0, "chat": self._chat()})
        self.account.put(
            callback_query={"id": id, "from": self._me(), "chat_instance": "1", "message": on, "data": data}
        )
        return id

    async def send_file(self, name: str, content: bytes, mime: str = "application/octet-stream", **more: Any) -> int:
        """Send a document."""
        return self._message(document=self._file(content, file_name=name, mime_type=mime), **more)

    async def send_photo(self, content: bytes, **more: Any) -> int:
        """Send a photo, which the server makes in two sizes."""
        small, large = (
            self._file(b"small" + content[:20], width=90, height=60),
            self._file(content, width=1280, height=960),
        )
        return self._message(photo=[small, large], **more)

    async def send_album(self, photos: list[bytes]) -> None:
        """Send several photos at once."""
        album = f"album{next(self.account.update_ids)}"
        for photo in photos:
            await self.send_photo(photo, media_group_id=album)

    async def send_voice(self, content: bytes) -> int:
        """Send a voice note."""
        return self._message(voice=self._file(content, duration=3, mime_type="audio/ogg"))

    async def send_location(self, latitude: float, longitude: float) -> int:
        """Send a pin."""
        return self._message(location={"latitude": latitude, "longitude": longitude})

    async def send_sticker(self) -> int:
        """Send a sticker."""
        return self._message(
            sticker=self._file(b"webp", width=512, height=512, type="regular", is_animated=False, is_video=False)
        )

    async def send(self, **content: Any) -> int:
        """Send a message of any other kind, in the Bot API's form."""
        return self._message(**content)

    def block(self) -> None:
        """Want nothing more from this bot."""
        self.account.blocked.add(self.id)

    # What the person reads.

    async def read(self) -> str:
        """What is new on the screen, once the bot has said what it has to say."""
        if self._settle:
            await self._settle()
        else:
            await self._quiet()
        return "\n\n".join(shown(message) for message in self.fresh())

    def fresh(self) -> list[dict[str, Any]]:
        """The messages that are new on the screen, or new in their text."""
        there = self.account.shown[self.id]
        fresh, self._read = there[self._read :], len(there)
        return fresh

    async def expect(self, text: str, seconds: float = 10) -> str:
        """Wait until something new on the screen says `text`; all that is new. AssertionError when it does not come."""
        until, begin = time.monotonic() + seconds, self._read
        while True:
            there = [shown(message) for message in self.account.shown[self.id][begin:]]
            if any(text in one for one in there):
                self._read = begin + len(there)
                return "\n\n".join(there)
            assert time.monotonic() < until, f"{text!r} did not come; what came is:\n" + "\n\n".join(there)
            await asyncio.sleep(0.02)

    @property
    def last(self) -> dict[str, Any]:
        """The newest message of the bot that still stands there."""
        return next(
            message for message in reversed(self.account.chats[self.id].values()) if message["from"].get("is_bot")
        )

    def buttons(self, message: dict[str, Any] | None = None) -> list[dict[str, str]]:
        """The buttons of a message, by default of the last one."""
        return [
            button
            for row in (message or self.last).get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
        ]

    @property
    def question(self) -> str:
        """The key of the question that the last message asks, "" when it asks none."""
        return next((press.key for button in self.buttons() if (press := read_press(button["callback_data"])).key), "")

    async def walk(self, until: str, answers: Mapping[str, tuple[str, ...]] = ANSWERS) -> None:
        """Begin, and answer what is asked up to the question `until` ("" for the review)."""
        await self.start()
        await self.read()
        await self.tap("accept")
        await self.read()
        while (asked := self.question) != until:
            assert asked, f"no way to {until!r}; the last message is:\n{shown(self.last)}"
            for step in answers[asked]:
                verb, _space, rest = step.partition(" ")
                await (self.say(rest) if verb == "say" else self.tap(rest))
                await self.read()
            went_on(asked, self.question, shown(self.last))

    # How it is made.

    async def _quiet(self, seconds: float = 0.3, most: float = 15) -> None:
        """Until nothing has come for `seconds`; ten times as long where the last message has no buttons, since the one that asks is yet to come."""
        until = time.monotonic() + most
        count, since = len(self.account.shown[self.id]), time.monotonic()
        while time.monotonic() < until:
            await asyncio.sleep(0.02)
            if len(self.account.shown[self.id]) != count:
                count, since = len(self.account.shown[self.id]), time.monotonic()
            if count > self._read and time.monotonic() - since > seconds * (1 if self.buttons() else 10):
                return

    def _button(self, what: str, message: int) -> tuple[str, int]:
        there = [one for one in reversed(self.account.chats[self.id].values()) if message in (0, one["message_id"])]
        fits: tuple[Callable[[dict[str, str]], bool], ...] = (
            lambda button: button["text"] == what,
            lambda button: read_press(button["callback_data"]).act == what,
            lambda button: what in button["text"],
        )
        for one in there:
            for fit in fits:
                for button in self.buttons(one):
                    if fit(button):
                        return button["callback_data"], one["message_id"]
        raise AssertionError(f"no button {what!r}; the last message is:\n{shown(self.last)}")

    def _message(self, **content: Any) -> int:
        self.account.known.setdefault(self.id, "private")
        self.account.blocked.discard(self.id)
        id = next(self.account.message_ids)
        message = {"message_id": id, "from": self._me(), "chat": self._chat(), "date": int(time.time()), **content}
        self.account.chats[self.id][id] = message
        self.account.put(message=message)
        return id

    def _me(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.locale}

    def _chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": self.name}

    def _file(self, content: bytes, **more: Any) -> dict[str, Any]:
        id = f"file{len(self.account.files) + 1}"
        self.account.files[id] = content
        return {"file_id": id, "file_unique_id": f"u{id}", "file_size": len(content), **more}


def shown(message: dict[str, Any]) -> str:
    """A message as it stands on the screen: its text, its file, its buttons row by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    lines = [f"({message['document']['file_name']})"] if "document" in message else []
    lines += ["(a picture)"] if "photo" in message else []
    lines.append(message.get("text") or message.get("caption") or "")
    return "\n".join([*lines, *("  ".join(f"[{button['text']}]" for button in row) for row in rows)])


def _cut(text: str) -> list[str]:
    pieces, size = [""], 0
    for char in text:
        size += units(char)
        if size > CLIENT_CUTS_AT:
            pieces.append("")
            size = units(char)
        pieces[-1] += char
    return pieces


def _entities(text: str) -> dict[str, Any]:
    return (
        {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]}
        if text.startswith("/")
        else {}
    )
