"""How the program ends."""

import asyncio
import gc
import signal

import pytest

from bot.main.server import Parts, run
from bot.operations import loops
from bot.settings.settings import Settings


async def test_a_loop_that_ends_by_itself_is_started_anew_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "PAUSES", (0.01,))
    began: list[str] = []

    async def broken() -> None:
        began.append("broken")
        if began.count("broken") == 4:
            signal.raise_signal(signal.SIGTERM)
        raise OSError

    async def well() -> None:
        began.append("well")
        await asyncio.Event().wait()

    await run(Parts(loops={"broken": broken, "well": well}), Settings())
    gc.unfreeze()
    assert began.count("broken") >= 4
    assert began.count("well") == 1


async def test_who_is_told_to_end_has_not_failed() -> None:
    async def told() -> None:
        signal.raise_signal(signal.SIGTERM)
        await asyncio.Event().wait()

    await run(Parts(loops={"told": told}), Settings())
    gc.unfreeze()
