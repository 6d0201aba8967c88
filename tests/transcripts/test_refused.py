"""Whoever plays a person says which question an answer was refused at, and does not ask for ever."""

import asyncio
from pathlib import Path

import pytest

from tests.answers import EN, Answers
from tests.clock import Clock
from tests.house import compose
from tests.telegram.bot_api import BotApi
from tests.telegram.stage import Stage, on_telegram
from tests.transcripts.scene import Scene

pytestmark = pytest.mark.english

WRONG = Answers({**EN.given, "contact": {"name": "Sara Ali", "email": "nowhere"}})
"""Somebody who cannot be reached."""
REFUSED = "the answer to 'contact' was refused"


async def test_in_a_scene(sqlite_url: str, tmp_path: Path) -> None:
    parts = compose(sqlite_url, tmp_path)
    try:
        with pytest.raises(AssertionError, match=REFUSED):
            async with asyncio.timeout(60):
                await Scene(parts, Clock("2026-05-04 09:00"), answers=WRONG.chat).play(
                    "= sara applicant\n@sara sends application"
                )
    finally:
        await parts.close()


async def test_on_a_phone(sqlite_url: str, tmp_path: Path) -> None:
    api = BotApi()
    await api.start()
    parts = compose(sqlite_url, tmp_path, **on_telegram(api.url))
    stage = Stage(api, parts)
    try:
        stage.listen()
        with pytest.raises(AssertionError, match=REFUSED):
            async with asyncio.timeout(60):
                await stage.phone().walk("", WRONG.chat)
    finally:
        await stage.close()
        await parts.close()
        await api.stop()
