"""Loops under watch: what stands is started anew and said, what fails and tries again is let be, what waits may wait."""

import asyncio
import contextlib
import logging
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from prometheus_client import generate_latest

from bot.main import metrics_page
from bot.main.health import Health
from bot.operations import loops, metrics
from bot.operations.loops import Loop, Work, beat, pause, resting, within
from tests.house import compose
from tests.process.program import ROOT
from tests.telegram.stage import happens

Keeps = Callable[[str, Work], Loop]


@pytest.fixture
async def keeps(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Keeps]:
    """A watch that looks often; what it watches ends with the test."""
    monkeypatch.setattr(loops, "LOOK", 0.02)
    monkeypatch.setattr(loops, "PATIENCE", 0.3)
    monkeypatch.setattr(loops, "PAUSES", (0.01,))
    tasks: list[asyncio.Task[None]] = []

    def kept(name: str, work: Work) -> Loop:
        loop = Loop(name, work)
        tasks.append(asyncio.create_task(loop.keep()))
        return loop

    yield kept
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def for_ever() -> None:
    await asyncio.Event().wait()


def restarts(name: str) -> float:
    return metrics.REGISTRY.get_sample_value("samverkansguiden_loop_restarts_total", {"loop": name}) or 0


async def alive(health: Health) -> list[tuple[int, str]]:
    """What is said at /healthz to a stranger, and inside the house."""
    outside, said = web.Application(), []
    outside.add_routes(health.routes())
    async with ClientSession() as session:
        for application in (outside, metrics_page.application(health)):
            async with TestServer(application) as server, session.get(server.make_url("/healthz")) as response:
                said.append((response.status, await response.text()))
    return said


async def test_a_loop_that_stands_is_started_anew_and_named_until_it_goes(
    keeps: Keeps, caplog: pytest.LogCaptureFixture, sqlite_url: str, tmp_path: Path
) -> None:
    mended, begun = asyncio.Event(), 0

    @within(0.1)
    async def stands() -> None:
        nonlocal begun
        begun += 1
        await mended.wait()
        while True:
            await pause(0.01)

    health, before = compose(sqlite_url, tmp_path).program.health(), restarts("stands")
    loops = [keeps("stands", stands), keeps("goes", lambda: pause(3600))]
    health.watch(loops)
    await happens(lambda: begun > 1)
    assert await alive(health) == [(503, "something stands"), (503, "stands: stands")], (
        "started anew, and not gone round yet"
    )
    assert restarts("stands") > before
    await happens(lambda: begun > 3)
    mended.set()
    await happens(lambda: not loops[0].stands)
    assert await alive(health) == [(200, "ok"), (200, "ok")]
    number = begun
    await asyncio.sleep(0.3)
    assert begun == number, "it goes, and is let be"
    assert "stands stood for" in caplog.text
    await health.database.close()


async def test_what_fails_and_tries_again_does_not_stand(keeps: Keeps) -> None:
    """As every loop does while the database is away: nobody is to be started anew for that."""
    tries = 0

    @within(0.2)
    async def fails() -> None:
        nonlocal tries
        while True:
            with contextlib.suppress(OSError):
                tries += 1
                raise OSError
            await pause(0.01)

    loop = keeps("fails", fails)
    await happens(lambda: tries > 50)
    assert (loop.stands, restarts("fails")) == (False, 0)


async def test_a_long_sleep_and_a_long_step_that_beats_are_no_standing(
    keeps: Keeps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loops, "BREATH", 0.02)
    done: list[str] = []

    @within(0.2)
    async def sleeps() -> None:
        await pause(0.8)
        done.append("slept")
        for _ in range(20):
            await asyncio.sleep(0.02)
            beat()
        done.append("worked")
        await for_ever()

    keeps("sleeps", sleeps)
    await happens(lambda: done == ["slept", "worked"])
    assert restarts("sleeps") == 0


async def test_a_machine_that_slept_has_not_stood(keeps: Keeps) -> None:
    """Nor has a process that was stopped, or one whose event loop was held up: nobody was looking meanwhile."""

    @within(0.2)
    async def goes() -> None:
        while True:
            await pause(0.01)

    loop = keeps("slept", goes)
    await asyncio.sleep(0.05)
    time.sleep(0.6)
    await asyncio.sleep(0.05)
    assert (restarts("slept"), loop.stands) == (0, False)


async def test_who_waits_for_their_turn_may_wait_and_who_has_it_may_not_stand(keeps: Keeps) -> None:
    turn, begun = asyncio.Event(), 0

    async def polling() -> None:
        with resting(False):
            await for_ever()

    @within(0.1)
    async def waits() -> None:
        nonlocal begun
        begun += 1
        with resting():
            await turn.wait()
            await asyncio.ensure_future(polling())  # as the one that holds the lock does

    loop = keeps("waits", waits)
    await asyncio.sleep(0.5)
    assert (begun, loop.stands) == (1, False)
    turn.set()
    await happens(lambda: begun > 1)


async def test_a_loop_that_ends_is_started_anew_and_said_when_it_does_so_again_and_again(
    keeps: Keeps, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = 0

    async def ends() -> None:
        nonlocal starts
        starts += 1
        beat()
        if starts < 5:
            raise KeyError("what somebody wrote")
        while True:
            await pause(0.01)

    loop = keeps("ends", ends)
    await happens(lambda: starts == 4)
    assert loop.stands, "it has ended three times in a row"
    await happens(lambda: starts == 5)
    monkeypatch.setattr(loops, "STEADY", 0.1)
    await happens(lambda: not loop.stands)
    assert restarts("ends") == 4
    lines = [one.getMessage() for one in caplog.records if one.levelno == logging.ERROR]
    assert lines == ["ends ended, and is started anew: KeyError"] * 4


async def test_what_is_asked_of_a_machine(keeps: Keeps) -> None:
    keeps("asked", for_ever)
    text = generate_latest(metrics.REGISTRY).decode()
    assert 'samverkansguiden_loop_beat_age_seconds{loop="asked"} 0.0' in text
    assert 'samverkansguiden_loop_restarts_total{loop="asked"} 0.0' in text


HOPELESS = """
import asyncio, sys
from bot.main import server
from bot.operations import loops
from bot.operations.loops import within
from bot.settings.settings import Settings

loops.LOOK, loops.PATIENCE, server.DRAIN = 0.05, 0.2, 1

@within(0.1)
async def hopeless():
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            pass

asyncio.run(server.run(server.Parts(loops={"hopeless": hopeless}), Settings()))
"""


def test_a_loop_that_does_not_even_end_ends_the_program_as_a_failure(tmp_path: Path) -> None:
    """A process manager that starts again what has failed starts it again."""
    ended = subprocess.run(
        [sys.executable, "-c", HOPELESS],
        check=False,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
    )
    assert ended.returncode == 1
    assert b"hopeless stands, and does not end when it is told to" in ended.stderr
