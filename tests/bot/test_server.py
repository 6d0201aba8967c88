"""How the program ends."""

import asyncio
import gc
import signal

import pytest

from bot.server import Parts, run
from bot.settings import Settings


async def test_a_loop_that_ends_by_itself_ends_the_program_as_a_failure() -> None:
    """A process manager that starts again what has failed starts it again."""

    async def broken() -> None:
        raise OSError

    async def well() -> None:
        await asyncio.Event().wait()

    with pytest.raises(SystemExit) as ended:
        await run(Parts(loops={"broken": broken, "well": well}), Settings())
    gc.unfreeze()
    assert ended.value.code == 1


async def test_who_is_told_to_end_has_not_failed() -> None:
    async def told() -> None:
        signal.raise_signal(signal.SIGTERM)
        await asyncio.Event().wait()

    await run(Parts(loops={"told": told}), Settings())
    gc.unfreeze()
