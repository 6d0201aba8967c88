"""The interview that every contender holds: a ready group's whole application, taken from our own dialog as it is now."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from bot.telegram.render import render
from dialogs.language.events import Event, Say, Start
from dialogs.language.replies import Reply
from storage.migrations import migrate
from tests.answers import went_on
from tests.applicant import ANSWERS
from tests.benchmarks.steps import Shown, Step
from tests.house import SEAL, Caller, compose, pressed

CHAT = 1
LOCALE = "en"


def interview() -> list[Step]:
    """Every step from /start to the receipt, in English. Takes a second or two."""
    return asyncio.run(_held())


async def _held() -> list[Step]:
    steps: list[Step] = []
    with tempfile.TemporaryDirectory() as folder:
        parts = compose(f"sqlite:///{folder}/interview.sqlite3", Path(folder), mails=False)
        await migrate(parts.database, SEAL)
        caller = Caller(parts.turns, locale=LOCALE)

        async def does(verb: str, what: str, event: Event) -> list[Reply]:
            replies = await caller.does(event)
            steps.append(Step(verb, what, [shown for reply in replies for shown in _messages(reply)]))
            return replies

        async def taps(act: str, shown: list[Reply]) -> list[Reply]:
            return await does("tap", act, pressed(act, shown))

        shown = await taps("accept", await does("say", "/start", Start()))
        while shown[-1].type == "ask":
            key = shown[-1].key
            for answer in ANSWERS[key]:
                verb, _space, what = answer.partition(" ")
                shown = await does("say", what, Say(what)) if verb == "say" else await taps(what, shown)
            went_on(key, getattr(shown[-1], "key", ""), shown[-1])
        await taps("sure", await taps("send", shown))
        await parts.close()
    return steps


def _messages(reply: Reply) -> list[Shown]:
    return [Shown(call["text"], _rows(call)) for call in render(reply, LOCALE, CHAT) if "text" in call]


def _rows(call: dict[str, Any]) -> list[list[tuple[str, str]]]:
    rows = call.get("reply_markup", {}).get("inline_keyboard", [])
    return [[(button["text"], button["callback_data"].rpartition("~")[2]) for button in row] for row in rows]


if __name__ == "__main__":
    for number, step in enumerate(interview(), 1):
        sizes = ", ".join(f"{len(one.text)} characters, {sum(map(len, one.rows))} buttons" for one in step.shown)
        print(f"{number:2} {step.verb} {step.what[:40]!r}: {sizes}")
