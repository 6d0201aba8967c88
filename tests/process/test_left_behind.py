"""Law: a failing test fails no other one, whatever it had open when it failed."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FAILS = """
import gc
import socket
import subprocess
import sys

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from storage.database.database import Database
from tests.telegram.bot_api import BotApi
from tests.web.visitor import Visitor


async def answers(request: web.Request) -> web.Response:
    return web.Response(text="here")


async def test_with_a_server_and_visitors() -> None:
    made = web.Application()
    made.router.add_get("/", answers)
    server = TestServer(made)
    await server.start_server()
    visitor, session = Visitor(str(server.make_url("/"))), ClientSession()
    await visitor.open("/")
    await session.get(server.make_url("/"))
    raise AssertionError("with a page open")


async def test_with_a_bot_that_polls() -> None:
    api = BotApi()
    await api.start()
    raise AssertionError("with a server of a bot")


async def test_with_a_database(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.read():
        raise AssertionError("with a database")


def test_with_a_socket_and_a_process() -> None:
    one, other = socket.socketpair()
    child = subprocess.Popen([sys.executable, "-c", "import time; print(1, flush=True); time.sleep(600)"], stdout=subprocess.PIPE)
    child.stdout.readline()
    raise AssertionError(f"with process {child.pid}.")


def test_of_somebody_else() -> None:
    gc.collect()


async def test_of_somebody_else_in_a_loop(sqlite_url: str) -> None:
    gc.collect()
"""

THREADS = """
import threading

GO, ENDED = threading.Event(), threading.Event()


def raises() -> None:
    GO.wait(30)
    raise LookupError("far behind")


def test_with_a_thread() -> None:
    threading.Thread(target=raises, name="left").start()
    raise AssertionError("with a thread")


def test_with_a_timer() -> None:
    threading.Timer(0.2, lambda: 1 / 0).start()
    raise AssertionError("with a timer")


def test_of_somebody_else() -> None:
    GO.set()
    for thread in threading.enumerate():
        if thread.name == "left" or isinstance(thread, threading.Timer):
            thread.join(30)
"""

PASSES = """
import threading


def test_with_a_thread() -> None:
    thread = threading.Thread(target=lambda: {}["far away"])
    thread.start()
    thread.join()
"""

FORGETS = """
import gc
import socket


def test_forgets() -> None:
    socket.socketpair()
    gc.collect()
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of all these tests, with everything that our own are run with."""
    directory = tmp_path_factory.mktemp("made_up")
    (directory / "part").mkdir()
    for name, text in (("fails", FAILS), ("forgets", FORGETS), ("passes", PASSES), ("threads", THREADS)):
        (directory / f"part/test_{name}.py").write_text(text, encoding="utf-8")
    config = ("-c", str(ROOT / "pyproject.toml"), f"--rootdir={directory}", "-p", "tests.conftest", "-rA")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *config, str(directory / "part")],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def of(name: str, said: str) -> tuple[int, int]:
    """How many tests of a file have failed, and how many have passed."""
    ends = [line.partition(" ")[0] for line in said.splitlines() if f"part/test_{name}.py::" in line]
    return ends.count("FAILED"), ends.count("PASSED")


def test_a_failing_test_fails_no_other_one(said: str) -> None:
    assert of("fails", said) == (4, 2), said
    number = int(said.partition("AssertionError: with process ")[2].partition(".")[0])
    until = time.monotonic() + 10
    while _lives(number):  # what was killed is there until whoever took it over has asked how it ended
        assert time.monotonic() < until
        time.sleep(0.05)


def _lives(process: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False


def test_what_a_thread_raises_is_told_with_the_test_that_failed_and_left_it(said: str) -> None:
    assert of("threads", said) == (2, 1), said
    assert "::test_with_a_thread has left a thread that raised LookupError: far behind" in said
    assert "ZeroDivisionError" not in said


def test_what_a_thread_raises_in_a_test_that_passes_fails_it(said: str) -> None:
    assert of("passes", said) == (1, 0), said
    assert "KeyError: 'far away'" in said


def test_a_test_that_passes_is_told_what_it_left_open(said: str) -> None:
    assert of("forgets", said) == (1, 0), said
    assert "ResourceWarning: unclosed" in said
