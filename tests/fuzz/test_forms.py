"""Every route that takes a post, with forms that no page of ours sends: by a stranger, by an applicant, by a contact person."""

from random import Random
from typing import Any
from urllib.parse import quote_plus

import pytest
from aiohttp import ClientSession, web

from bot.turns.invite import invite
from bot.turns.sign_in import sign_in
from bot.web.http.cookies import CHAT, DESK
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.steps import TASKS
from storage.database.tables import cases, drafts
from tests.fuzz.conftest import TIMES, Ground
from tests.fuzz.making import NUMBERS, pressed, words
from tests.house import Caller
from tests.ways import BEGUN, SENT, WISHED, goes, number_of, rows

EACH = 6 * TIMES
"""Forms for each route and each kind of person."""
KEYS = tuple(question.key for question in APPLICATION.questions)
NAMES = (
    "press",
    "draft",
    "version",
    "form",
    "asked",
    "language",
    "back",
    "text",
    "name",
    "email",
    "role",
    "case",
    "q",
    *KEYS,
)
TYPES = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=nonsense",
    "multipart/form-data; boundary=b",
    "multipart/form-data; boundary=c",
    "multipart/form-data",
    "multipart/form-data; boundary=" + "b" * 100,
    "application/json",
    "text/plain",
    "image/png",
    "",
    "?",
)


def posts(ground: Ground) -> list[str]:
    """The path of every route that takes a post, with its places to be filled in."""
    found = {
        str(route.resource.canonical)
        for route in ground.server.app.router.routes()
        if route.method == "POST" and route.resource and "/telegram/" not in str(route.resource.canonical)
    }
    assert len(found) >= 15
    return sorted(found)


def filled(chance: Random, path: str, reference: str) -> str:
    """A path of that kind: mostly one that leads somewhere."""
    places = {
        "reference": reference,
        "task": chance.choice((*TASKS, "nothing")),
        "id": chance.choice(("1", "9" * 18)),
        "token": "a" * 32,
    }
    return path.format(**places)


def form(chance: Random) -> list[tuple[str, str]]:
    """Inputs: some missing, some twice, some huge."""

    def number() -> str:
        return str(chance.choice((*NUMBERS, "", "x")))

    act = f"{pressed(chance)} {chance.choice(KEYS)}"
    made = [("press", act), ("draft", number()), ("version", number()), ("form", "1"), ("asked", chance.choice(KEYS))]
    for _time in range(chance.randrange(8)):
        name = chance.choice(
            (*NAMES, f"{chance.choice(KEYS)}.{chance.choice(('text', 'choice', 'ids', 'a1.name'))}", words(chance))
        )
        made.append(
            (
                name,
                chance.choice(
                    (words(chance), pressed(chance), number(), "x" * 300_000 if chance.random() < 0.03 else "")
                ),
            )
        )
    chance.shuffle(made)
    return made[chance.randrange(3) :]


def body(chance: Random, inputs: list[tuple[str, str]], type: str) -> bytes:
    """The inputs as a browser writes them, and sometimes not quite."""
    if type.startswith("multipart"):
        parts = (
            f'--b\r\nContent-Disposition: form-data; name="{name}"{_file(chance)}\r\n\r\n{text}\r\n'.encode(
                errors="replace"
            )
            for name, text in inputs
        )
        made = b"".join(parts) + b"--b--\r\n"
    else:
        made = "&".join(
            f"{quote_plus(name, errors='replace')}={quote_plus(text, errors='replace')}" for name, text in inputs
        ).encode()
    match chance.randrange(8):
        case 0:
            return made[: chance.randrange(len(made) + 1)]
        case 1:
            return chance.randbytes(chance.randrange(2000))
        case 2:
            at = chance.randrange(len(made) + 1)
            return made[:at] + chance.randbytes(3) + made[at:]
    return made


def _file(chance: Random) -> str:
    name = words(chance).replace('"', "").replace("\r", "").replace("\n", "")
    return f'; filename="{name}"' if chance.random() < 0.2 else ""


# The library warns of them, the program goes on: what a warning says is not logged (bot/operations/logs.py).
@pytest.mark.filterwarnings("ignore::aiohttp.BadContentDispositionHeader")
@pytest.mark.filterwarnings("ignore::aiohttp.BadContentDispositionParam")
async def test_every_route_that_takes_a_post(ground: Ground, chance: Random) -> None:
    turns, keys = ground.parts.turns, ground.parts.keys
    await goes(Caller(turns, "sara"), *WISHED, *SENT)
    await goes(Caller(turns, "planted"), *BEGUN, "partly")
    token = keys.new()
    await goes(Caller(turns, keys.hash(token)), *BEGUN, "partly")
    session = await sign_in_of(ground)
    planted = (await rows(ground.parts.database, drafts))[:-1]
    ground.planted = {row.id: tuple(row) for row in planted}
    reference = next(row.reference for row in await rows(ground.parts.database, cases) if row.reference)
    persons: dict[str, dict[str, str]] = {"stranger": {}, "applicant": {CHAT: token}, "contact person": {DESK: session}}
    before = await number_of(ground.parts.database, drafts)
    for path in posts(ground):
        for cookies in persons.values():
            if cookies.get(DESK) and path == "/queue/sign-out":
                continue
            async with ClientSession(cookies=cookies) as client:
                for _time in range(EACH):
                    type = chance.choice((*TYPES[:1] * 8, *TYPES[3:4] * 6, *TYPES))
                    at = filled(chance, path, reference)
                    answer = await status(client, ground.url + at, body(chance, form(chance), type), type)
                    assert answer < 500, (at, type)
    await ground.unharmed()
    assert await number_of(ground.parts.database, drafts) >= before


async def status(client: ClientSession, url: str, content: bytes, type: str) -> int:
    """The status of the answer."""
    headers = {"Content-Type": type} if type else {}
    async with client.post(url, data=content, headers=headers, allow_redirects=False) as answer:
        await answer.read()
        return int(answer.status)


async def sign_in_of(ground: Ground) -> str:
    """The session of a contact person."""
    links = await invite(ground.parts.database, ground.parts.keys, "Karin", ground.parts.clock.now())
    session = await sign_in(ground.parts.database, ground.parts.keys, links.web, ground.parts.clock.now())
    assert session
    return session


async def test_every_method_at_every_address(ground: Ground) -> None:
    """What is not taken there is said, and nothing more."""
    resources: list[Any] = list(ground.server.app.router.resources())
    async with ClientSession(cookies={DESK: await sign_in_of(ground)}) as client:
        for resource in resources:
            path = filled(
                Random(1), str(resource.canonical).replace("{name}", "x").replace("{sha256}", "0" * 64), "SAM-2026-0001"
            )
            for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X"):
                async with client.request(method, ground.url + path, allow_redirects=False) as answer:
                    assert answer.status < web.HTTPInternalServerError.status_code, (method, path)
                    assert "Traceback" not in await answer.text()
    await ground.unharmed()
