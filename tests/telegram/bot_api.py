"""A Bot API server on loopback: a fake at the wire, as strict as the real one where that matters, with faults on demand."""

import asyncio
import itertools
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.telegram.markup import CannotParse, parse, units

JSON_PARAMETERS = {
    "reply_markup",
    "link_preview_options",
    "allowed_updates",
    "commands",
    "scope",
    "menu_button",
    "chat_id",
    "message_id",
    "offset",
    "timeout",
    "protect_content",
}
KNOWN = {
    "getme": set(),
    "deletewebhook": {"drop_pending_updates"},
    "getwebhookinfo": set(),
    "getfile": {"file_id"},
    "getupdates": {"offset", "limit", "timeout", "allowed_updates"},
    "setwebhook": {"url", "secret_token", "allowed_updates", "max_connections", "drop_pending_updates"},
    "sendmessage": {"chat_id", "text", "parse_mode", "link_preview_options", "reply_markup", "protect_content"},
    "deletemessage": {"chat_id", "message_id"},
    "editmessagetext": {"chat_id", "message_id", "text", "parse_mode", "link_preview_options", "reply_markup"},
    "editmessagereplymarkup": {"chat_id", "message_id", "reply_markup"},
    "senddocument": {"chat_id", "document", "caption", "parse_mode", "reply_markup"},
    "sendphoto": {"chat_id", "photo", "caption", "parse_mode", "reply_markup"},
    "answercallbackquery": {"callback_query_id", "text", "show_alert"},
    "setmycommands": {"commands", "scope", "language_code"},
    "setmydescription": {"description", "language_code"},
    "setmyshortdescription": {"short_description", "language_code"},
    "setchatmenubutton": {"chat_id", "menu_button"},
}
"""The methods that the program uses, in lower case (method names have no case), and the parameters they may have."""
MOST_PHOTO, MOST_SIDES, MOST_RATIO = 10_000_000, 10_000, 20
"""Bytes of a photo, pixels of its width and height together, and how much longer one side may be (Bot API, sendPhoto)."""


class Refused(Exception):
    """What the server answers instead of doing it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass
class Fault:
    """What goes wrong with the next `times` calls of a method, after the next `after`: an answer with `code` (0 for a cut line), `hang` seconds late."""

    method: str
    code: int = 0
    description: str = ""
    retry_after: int = 0
    hang: float = 0
    times: int = 1
    after: int = 0
    done_first: bool = False
    """Whether the call is carried out before its answer gets lost."""


@dataclass
class Called:
    """A call that reached the server, and what it answered."""

    method: str
    parameters: dict[str, Any]
    code: int = 200
    description: str = ""


@dataclass
class Account:
    """A bot as the server knows it."""

    token: str
    username: str
    updates: list[dict[str, Any]] = field(default_factory=list)
    """Not confirmed yet."""
    calls: list[Called] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    chats: dict[int, dict[int, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    """By chat and message id: everything that stands there, as the server stores it."""
    shown: dict[int, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    """By chat: what the bot has put on the screen, sent or edited, in order."""
    known: dict[int, str] = field(default_factory=dict)
    """The chats that the bot may write to, with their type."""
    blocked: set[int] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    door: asyncio.Event = field(default_factory=asyncio.Event)
    """While it is not set, the server gives no byte of any file."""
    fetching: int = 0
    """Files that are being asked for now; `most_fetching` at once so far."""
    most_fetching: int = 0
    callbacks: set[str] = field(default_factory=set)
    """Presses whose spinner still turns."""
    introduction: dict[tuple[str, str], Any] = field(default_factory=dict)
    webhook: str = ""
    secret: str = ""
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    polls: int = 0
    update_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(700_000_001))
    message_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.door.set()

    @property
    def id(self) -> int:
        """The bot's own id."""
        return int(self.token.partition(":")[0])

    def put(self, **content: Any) -> int:
        """An update for the bot; its id."""
        id = next(self.update_ids)
        self.updates.append({"update_id": id, **content})
        self.arrived.set()
        return id

    def fails(self, method: str, code: int = 0, description: str = "", **more: Any) -> None:
        """From now on something goes wrong, see Fault."""
        self.faults.append(Fault(method.lower(), code, description, **more))

    def fault(self, method: str) -> Fault | None:
        """What goes wrong with this call of a method."""
        fault = next((one for one in self.faults if one.method == method and one.times > 0), None)
        if fault is None:
            return None
        if fault.after:
            fault.after -= 1
            return None
        fault.times -= 1
        return fault

    def called(self, method: str) -> list[Called]:
        """The calls of a method."""
        return [one for one in self.calls if one.method == method.lower()]


class BotApi:
    """The server. `url` is what TELEGRAM_API_URL has to be."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.url = ""
        self.pushed: list[tuple[int, int]] = []
        """Webhook calls: update id, status answered (0 for none)."""
        self._runner: web.AppRunner | None = None
        self._pushing: asyncio.Task[None] | None = None

    def account(self, token: str, username: str = "guide_bot") -> Account:
        """A bot of this token, made when new."""
        return self.accounts.setdefault(token, Account(token, username))

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        application = web.Application(client_max_size=60_000_000)
        application.add_routes(
            [web.route("*", "/bot{token}/{method}", self._api), web.get("/file/bot{token}/{path:.+}", self._file)]
        )
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._pushing = asyncio.create_task(self._push())

    async def stop(self) -> None:
        """Stop listening."""
        if self._pushing:
            self._pushing.cancel()
            await asyncio.gather(self._pushing, return_exceptions=True)
        for account in self.accounts.values():
            account.polls += 1
            account.arrived.set()
        if self._runner:
            await self._runner.cleanup()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        account, method = self.accounts.get(request.match_info["token"]), request.match_info["method"].lower()
        if account is None:
            return _answer(Refused(401, "Unauthorized"))
        try:
            called = Called(method, await _parameters(request))
        except ConnectionResetError:  # whoever called was killed in the middle of it
            return web.Response(status=400)
        account.calls.append(called)
        fault = account.fault(method)
        try:
            if fault and not fault.done_first:
                await self._failing(fault, request)
            result = await self._do(account, called)
            if fault:
                await self._failing(fault, request)
        except Refused as refused:
            called.code, called.description = refused.code, refused.description
            return _answer(refused)
        return web.json_response({"ok": True, "result": result})

    async def _failing(self, fault: Fault, request: web.Request) -> None:
        if fault.hang:
            await asyncio.sleep(fault.hang)
        if fault.code == 0:
            if request.transport is not None:  # whoever called may have given up first
                request.transport.abort()
            raise Refused(500, "cut off")
        raise Refused(
            fault.code, fault.description, **({"retry_after": fault.retry_after} if fault.retry_after else {})
        )

    async def _do(self, account: Account, called: Called) -> Any:  # noqa: C901, PLR0911, PLR0912 one case for each method
        method, parameters = called.method, called.parameters
        if method not in KNOWN:
            raise Refused(404, "Not Found: method not found")
        if strange := parameters.keys() - KNOWN[method]:
            raise Refused(400, f"Bad Request: the fake knows no parameter {sorted(strange)} of {method}")
        match method:
            case "getme":
                return {"id": account.id, "is_bot": True, "first_name": account.username, "username": account.username}
            case "getupdates":
                return await self._updates(account, parameters)
            case "setwebhook":
                account.webhook, account.secret = parameters["url"], parameters.get("secret_token", "")
                account.arrived.set()
                return True
            case "deletewebhook":
                account.webhook = ""
                return True
            case "getwebhookinfo":
                return {
                    "url": account.webhook,
                    "has_custom_certificate": False,
                    "pending_update_count": len(account.updates),
                }
            case "sendmessage" | "senddocument" | "sendphoto":
                return _send(account, parameters, method)
            case "deletemessage":
                return _delete(account, parameters)
            case "editmessagetext" | "editmessagereplymarkup":
                return _edit(account, parameters, method)
            case "answercallbackquery":
                if parameters["callback_query_id"] not in account.callbacks:
                    raise Refused(
                        400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
                    )
                account.callbacks.discard(parameters["callback_query_id"])
                return True
            case "getfile":
                content = account.files.get(parameters["file_id"])
                if content is None:
                    raise Refused(400, "Bad Request: invalid file_id")
                if len(content) > 20 * 2**20:
                    raise Refused(400, "Bad Request: file is too big")
                return {
                    "file_id": parameters["file_id"],
                    "file_unique_id": "u",
                    "file_size": len(content),
                    "file_path": f"documents/{parameters['file_id']}",
                }
        return _introduced(account, method, parameters)

    async def _updates(self, account: Account, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        if account.webhook:
            raise Refused(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            )
        account.polls += 1
        mine, until = account.polls, time.monotonic() + float(parameters.get("timeout", 0))
        account.arrived.set()
        if offset := int(parameters.get("offset", 0)):
            account.updates = [one for one in account.updates if one["update_id"] >= offset]
        while not account.updates and (left := until - time.monotonic()) > 0:
            account.arrived.clear()
            try:
                await asyncio.wait_for(account.arrived.wait(), left)
            except TimeoutError:
                break
            if account.polls != mine:
                raise Refused(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
        return account.updates[:100]

    async def _file(self, request: web.Request) -> web.StreamResponse:
        account = self.accounts.get(request.match_info["token"])
        fault = account.fault("file") if account else None
        if fault:
            await self._failing(fault, request)
        if account:
            account.fetching += 1
            account.most_fetching = max(account.fetching, account.most_fetching)
            try:
                while not account.door.is_set() and request.transport:
                    await asyncio.sleep(0.01)
            finally:
                account.fetching -= 1
        content = account.files.get(request.match_info["path"].rpartition("/")[2]) if account else None
        return web.Response(body=content) if content is not None else web.Response(status=404)

    async def _push(self) -> None:
        """Bring updates to webhooks: in order within a chat, again and again until they are taken with 200."""
        async with ClientSession(timeout=ClientTimeout(total=30)) as session:
            while True:
                heads = [
                    (account, update)
                    for account in self.accounts.values()
                    if account.webhook
                    for update in _heads(account.updates)
                ]
                taken = await asyncio.gather(*(self._pushed(session, account, update) for account, update in heads))
                if not all(taken) or not heads:
                    await asyncio.sleep(0.02)

    async def _pushed(self, session: ClientSession, account: Account, update: dict[str, Any]) -> bool:
        status = 0
        try:
            async with session.post(
                account.webhook, json=update, headers={"X-Telegram-Bot-Api-Secret-Token": account.secret}
            ) as response:
                status = response.status
        except (ClientError, TimeoutError):
            status = 0
        self.pushed.append((update["update_id"], status))
        if status == 200:
            account.updates.remove(update)
        return status == 200


def _heads(updates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first waiting update of each chat."""
    first: dict[int, dict[str, Any]] = {}
    for update in updates:
        inner = next((value for value in update.values() if isinstance(value, dict)), {})
        chat = (inner.get("chat") or inner.get("message", {}).get("chat") or {}).get("id", 0)
        first.setdefault(chat, update)
    return list(first.values())


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    given: dict[str, Any] = {}
    attached: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            attached[name] = {"name": value.filename, "content": value.file.read()}
        else:
            given[name] = json.loads(value) if name in JSON_PARAMETERS and isinstance(value, str) else value
    named = {
        value.removeprefix("attach://"): name
        for name, value in given.items()
        if isinstance(value, str) and value.startswith("attach://")
    }
    return given | {named.get(key, key): file for key, file in attached.items()}


def _answer(refused: Refused) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": refused.code, "description": refused.description}
    return web.json_response(
        body | ({"parameters": refused.parameters} if refused.parameters else {}), status=refused.code
    )


def _reached(account: Account, parameters: dict[str, Any]) -> int:
    chat = int(parameters["chat_id"])
    if chat not in account.known:
        raise Refused(400, "Bad Request: chat not found")
    if chat in account.blocked:
        raise Refused(403, "Forbidden: bot was blocked by the user")
    return chat


def _send(account: Account, parameters: dict[str, Any], method: str) -> dict[str, Any]:
    chat = _reached(account, parameters)
    name, most = ("text", 4096) if method == "sendmessage" else ("caption", 1024)
    message: dict[str, Any] = {
        "message_id": next(account.message_ids),
        "date": int(time.time()),
        "chat": {"id": chat, "type": account.known[chat]},
        "from": {"id": account.id, "is_bot": True, "first_name": account.username},
        **_written(parameters, name, most),
        **({"has_protected_content": True} if parameters.get("protect_content") else {}),
    }
    if method == "senddocument":
        document = parameters["document"]
        message["document"] = {
            "file_id": f"sent{message['message_id']}",
            "file_unique_id": "u",
            "file_name": document["name"],
            "file_size": len(document["content"]),
        }
        account.files[message["document"]["file_id"]] = document["content"]
    if method == "sendphoto":
        content, id = parameters["photo"]["content"], f"sent{message['message_id']}"
        if len(content) > MOST_PHOTO or content[:4] not in (b"\x89PNG", b"\xff\xd8\xff\xe0"):
            raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED")
        if content[:4] == b"\x89PNG":
            width, height = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
            if width + height > MOST_SIDES or max(width, height) > MOST_RATIO * min(width, height):
                raise Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
        message["photo"] = [{"file_id": id, "file_unique_id": "u", "file_size": len(content)}]
        account.files[id] = content
    account.chats[chat][message["message_id"]] = message
    account.shown[chat].append(message)
    return message


OLDEST = 48 * 3600
"""Seconds after which a message is not deleted any more (Bot API, deleteMessage)."""


def _delete(account: Account, parameters: dict[str, Any]) -> bool:
    chat = _reached(account, parameters)
    there = account.chats[chat].get(int(parameters["message_id"]))
    if there is None:
        raise Refused(400, "Bad Request: message to delete not found")
    if there["date"] < time.time() - OLDEST:
        raise Refused(400, "Bad Request: message can't be deleted for everyone")
    del account.chats[chat][there["message_id"]]
    return True


def _edit(account: Account, parameters: dict[str, Any], method: str) -> dict[str, Any]:
    chat = _reached(account, parameters)
    before = account.chats[chat].get(int(parameters["message_id"]))
    if before is None:
        raise Refused(400, "Bad Request: message to edit not found")
    if before["from"]["id"] != account.id:
        raise Refused(400, "Bad Request: message can't be edited")
    new = _written(parameters, "text", 4096) if method == "editmessagetext" else {"reply_markup": _markup(parameters)}
    after = {name: value for name, value in before.items() if name != "reply_markup"} | new
    if all(after.get(name) == before.get(name) for name in ("text", "entities", "reply_markup")):
        raise Refused(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and "
            "reply markup of the message",
        )
    account.chats[chat][before["message_id"]] = after
    account.shown[chat].append(after | {"edit_date": int(time.time())})
    return after


def _written(parameters: dict[str, Any], name: str, most: int) -> dict[str, Any]:
    text = parameters.get(name, "")
    entities: list[tuple[str, str]] = []
    if parameters.get("parse_mode") == "HTML":
        try:
            text, entities = parse(text)
        except CannotParse as error:
            raise Refused(400, f"Bad Request: can't parse entities: {error}") from error
    if name == "text" and not text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if units(text) > most:
        raise Refused(400, "Bad Request: message is too long")
    markup = _markup(parameters)
    return {name: text, "entities": entities} | ({"reply_markup": markup} if markup else {})


def _markup(parameters: dict[str, Any]) -> dict[str, Any]:
    markup = parameters.get("reply_markup") or {}
    buttons = [button for row in markup.get("inline_keyboard", []) for button in row]
    if len(buttons) > 100 or len(json.dumps(markup, ensure_ascii=False).encode()) > 10_240:
        raise Refused(400, "Bad Request: reply markup is too long")
    for button in buttons:
        if not button["text"].strip() or button.keys() != {"text", "callback_data"}:
            raise Refused(400, "Bad Request: BUTTON_INVALID")
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return dict(markup)


def _introduced(account: Account, method: str, parameters: dict[str, Any]) -> bool:
    limits = {"setmydescription": ("description", 512), "setmyshortdescription": ("short_description", 120)}
    if method in limits:
        name, most = limits[method]
        if len(parameters.get(name, "")) > most:
            raise Refused(400, f"Bad Request: {name} is too long")
    for command in parameters.get("commands", []):
        if not (
            1 <= len(command["command"]) <= 32
            and command["command"].isascii()
            and command["command"] == command["command"].lower()
        ):
            raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    account.introduction[method, parameters.get("language_code", "")] = parameters
    return True
