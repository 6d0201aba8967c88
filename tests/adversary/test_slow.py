"""Clients that are slow, and bodies that grow when they are opened: they hold up nobody, and end."""

import asyncio
import gzip
import time
from pathlib import Path

import pytest

from bot.telegram import webhook
from bot.web.http import post
from tests.telegram.stage import Stage
from tests.web.conftest import Served, serve
from tests.web.visitor import Visitor


async def answer_to(port: int, *said: bytes, pause: float = 0.0) -> bytes:
    """The first line of the answer to these bytes, with a pause after each."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for chunk in said:
        writer.write(chunk)
        await writer.drain()
        await asyncio.sleep(pause)
    async with asyncio.timeout(20):
        line = await reader.readline()
    writer.close()
    return line


def begun(path: str, length: int, *headers: str) -> bytes:
    lines = (f"POST {path} HTTP/1.1", "Host: x", f"Content-Length: {length}", *headers)
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@pytest.mark.parametrize("type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
async def test_a_form_that_never_ends_is_given_up(
    served: Served, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, type: str
) -> None:
    monkeypatch.setattr(post, "PATIENCE", 0.3)
    port = served.server.port
    assert port
    assert b" 408 " in await answer_to(port, begun("/", 1000, f"Content-Type: {type}") + b"--b\r\n")


async def test_who_is_refused_holds_no_line_with_a_form_that_does_not_come(sqlite_url: str, tmp_path: Path) -> None:
    served = await serve(sqlite_url, tmp_path, requests=1)
    port = served.server.port
    assert port
    begins = begun("/", 1000, "Content-Type: application/x-www-form-urlencoded") + b"pre"
    # Those that wait in line for their turn go on to wait for their form; these come too late for the line.
    waiting = [await asyncio.open_connection("127.0.0.1", port) for _one in range(12)]
    for _reader, writer in waiting:
        writer.write(begins)
    answers = await asyncio.gather(*(answer_to(port, begins) for _one in range(5)))
    assert [answer.split()[1] for answer in answers] == [b"429"] * 5
    for _reader, writer in waiting:
        writer.close()
    await served.close()


async def test_a_hundred_slow_clients_hold_up_nobody(served: Served, visitor: Visitor) -> None:
    port = served.server.port
    open_ones = [await asyncio.open_connection("127.0.0.1", port) for _one in range(100)]
    for number, (_reader, writer) in enumerate(open_ones):
        writer.write(b"GET / HTT" if number % 2 else begun("/", 1000) + b"press=")
        await writer.drain()
    began = time.monotonic()
    assert (await visitor.open("/")).status == 200
    assert time.monotonic() - began < 5
    for _reader, writer in open_ones:
        writer.close()


async def test_an_update_that_never_ends_is_given_up(still: Stage, door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "PATIENCE", 0.3)
    secret = f"{webhook.SECRET}: {still.parts.keys.derive('webhook:applicants')}"
    port = int(door.split(":")[2].partition("/")[0])
    assert b" 408 " in await answer_to(port, begun("/telegram/applicants", 1000, secret) + b'{"upd')


async def test_what_grows_when_it_is_opened_is_measured_open(served: Served, still: Stage, door: str) -> None:
    """A hundred million bytes in a hundred thousand."""
    bomb = gzip.compress(b"a=" + bytes(100_000_000), 9)
    packed = ("Content-Encoding: gzip", "Content-Type: application/x-www-form-urlencoded")
    port = served.server.port
    assert port
    assert (await answer_to(port, begun("/", len(bomb), *packed) + bomb)).split()[1] in (b"400", b"413")
    secret = f"{webhook.SECRET}: {still.parts.keys.derive('webhook:applicants')}"
    bots = int(door.split(":")[2].partition("/")[0])
    said = await answer_to(bots, begun("/telegram/applicants", len(bomb), secret, packed[0]) + bomb)
    assert said.split()[1] in (b"400", b"413")
