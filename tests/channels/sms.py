"""Text messages, as whoever adds a channel would write them: its value, its settings, and one module that hears and carries."""

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bot.settings.settings import Settings
from bot.speech.numbered import read, written
from bot.turns.origin import Origin
from bot.turns.turns import Turns
from bot.worker.connected import Connected
from bot.worker.outcome import Delivered, Failed, Gone, Outcome
from dialogs.language.channel import Channel
from dialogs.language.words import _
from storage.outbox.outbox import Post
from storage.people.people import Address
from tests.house import GivenSettings

SMS = Channel(
    name="sms",
    whose="applicants",
    way="pushed",
    buttons=False,
    edits=False,
    files=False,
    network="SMS",
    called="SMS",
    by="tests.channels.sms",
    missed=_("“{notice}” of {at} reached no telephone."),
)
SMS_STAFF = replace(SMS, name="sms_staff", whose="staff", missed=None)


class SmsSettings(GivenSettings):
    """The settings of a house that has a gateway."""

    sms_url: str = ""


def connect(turns: Turns, settings: Settings) -> Iterator[Connected]:
    """Both numbers, where there is a gateway."""
    if isinstance(settings, SmsSettings) and settings.sms_url:
        for channel in (SMS, SMS_STAFF):
            one = Texts(channel, turns, settings.sms_url)
            hook = web.post(f"/hooks/{channel.name}", one.hook)
            yield Connected(channel=channel.name, carrier=one, hooks=(hook,), close=one.close)


class Texts:
    """One number of ours: what is sent to it is heard, and what we say goes to `gateway`."""

    def __init__(self, channel: Channel, turns: Turns, gateway: str) -> None:
        self.channel, self.turns, self.gateway = channel, turns, gateway
        self._session: ClientSession | None = None

    async def hook(self, request: web.Request) -> web.Response:
        """POST /hooks/…: a message, as the gateway brings it. Whatever is not 200 makes it come again."""
        await self.hear(await request.json())
        return web.Response()

    async def hear(self, message: dict[str, Any]) -> None:
        """Take the turn of a message: its `id`, whom it is `from`, its `text`, and perhaps the `language` of the telephone."""
        to = Address(self.channel.name, message["from"])
        there = await self.turns.seen(to)
        locale = there.standing.locale if there.standing else message.get("language", "en")
        origin = Origin(to, locale, (message["id"],))
        event = read(message["text"], there.replies, locale, message["id"], coming=there.coming)
        await (self.turns.take_staff if self.channel is SMS_STAFF else self.turns.take)(origin, event)

    async def carry(self, post: Post) -> Outcome:
        """Send a post, and say how it went."""
        there = await self.turns.seen(post.to)
        text = written(post.reply, there.replies, post.locale, self.channel, self.turns.house.mailbox)
        self._session = self._session or ClientSession(timeout=ClientTimeout(20))
        try:
            async with self._session.post(self.gateway, json={"to": post.to.address, "text": text}) as answer:
                if answer.status == HTTPStatus.GONE:
                    return Gone("no such number")
                return Delivered() if answer.status == HTTPStatus.OK else Failed(f"sms: {answer.status}")
        except (ClientError, OSError, TimeoutError):
            return Failed("sms: not reached")

    async def close(self) -> None:
        """Close the connection to the gateway."""
        if self._session:
            await self._session.close()
