"""What stands around every page: whose post it is, headers, floods, kind words, and no address in a log."""

import asyncio
import logging
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from aiohttp import web
from multidict import CIMultiDict
from yarl import URL

from bot.main.process import reached
from bot.operations.rate_limit import RateLimit
from bot.web.application import NEWCOMERS
from bot.web.http.language import preferred
from tests.clock import Clock
from tests.house import compose
from tests.spread import spread
from tests.statements import asked_for
from tests.web.conftest import Served, serve
from tests.web.visitor import Visitor
from tests.web.walk import walk

ANYTHING = re.compile("")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_a_post_from_another_site_is_refused(visitor: Visitor, headers: dict[str, str]) -> None:
    await walk(visitor, "proposal")
    page = await visitor.post("/", {"press": "delete3:1"}, **headers)
    assert page.status == 403
    assert "not ours" in page.text
    assert (await visitor.open("/")).asked == "proposal"


async def test_a_post_from_our_own_page_is_taken(served: Served, visitor: Visitor) -> None:
    own = served.url
    assert (await visitor.post("/", {"press": "accept"}, Origin=own, **{"Sec-Fetch-Site": "same-origin"})).status == 200
    assert (await visitor.post("/", {"press": "menu"}, Origin=own)).status == 200


async def test_a_browser_that_hangs_up_halfway_is_no_error_of_ours(
    sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    parts = compose(sqlite_url, tmp_path, mails=False, public_url="")
    # As the program serves: the server of the other tests ends a request whose line is cut.
    runner = web.AppRunner(reached(parts.program, {}, parts.program.health()), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    _reader, writer = await asyncio.open_connection(host, port)
    writer.write(
        f"POST / HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n".encode()
        + b"Content-Length: 900\r\n\r\npress=acc"
    )
    async with Visitor(f"http://{host}:{port}") as visitor:
        await visitor.open("/")  # by then the form is being read
        writer.transport.abort()
        await visitor.open("/")
    await runner.cleanup()
    await parts.close()
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_post_through_a_proxy_at_the_public_address(sqlite_url: str, tmp_path: Path) -> None:
    served = await serve(sqlite_url, tmp_path, "https://samverkan.example.se")
    async with (
        Visitor(served.url) as visitor,
        visitor.session.post(
            served.url + "/",
            data={"press": "accept"},
            headers={"Origin": "https://samverkan.example.se"},
            allow_redirects=False,
        ) as answer,
    ):
        assert answer.status == 303
        assert "Secure" in answer.headers["Set-Cookie"]
    await served.close()


@pytest.mark.parametrize(
    "path",
    ["/", "/privacy", "/accessibility", "/queue", "/nothing", "/static/style.css", "/sign-in/x", "/back/x", "/healthz"],
)
async def test_every_answer_has_the_headers(visitor: Visitor, path: str) -> None:
    headers: CIMultiDict[str] = CIMultiDict((await visitor.open(path)).headers)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin"
    assert headers["Permissions-Policy"].startswith("geolocation=(self)")
    assert headers["Cache-Control"] == "no-store"


async def test_no_page_needs_an_inline_script_or_style(visitor: Visitor) -> None:
    for page in (
        await walk(visitor, "area"),
        await visitor.open("/link"),
        await visitor.open("/queue"),
        await visitor.open("/help"),
    ):
        assert "<style" not in page.html
        assert " style=" not in page.html
        assert " onclick=" not in page.html
        assert page.html.count("<script") == page.html.count('<script type="module" src="/static/chat.js?v=')


async def test_an_unknown_address_is_said_kindly_in_the_persons_language(served: Served) -> None:
    async with Visitor(served.url, "en") as visitor:
        page = await visitor.open("/nothing")
        assert page.status == 404
        assert "There is nothing at this address" in page.text
    async with Visitor(served.url, "ar") as visitor:
        assert '<html lang="ar" dir="rtl">' in (await visitor.open("/nothing")).html
        await visitor.open("/")
        await visitor.press("accept")
        await visitor.press("lang:sv")
        assert '<html lang="sv" dir="ltr">' in (await visitor.open("/nothing")).html


async def test_a_flood_is_slowed_and_keeps_its_text_and_the_others_are_not(served: Served, visitor: Visitor) -> None:
    await walk(visitor, "proposal")
    old = visitor.page
    for _press in range(40):
        await visitor.press("done", page=old, text="Mycket fort och mycket länge skrivet. (testtext)")
        if visitor.page.status == 429:
            break
    assert visitor.page.status == 429
    assert int(visitor.page.headers["Retry-After"]) >= 1
    assert "One moment, please" in visitor.page.text
    assert visitor.page.forms[-1].fields["text"] == ["Mycket fort och mycket länge skrivet. (testtext)"]
    async with Visitor(served.url) as other:
        await other.open("/")
        assert (await other.press("accept")).status == 200


async def all_at_once(visitor: Visitor, path: str, times: int) -> list[int]:
    """The statuses of so many requests at the same time."""

    async def ask() -> int:
        async with visitor.session.get(visitor.url + path) as answer:
            return answer.status

    return await asyncio.gather(*(ask() for _time in range(times)))


async def test_requests_from_one_place_wait_in_line_and_the_line_is_short(sqlite_url: str, tmp_path: Path) -> None:
    served = await serve(sqlite_url, tmp_path, requests=2)
    async with Visitor(served.url) as visitor:
        began = asyncio.get_running_loop().time()
        statuses = await all_at_once(visitor, "/privacy", 30)
        assert statuses.count(200) == 18, "eight at once, and those who wait five seconds at most"
        assert statuses.count(429) == 12
        assert asyncio.get_running_loop().time() - began > 4
    await served.close()


async def test_who_is_refused_is_refused_before_anything_is_looked_up(sqlite_url: str, tmp_path: Path) -> None:
    served = await serve(sqlite_url, tmp_path, requests=1)
    async with Visitor(served.url) as visitor:
        waiting = asyncio.create_task(all_at_once(visitor, "/privacy", 14))
        await asyncio.sleep(0.2)
        with asked_for(served.turns.database, ANYTHING) as asked:
            text = "Skrivet med möda. (testtext)"
            page = await visitor.post("/", {"form": "1", "press": "done", "text": text})
            assert page.status == 429
            assert int(page.headers["Retry-After"]) >= 1
            assert page.forms[-1].fields["text"] == [text], "what was written is in the page, to be sent once more"
            for path in ("/", "/queue", "/my-data", "/no/such/page", "/meeting/SAM-2026-0001.ics"):
                assert (await visitor.open(path)).status == 429
            page = await visitor.post("/", {"form": "1", "press": "done", "text": '"' * 200_000})
            assert page.status == 429
            assert len(page.html) < 20_000, "a refusal costs less than what it refuses"
        assert asked == []
        assert (await visitor.open("/healthz")).status == 200
        waiting.cancel()
    await served.close()


async def test_a_page_that_is_only_read_writes_nothing(served: Served, visitor: Visitor) -> None:
    await walk(visitor, "proposal")
    await visitor.open("/")
    with asked_for(served.turns.database, ANYTHING) as asked:
        for path in ("/", "/", "/my-data", "/privacy", "/help"):
            assert (await visitor.open(path)).status == 200
    assert not [one for one in asked if not one.startswith(("SELECT", "PRAGMA"))]


async def test_newcomers_from_one_place_are_limited(served: Served) -> None:
    statuses = []
    for _newcomer in range(NEWCOMERS + 2):
        async with Visitor(served.url) as visitor:
            statuses.append((await visitor.post("/", {"press": "accept"})).status)
    assert statuses[0] == 200
    assert statuses[-1] == 429
    async with Visitor(served.url) as nadia:
        assert (await nadia.post(f"/sign-in/{await served.link()}", {})).status == 200, "they hold up nobody's link"


MADE_UP: dict[str, Callable[[int], list[str]]] = {
    "one line": lambda number: [f"198.51.100.{number}, 203.0.113.7"],
    "two lines, as HAProxy adds its own": lambda number: [f"198.51.100.{number}", "203.0.113.7"],
    "ports": lambda number: [f"203.0.113.7:{4711 + number}"],
    "one network": lambda number: [f"2001:db8:0:1:{number:x}::1"],
    "ports in one network": lambda number: [f"[2001:db8:0:1:{number:x}::1]:{4711 + number}"],
    "no address": lambda number: [f"198.51.100.{number}, unknown"],
}


@pytest.mark.parametrize(("public_url", "how"), spread(("", "https://samverkan.example.se"), tuple(MADE_UP)))
async def test_newcomers_behind_our_own_proxy_are_told_apart_and_a_made_up_address_is_not_believed(
    sqlite_url: str, tmp_path: Path, public_url: str, how: str
) -> None:
    made_up = MADE_UP[how]
    served = await serve(sqlite_url, tmp_path, public_url)
    async with Visitor(served.url) as visitor:

        async def come(*forwarded: str) -> int:
            visitor.session.cookie_jar.clear()
            async with visitor.session.post(
                served.url + "/",
                data={"press": "accept"},
                headers=CIMultiDict(("X-Forwarded-For", line) for line in forwarded),
                allow_redirects=False,
            ) as answer:
                return answer.status

        apart = [await come(f"198.51.100.{number}") for number in range(NEWCOMERS + 2)]
        taken_for_one = [await come(*made_up(number)) for number in range(NEWCOMERS + 2)]
    assert set(apart) == {303}
    assert taken_for_one[-1] == 429
    await served.close()


def test_a_bucket_fills_again() -> None:
    at = [0.0]
    flood = RateLimit(2, 1, clock=lambda: at[0])
    assert [flood.wait("a"), flood.wait("a"), flood.wait("a"), flood.wait("b")] == [0, 0, 1, 0]
    at[0] = 1.5
    assert flood.wait("a") == 0
    assert flood.wait("a") == pytest.approx(0.5)


class Fragile(Clock):
    """A clock that nobody can read once it is broken; its error then repeats what somebody has written."""

    broken = False

    def now(self) -> datetime:
        """The time, until it is broken."""
        if self.broken:
            written = "planted personal data"
            raise LookupError(written)
        return super().now()


async def test_our_own_mistake_is_owned_up_to_and_nothing_private_is_logged(
    sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Fragile()
    served = await serve(sqlite_url, tmp_path, clock=clock)
    clock.broken = True
    with caplog.at_level(logging.INFO):
        async with Visitor(served.url) as visitor:
            page = await visitor.post("/back/very-secret-token-very-secret-to", {})
            assert page.status == 500
            visitor.session.cookie_jar.update_cookies({"chat": "x" * 43}, response_url=URL(served.url))
            page = await visitor.post("/", {"press": "accept", "text": "planted personal data"})
    assert page.status == 500
    assert "our mistake" in page.text
    assert "POST / failed" in caplog.text
    assert "POST /back/{token} failed" in caplog.text
    assert "very-secret" not in caplog.text
    assert "planted" not in caplog.text
    await served.close()


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("sv-SE,sv;q=0.8,en;q=0.5", ["sv-SE", "sv", "en"]),
        ("en;q=0, ar", ["ar"]),
        ("*", []),
        ("", []),
        ("en;q=1;q=1, \x00, sv;q=0.2", ["sv"]),
    ],
)
def test_accept_language(header: str, tags: list[str]) -> None:
    assert preferred(header) == tags


async def test_bad_forms_are_refused(served: Served, visitor: Visitor) -> None:
    for content_type, body in (
        ("multipart/form-data; boundary=x", b"nonsense"),
        ("multipart/form-data", b""),
        ("text/plain", b"hej"),
        ("application/json", b"{}"),
    ):
        async with visitor.session.post(served.url + "/", data=body, headers={"Content-Type": content_type}) as answer:
            assert answer.status in (200, 400), content_type
    assert isinstance(served.server.app, web.Application)
