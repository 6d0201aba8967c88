"""A Bot API server that costs next to nothing: it counts, remembers the buttons, and answers with a message of the right size.

The one that tests use (tests/telegram/bot_api.py) is as strict as the real one, and would be measured along with what is compared.
"""

import asyncio
import json
import re
import time
from itertools import count
from typing import Any, Protocol
from urllib.parse import unquote, unquote_to_bytes

from yarl import URL

from tests.benchmarks.wire import Messages

CHAT = re.compile(rb'chat_id(?:=|"\r\n(?:[^\r]+\r\n)*\r\n|" ?: ?"?)(\d+)')
BUTTON = re.compile(rb'callback_data(?:%22|\\?")(?:%3A|:)(?:\+|%20| )?(?:%22|\\?")(.*?)(?:%22|\\?")')
SAYING = (b"sendmessage", b"editmessagetext")
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
TRUE = b'{"ok":true,"result":true}'
ME = {"id": 1001, "is_bot": True, "first_name": "Guide", "username": "guide_bot"}


class Reader(Protocol):
    """Whoever reads what a bot says."""

    def reads(self, chat: int, buttons: list[bytes]) -> bytes:
        """A message has arrived in a chat, with these buttons. The Bot API's answer to it."""


class BareAccount:
    """A bot as the server knows it: where its webhooks are, and who reads what it says."""

    def __init__(self) -> None:
        self.hooks: dict[str, str] = {}
        """By address: the secret."""
        self.reader: Reader | None = None
        self.calls = 0
        self.hooked = asyncio.Event()

    def call(self, method: bytes, body: bytes) -> bytes:
        """Carry out a call; the answer's body."""
        self.calls += 1
        if method in SAYING and self.reader:
            chat = CHAT.search(body)
            assert chat, body
            return self.reader.reads(int(chat[1]), [unquote_to_bytes(data) for data in BUTTON.findall(body)])
        if method == b"getme":
            return (
                b'{"ok":true,"result":%s}'
                % json.dumps(
                    ME
                    | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
                ).encode()
            )
        if method == b"setwebhook":
            self._hook(body)
        return TRUE

    def _hook(self, body: bytes) -> None:
        text = body.decode()
        url, secret = _field(text, "url"), _field(text, "secret_token")
        self.hooks[url] = secret
        self.hooked.set()


def _field(text: str, name: str) -> str:
    """A field of a body, whatever form it has."""
    found = re.search(rf'\b{name}(?:=|"\r\n(?:[^\r]+\r\n)*\r\n|" ?: ?")([^&"\r]*)', text)
    return unquote(found[1]) if found else ""


class BareBotApi:
    """The server. `account` makes a bot; `url` is known once it listens."""

    def __init__(self) -> None:
        self.accounts: dict[bytes, BareAccount] = {}
        self.url = ""
        self._server: asyncio.Server | None = None
        self._numbers = count(1001)

    def account(self) -> tuple[str, BareAccount]:
        """A new bot: its token, and what the server knows."""
        token = f"{next(self._numbers)}:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
        account = self.accounts[token.encode()] = BareAccount()
        return token, account

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        self._server = await asyncio.get_running_loop().create_server(lambda: _Line(self), "127.0.0.1", 0)
        self.url = str(URL.build(scheme="http", host="127.0.0.1", port=self._server.sockets[0].getsockname()[1]))

    async def stop(self) -> None:
        """Stop listening."""
        if self._server:
            self._server.close()


class _Line(Messages):
    def __init__(self, api: BareBotApi) -> None:
        super().__init__()
        self._api = api

    def got(self, head: bytes, body: bytes) -> None:
        path = head[head.index(b"/bot") + 4 : head.index(b" HTTP/")]
        token, _slash, method = path.partition(b"/")
        answer = self._api.accounts[token.replace(b"%3A", b":")].call(method.lower(), body)
        if self.transport:
            self.transport.write(OK % (len(answer), answer))


def result(text: str, rows: list[list[tuple[str, str]]]) -> bytes:
    """The answer to a message that was sent, for the message's id and the chat's to be filled in by %."""
    message: dict[str, Any] = {
        "message_id": -1,
        "from": ME,
        "chat": {"id": -2, "type": "private", "first_name": "Sara"},
        "date": int(time.time()),
        "text": text,
    }
    if keyboard := markup(rows):
        message["reply_markup"] = keyboard
    said = json.dumps({"ok": True, "result": message}, ensure_ascii=False).replace("%", "%%")
    return said.replace('"message_id": -1', '"message_id": %d', 1).replace('"id": -2', '"id": %d', 1).encode()


def markup(rows: list[list[tuple[str, str]]]) -> dict[str, Any]:
    """Rows of label and act as the Bot API has them; nothing for none."""
    found = [[{"text": label, "callback_data": act} for label, act in row] for row in rows]
    return {"inline_keyboard": found} if found else {}
