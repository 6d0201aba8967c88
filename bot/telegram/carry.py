"""How posts become messages on Telegram."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol

from bot.documents.enclosure import PATIENCE as IN_LINE
from bot.documents.enclosure import Enclosure, enclosure
from bot.documents.spawn import LIMITS, WITH_PICTURES, Unmade
from bot.operations.places import Busy
from bot.telegram.render import Call, as_new, render
from bot.telegram.text import plain
from bot.telegram.trouble import NO_ENTITIES, NOT_EDITABLE, Trouble, outcome
from bot.turns.reading_copy import reading_copy
from bot.turns.turns import Turns
from bot.worker.delivery import CARRYING
from bot.worker.outcome import Delivered, Failed, Gone, Outcome, Wait
from dialogs.language.replies import Appointment, Export, Tell
from dialogs.language.words import Words, _
from storage.outbox import told
from storage.outbox.outbox import Post

log = logging.getLogger(__name__)

CALLING = 20
"""Seconds for one call."""
UPLOADING = 70
"""Seconds for one call that uploads a file."""
SENDING = UPLOADING + CALLING
"""Seconds for all the messages of one post: a file, and what is said beside it."""
MAKING = IN_LINE + WITH_PICTURES.seconds + LIMITS.seconds
"""Seconds to make the paper that a post brings: the wait in line, and a second attempt without pictures."""
if MAKING + SENDING + CALLING > CARRYING:
    raise ValueError("Delivery gives a carrier up before it has done what it may do")
KEPT = {"protect_content": True}
"""Of a call (Bot API, sendMessage)."""
LARGEST = 50_000_000
"""Bytes of the largest file that a bot can send (Bot API, sendDocument)."""


class Calling(Protocol):
    """Calls the Bot API."""

    async def __call__(self, call: Call, seconds: float = ...) -> Any:
        """The result of a call, as plain data. Raises nothing but Trouble."""


class Sender:
    """Sends posts by `call`, message by message. When a post is retried, the messages that have gone are not sent again."""

    def __init__(self, call: Calling, turns: Turns) -> None:
        self._call, self._turns = call, turns
        self._gone: dict[int, list[str]] = {}
        """What has gone of each post, by Telegram's numbers for its messages."""

    async def carry(self, post: Post) -> Outcome:
        """Send a post, and say how it went, and what of it stands there now."""
        went = await self._carried(post)
        messages = tuple(one for one in self._gone.get(post.id, ()) if one)
        if isinstance(went, Delivered | Gone) or (isinstance(went, Failed) and went.final):
            self._gone.pop(post.id, None)
        return replace(went, messages=messages)

    async def _carried(self, post: Post) -> Outcome:
        try:
            async with enclosure(self._turns.papers, post) as enclosed, asyncio.timeout(SENDING):
                calls = await self._calls(post, enclosed)
                gone = self._gone.setdefault(post.id, [])
                for call in calls[len(gone) :]:
                    gone.append(await self._send(call, keeps=_keeps(post)))
        except Trouble as trouble:
            return outcome(trouble)
        except Busy as busy:
            return Wait(busy.seconds)
        except Unmade as unmade:
            return await self._unmade(post, unmade)
        except TimeoutError:
            return Failed("telegram: too slow")
        return Delivered()

    async def _calls(self, post: Post, enclosed: Enclosure | None) -> list[Call]:
        chat, reply = int(post.to.address), post.reply
        if isinstance(reply, Export) and reply.what == "copy":
            return render(await reading_copy(self._turns, post, reply.case), post.locale, chat)
        calls = render(reply, post.locale, chat, post.replaces)
        if not isinstance(reply, Export | Appointment):
            return calls
        if enclosed and enclosed.size <= LARGEST:
            return [
                call | {enclosed.form: (enclosed.name, enclosed.file)} if enclosed.form in call else call
                for call in calls
            ]
        return render(Tell((self._elsewhere(reply, bool(enclosed)),), tone="trouble"), post.locale, chat)

    async def _unmade(self, post: Post, unmade: Unmade) -> Outcome:
        """Fail for now if the trouble passes. Otherwise say that the paper could not be made, and fail for good: what ended its child would end the next."""
        trouble = f"not made: {unmade}"
        if unmade.passes:
            return Failed(trouble)
        words = (
            _(
                "This could not be made, because it took too much. Nothing is lost: you find it all in the queue on the web."
            )
            if isinstance(post.reply, Export) and post.reply.what in ("package", "overview")
            else _(
                "This could not be made, because it took too much. Nothing is lost. Please write to {mailbox}, and you get it in another way.",
                mailbox=self._turns.house.mailbox,
            )
        )
        with suppress(Trouble):  # staff see the failure in the outbox all the same
            for call in render(Tell((words,), tone="trouble"), post.locale, int(post.to.address)):
                await self._send(call)
        return Failed(trouble, final=True)

    def _elsewhere(self, reply: Export | Appointment, large: bool) -> Words:
        if isinstance(reply, Export) and reply.what == "own":
            return _(
                "Your data is larger than what can be sent on Telegram. Please write to {mailbox}, and you get it in another way.",
                mailbox=self._turns.house.mailbox,
            )
        if large:
            return _("This is larger than what can be sent on Telegram. You find it in the queue on the web.")
        return _("This is not there any more.")

    async def _send(self, call: Call, keeps: bool = False) -> str:
        """Make one call, or an alternative to it where Telegram refuses it. What it `keeps` cannot be forwarded. Returns the message's number, or ""."""
        call = call | KEPT if keeps and call["method"] == "sendMessage" else call
        try:
            made = await self._call(call, UPLOADING if {"document", "photo"} & call.keys() else CALLING)
        except Trouble as trouble:
            if call["method"] == "editMessageText" and trouble.says(*NOT_EDITABLE):
                return await self._send(as_new(call), keeps)
            if trouble.says(NO_ENTITIES) and "text" in call and "parse_mode" in call:
                log.error("Telegram could not read our HTML")
                made = await self._call(
                    {name: value for name, value in call.items() if name != "parse_mode"}
                    | {"text": plain(call["text"])}
                )
            else:
                raise
        return str(made["message_id"]) if isinstance(made, dict) and "message_id" in made else ""


def _keeps(post: Post) -> bool:
    """Whether Telegram is to keep this from being forwarded and saved: what is said of cases, but not what is there to be passed on, nor files to be saved."""
    return bool(told.about(post)) and not (isinstance(post.reply, Tell) and post.reply.to_hand_on)
