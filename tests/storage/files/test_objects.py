"""An object store that trickles: who reads from it keeps nobody from writing, and everybody is told within the time limit."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from storage.files.arriving import Arriving
from storage.files.objects import AT_ONCE, Objects
from storage.files.store import Away
from tests.objects import KNOWN

MANY = 4 * AT_ONCE


class Trickle(ThreadingHTTPServer):
    """It takes whatever is put at once, and sends a byte now and then of whatever is asked for, until it ends."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked, self.over = threading.Semaphore(0), threading.Event()

    async def were_asked(self, number: int) -> None:
        """Wait until so many contents were asked for."""
        for _one in range(number):
            assert await asyncio.to_thread(self.asked.acquire, timeout=30)


class Answer(BaseHTTPRequestHandler):
    server: Trickle

    def log_message(self, *_given: object) -> None: ...

    def do_GET(self) -> None:
        self.send_response(200)
        for name, value in (
            ("Content-Length", "20000000"),
            ("ETag", '"x"'),
            ("Last-Modified", "Mon, 30 Nov 2026 00:00:00 GMT"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.server.asked.release()
        try:
            while not self.server.over.wait(0.1):
                self.wfile.write(b"x")
        except OSError:
            return

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("ETag", '"x"')
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def trickle() -> Iterator[Trickle]:
    with Trickle() as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield server
        server.over.set()
        server.shutdown()
        serving.join()


@pytest.fixture
def store(trickle: Trickle, tmp_path: Path) -> Objects:
    known = {name.lower(): value for name, value in KNOWN.items()}
    return Objects("s3://b/x", tmp_path, known | {"aws_endpoint_url": f"http://127.0.0.1:{trickle.server_port}"})


async def reads(store: Objects, number: int) -> None:
    async with store.at_hand([f"{number:064x}"]):
        pass


@asynccontextmanager
async def reading(store: Objects, number: int) -> AsyncIterator[list[asyncio.Task[None]]]:
    """So many who read, each a file of their own, until the context ends."""
    tasks = [asyncio.create_task(reads(store, one)) for one in range(number)]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_an_upload_is_taken_while_more_read_than_there_are_places(
    store: Objects, trickle: Trickle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.files.objects.QUICK", 60.0)
    async with reading(store, MANY) as readers:
        await trickle.were_asked(AT_ONCE)
        arriving = Arriving(tmp_path / "one.part")
        arriving.add(b"an upload")
        async with asyncio.timeout(30):
            await store.keep(arriving)
        arriving.end()
        assert not any(task.done() for task in readers)


async def test_who_waits_for_a_place_is_told_within_the_time_limit(
    store: Objects, trickle: Trickle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.files.objects.QUICK", 60.0)
    async with reading(store, AT_ONCE) as readers:
        await trickle.were_asked(AT_ONCE)
        monkeypatch.setattr("storage.files.objects.WHOLE", 0.2)
        async with asyncio.timeout(20):
            with pytest.raises(Away, match="TimeoutError"):
                await reads(store, MANY)
        assert not any(task.done() for task in readers)


async def test_a_content_that_trickles_gives_its_place_back_before_its_minute_is_over(
    store: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.files.objects.QUICK", 0.5)
    async with asyncio.timeout(20):
        with pytest.raises(Away, match="TimeoutError"):
            await reads(store, 1)
