"""A post: a form that was sent, read without ever holding more than a chunk of its files."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL

from dialogs.kinds.files import BIGGEST, MOST
from dialogs.language.events import Attach, Event, Filed, Fill, Press, Unfit
from dialogs.language.ids import number_in

MOST_BYTES = 3_000_000
"""Bytes of a form without its files, as sent: percent-encoded, a Latin letter takes one, an Arabic letter six, an emoji twelve."""
MOST_CHARACTERS = 1_000_000
"""Characters of all its fields: many times the longest answer, so that a paste that is too long comes back with its text."""
MOST_FILES = MOST
MOST_INPUTS = 1000
"""Inputs of a form; forty actors make 160."""
MOST_IN_ALL = MOST_FILES * BIGGEST + MOST_BYTES
"""Bytes of a form with its files, including files that nobody asked for."""
ACT = re.compile(r"[a-z0-9_:@-]{0,64}", re.ASCII)
"""What the act and the key of a button may look like. An at sign marks the variant of a language."""
CHUNK = 1 << 16
PATIENCE = 900.0
"""Seconds for a form to arrive: ten full-size files from a phone at 2 Mbit a second."""
OURS = ("press", "draft", "version", "form", "asked", "language")
"""The names of a form's own inputs; every other input is a field of the question."""

Admit = Callable[[str, AsyncIterator[bytes]], Awaitable[Filed | Unfit]]
"""Stores a file under that name, or says why not; any part of it left unread is skipped."""
Door = Callable[["FormPost"], Awaitable[Admit | None]]
"""Called before the first file, with what came before it: returns how to store files, or None when none are wanted."""


@dataclass(slots=True)
class FormPost:
    """The contents of a form. The input `press` is the button: its act, and its question's key after a space."""

    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: list[Filed] = field(default_factory=list)
    refused: list[Unfit] = field(default_factory=list)
    size: int = 0
    """Characters of its fields."""
    inputs: int = 0
    weight: int = 0
    """Bytes of its files."""

    def weigh(self, chunk: bytes | bytearray) -> None:
        """Count the bytes of a chunk. 413 when there are too many in all: a chunked form does not announce its length."""
        self.weight += len(chunk)
        if self.weight > MOST_IN_ALL:
            raise web.HTTPRequestEntityTooLarge(MOST_IN_ALL, self.weight)

    def add(self, name: str, value: str) -> None:
        """Add an input. 413 when the form grows too large."""
        self.size += len(value)
        self.inputs += 1
        if self.size > MOST_CHARACTERS or self.inputs > MOST_INPUTS:
            raise web.HTTPRequestEntityTooLarge(MOST_CHARACTERS, self.size)
        self.fields[name] = (*self.fields.get(name, ()), value)

    def one(self, name: str) -> str:
        """The first value of an input, or ""."""
        return next(iter(self.fields.get(name, ())), "")

    def number(self, name: str) -> int:
        """An input as a number, 0 when it is not one."""
        return number_in(self.one(name))

    @property
    def act(self) -> str:
        """The button's act; "" when none of our buttons could have sent it."""
        act = self.one("press").partition(" ")[0]
        return act if ACT.fullmatch(act) else ""

    @property
    def key(self) -> str:
        """The key of the question that the button belongs to, or ""."""
        key = self.one("press").partition(" ")[2]
        return key if ACT.fullmatch(key) else ""

    @property
    def answers(self) -> dict[str, tuple[str, ...]]:
        """The question's own fields."""
        return {name: values for name, values in self.fields.items() if name not in OURS}

    def event(self) -> Event:
        """What the person did."""
        if self.files or self.refused:
            return Attach(tuple(self.files), tuple(self.refused), self.one("asked"), self.number("draft"))
        return (
            self.fill() if self.one("form") else Press(self.act, self.key, self.number("draft"), self.number("version"))
        )

    def fill(self) -> Fill:
        """The whole form as one event."""
        return Fill(self.act, self.key, self.number("draft"), self.number("version"), self.answers)


_READ = web.RequestKey("post", FormPost)
"""Where a request keeps its post."""
_BEGUN = web.RequestKey("begun", bool)
"""Whether anything has begun to read it."""


async def read(request: web.Request, door: Door) -> FormPost:
    """The post of a request, read once. 413 when it is too large, 408 when it takes too long, 400 when it is not a form, or not a complete one."""
    if _READ in request:
        return request[_READ]
    if (request.content_length or 0) > MOST_IN_ALL:
        raise web.HTTPRequestEntityTooLarge(MOST_IN_ALL, request.content_length or 0)
    request[_BEGUN] = True
    try:
        async with asyncio.timeout(PATIENCE):
            post = await (
                _multipart(request, door) if request.content_type == "multipart/form-data" else _plain(request)
            )
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
    # An unknown charset; bad headers of a part; a browser that hung up halfway, and will read no answer.
    except (ValueError, LookupError, HttpProcessingError, web.RequestPayloadError, ConnectionResetError) as error:
        raise web.HTTPBadRequest from error
    request[_READ] = post
    return post


def post_of(request: web.Request) -> FormPost | None:
    """The post of a request, if it was read before; None when it was not, or not to its end."""
    return request.get(_READ)


def is_untouched(request: web.Request) -> bool:
    """Whether nothing has begun to read the request's post: half a form cannot be read a second time."""
    return not request.get(_BEGUN, False)


async def no_files(_so_far: FormPost) -> None:
    """The door of a form without files."""


async def _plain(request: web.Request) -> FormPost:
    body = await request.read()  # client_max_size limits it
    if body.count(b"&") >= MOST_INPUTS:
        raise web.HTTPRequestEntityTooLarge(MOST_INPUTS, body.count(b"&"))
    post = FormPost()
    # A form is encoded like a query (WHATWG URL, application/x-www-form-urlencoded), and yarl reads those forty times as fast as urllib.
    for name, value in URL.build(query_string=body.decode(), encoded=True).query.items():
        post.add(name, value)
    return post


async def _multipart(request: web.Request, door: Door) -> FormPost:
    post, admit, asked, came, parts = FormPost(), None, False, 0, 0
    async for part in await request.multipart():
        parts += 1
        if parts > MOST_INPUTS or not isinstance(part, BodyPartReader) or not part.name:
            raise web.HTTPBadRequest
        if part.filename is None:
            post.add(part.name, await _text(part))
            continue
        if part.filename == "":
            await part.release()
            continue
        if not asked:
            admit, asked = await door(post), True
        came += 1
        # Admit one file too many, so that the question itself says that it is full.
        await _file(part, post, admit if came <= MOST_FILES + 1 else None)
    return post


async def _text(part: BodyPartReader) -> str:
    content = bytearray()
    while chunk := await part.read_chunk(CHUNK):
        content += chunk
        if len(content) > MOST_BYTES:
            raise web.HTTPRequestEntityTooLarge(MOST_BYTES, len(content))
    return content.decode("utf-8", "replace")


async def _file(part: BodyPartReader, post: FormPost, admit: Admit | None) -> None:
    chunks = _chunks(part, post)
    outcome = await admit(part.filename or "", chunks) if admit else None
    async for _chunk in chunks:
        pass  # skip what is not wanted: a form is answered only when all of it has arrived
    if isinstance(outcome, Filed):
        post.files.append(outcome)
    elif outcome:
        post.refused.append(outcome)


async def _chunks(part: BodyPartReader, post: FormPost) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk(CHUNK):
        post.weigh(chunk)
        yield bytes(chunk)
