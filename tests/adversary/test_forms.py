"""Forms that no page of ours sends."""

import asyncio
import time
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.web.cases import comes_in
from tests.web.conftest import Served, serve
from tests.web.visitor import Visitor
from tests.web.walk import walk

PLAIN = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"


async def sent(visitor: Visitor, body: bytes, content_type: str, path: str = "/") -> int:
    """The status of the answer to a post of these bytes."""
    return (await visitor.post(path, BytesIO(body), **{"Content-Type": content_type})).status


def part(name: str, value: str, more: str = "") -> str:
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'


@pytest.mark.parametrize("body", ["a=&" * 300_000, "&".join(f"f{number}=" for number in range(200_000))])
async def test_a_million_inputs_hold_up_nobody(visitor: Visitor, body: str) -> None:
    began = time.monotonic()
    assert await sent(visitor, body.encode(), PLAIN) in (400, 413)
    assert time.monotonic() - began < 3


async def test_a_million_parts_hold_up_nobody(visitor: Visitor) -> None:
    began = time.monotonic()
    assert await sent(visitor, (part("a", "") * 20_000 + "--b--\r\n").encode(), MULTIPART) in (400, 413)
    assert time.monotonic() - began < 3


async def test_a_million_inputs_of_somebody_who_is_too_fast_hold_up_nobody(visitor: Visitor) -> None:
    await walk(visitor, "proposal")
    for _press in range(40):
        if (await visitor.press("done", text="")).status == 429:
            break
        await visitor.open("/")
    began = time.monotonic()
    assert await sent(visitor, b"a=&" * 300_000, PLAIN) in (400, 413, 429)
    assert time.monotonic() - began < 3


async def test_marks_out_of_order_come_back_with_the_answer_of_every_long_text(visitor: Visitor) -> None:
    """Putting them into their order takes the square of their number of steps: 33 s for these."""
    await walk(visitor, "proposal")
    marks = "a" + "\u0301\u0323" * 99_000
    page = await visitor.press("done", text=marks)
    assert page.status == 422
    assert "178001 characters too many" in page.text.replace("\u202f", "").replace("\xa0", "").replace(",", "")
    assert marks in page.html


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
async def test_what_says_that_it_is_packed_and_is_not(visitor: Visitor, encoding: str) -> None:
    more = {"Content-Type": PLAIN, "Content-Encoding": encoding}
    assert (await visitor.post("/", BytesIO(b"abcd"), **more)).status == 400


async def test_marks_of_a_stranger(visitor: Visitor) -> None:
    marks = "form=1&press=done&text=a" + "%CC%81%CC%A3" * 99_000
    assert await sent(visitor, marks.encode(), PLAIN) in (200, 303)


async def test_a_post_without_an_end_is_ended(served: Served, visitor: Visitor) -> None:
    """Chunked, so that nothing says beforehand how long it is; and nothing of it is wanted."""
    await walk(visitor, "proposal")
    coming = 0

    async def forever() -> AsyncIterator[bytes]:
        nonlocal coming
        yield part("papers", "", '; filename="a.pdf"').removesuffix("\r\n").encode()
        for _chunk in range(300):
            coming += 1_000_000
            yield bytes(1_000_000)

    try:
        async with visitor.session.post(
            served.url + "/", data=forever(), headers={"Content-Type": MULTIPART}
        ) as answer:
            assert answer.status in (400, 413)
    except OSError:  # the line was cut, which is as good
        pass
    assert coming < 290_000_000


@pytest.mark.parametrize("charset", ["nonsense", "unicode_escape", "utf-16", "zlib", "idna"])
async def test_a_form_in_an_odd_charset(visitor: Visitor, charset: str) -> None:
    await walk(visitor, "proposal")
    body = b"form=1&asked=proposal&press=done+proposal&text=\\ud800%ff%00\xff"
    assert await sent(visitor, body, f"{PLAIN}; charset={charset}") < 500


@pytest.mark.parametrize(
    "text",
    [
        "%00",
        "%ED%A0%80",
        "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1"),
        "%F4%90%80%80",
        "%E2%80%AE",
        "\r\nX: y",
    ],
)
async def test_odd_characters_are_an_answer_or_refused(visitor: Visitor, text: str) -> None:
    page = await walk(visitor, "proposal")
    form = page.form_with("done").fields
    body = (
        f"form=1&asked=proposal&draft={form['draft'][0]}&version={form['version'][0]}&press=done+proposal&text={text}"
    )
    assert await sent(visitor, body.encode(), PLAIN) in (200, 422)


@pytest.mark.parametrize("number", ["9" * 15, "9" * 30, "-1", "1e9", "٣", "１", "0x1", "", " 1"])
async def test_numbers_that_are_none_of_ours(visitor: Visitor, number: str) -> None:
    await walk(visitor, "proposal")
    for press in (
        f"open:{number}",
        f"delete3:{number or 0}",
        f"withdraw:{number}",
        f"help:{number}",
        "done proposal",
        "sure",
        f"change:{number}",
    ):
        assert (await visitor.post("/", {"press": press, "draft": number, "version": number})).status == 200
    assert (await visitor.post("/", {"press": "resume"})).asked == "proposal"


async def test_odd_addresses_in_the_queue(database_url: str, tmp_path: Path) -> None:
    served = await serve(database_url, tmp_path)
    async with Visitor(served.url) as visitor:
        await comes_in(served, visitor)
        for odd in (
            "%00",
            "SAM-2026-0001%00",
            "%ED%A0%80",
            "%F0%9F%8C%B3",
            "'%20OR%201=1--",
            "%25",
            "_",
            "..%2F..%2Fetc%2Fpasswd",
            "a" * 5000,
        ):
            for path in (
                f"/queue/{odd}",
                f"/queue/{odd}/files/{odd}",
                f"/back/{odd}",
                f"/sign-in/{odd}",
                f"/static/{odd}",
            ):
                assert (await visitor.open(path)).status < 500 or path.startswith("/static/aaa"), path
            for path in (f"/queue/{odd}/take", f"/back/{odd}", f"/sign-in/{odd}", f"/telegram/{odd}"):
                assert (await visitor.post(path, {})).status < 500, path
    await served.close()


@pytest.mark.parametrize(
    "back",
    [
        "//evil.example",
        "/queue\r\nSet-Cookie: chat=x",
        "/queue\x00",
        "/queue\\@evil.example",
        "/queue//evil.example",
        "https://evil.example",
        "/queueå",
    ],
)
async def test_the_way_back_is_ours(served: Served, visitor: Visitor, back: str) -> None:
    await comes_in(served, visitor)
    async with visitor.session.post(
        served.url + "/queue/language", data={"language": "ar", "back": back}, allow_redirects=False
    ) as answer:
        assert answer.status == 303
        assert answer.headers["Location"].startswith("/queue")
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("secret", [b"\xff\xfe", b"x" * 7000, b""])
async def test_a_webhook_secret_in_odd_bytes(served: Served, secret: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.server.port)
    writer.write(
        b"POST /telegram/applicants HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: "
        + secret
        + b"\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
    )
    status = (await reader.readline()).split()[1]
    writer.close()
    await writer.wait_closed()
    assert status in (b"400", b"404")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/pages.py",
        "/static/..%2fpages.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/",
    ],
)
async def test_no_way_out_of_the_static_files(served: Served, path: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.server.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    status = (await reader.readline()).split()[1]
    writer.close()
    await writer.wait_closed()
    assert status in (b"403", b"404")
