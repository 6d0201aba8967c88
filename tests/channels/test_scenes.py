"""The golden conversations of several people, who are told by text message whatever they were told in a chat, and choose by its numbers."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.speech.numbered import options, read, written
from bot.worker.delivery import Outcome
from dialogs.language.channels import CHANNELS
from dialogs.language.events import Event, Press
from storage.outbox.outbox import Post
from tests.channels.said import check
from tests.clock import Clock
from tests.house import compose
from tests.spread import WHOLE
from tests.transcripts import scene
from tests.transcripts.scene import Person, Scene

pytestmark = pytest.mark.english

HERE = Path(__file__).parents[1] / "transcripts" / "desk"
FILES = sorted(path.stem for path in HERE.glob("*.txt"))
PLAYED = FILES if WHOLE else ["messages", "meeting.ar", "protected", "started"]
"""Where people are on every channel, and what only contact persons see; the others are `make test-all`'s."""
BY_TEXT = {"telegram": "sms", "telegram_staff": "sms_staff"}
"""Who was in a chat has a telephone."""


class Typing(Person):
    """Somebody who chooses by number, where what they choose stands there."""

    chosen = 0
    looking: asyncio.Lock
    """Of two at once, who is named first in the transcript looks first at what stands there, and so is the first to press."""

    async def does(self, event: Event) -> bool:
        """Take what they type; whether anybody answers."""
        if isinstance(event, Press) and CHANNELS[self.channel].numbers:
            async with self.looking:
                there = (await self.turns.seen(self.address)).replies
            marks = [one.mark for mine in options(there, self.locale) for one in mine if one.press == event]
            if marks:
                Typing.chosen += 1
                event = read(marks[-1], there, self.locale)
        return await super().does(event)


@dataclass
class ByText(Scene):
    """A scene whose messages are text messages."""

    looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def person(self, name: str, channel: str, locale: str) -> Person:
        """Somebody with a telephone, or on the web."""
        typing = Typing(self.parts.turns, name=name, channel=channel, locale=locale)
        typing.looking = self.looking
        return typing

    async def arrived(self, post: Post) -> Outcome:
        """A message comes to a telephone: it says what the transcript says."""
        channel = CHANNELS[post.to.channel]
        if channel.numbers:
            there = (await self.parts.turns.seen(post.to)).replies
            text = written(post.reply, there, post.locale, channel, self.parts.turns.house.mailbox)
            check(text, post.reply, options((*there, post.reply), post.locale)[-1], post.locale)
        return await super().arrived(post)


@pytest.mark.parametrize("name", PLAYED)
async def test_everybody_is_told_by_text_message(name: str, sqlite_url: str, tmp_path: Path) -> None:
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    _sign, _locale, start = text.partition("\n")[0].split(" ", 2)
    clock = Clock(start)
    parts = compose(sqlite_url, tmp_path, clock=clock)
    channels = {role: BY_TEXT.get(channel, channel) for role, channel in scene.CHANNELS.items()}
    Typing.chosen = 0
    try:
        played = await ByText(parts, clock, channels=channels).play(text)
    finally:
        await parts.close()
    assert played == text
    assert Typing.chosen > 0
