"""The recipe "A channel": text messages, by a gateway that takes ours and brings the people's."""

from tests.recipes.recipe import Line, Mistake, Recipe

TABLE = "dialogs/language/channels.py"
VALUE = """\
SMS = Channel(
    name="sms",
    whose="applicants",
    way="pushed",
    buttons=False,
    edits=False,
    files=False,
    network="SMS",
    called="SMS",
    by="bot.sms",
    missed=_("“{notice}” of {at} did not reach an applicant by SMS."),
)
"""
MODULE = '''\
"""Text messages: translated into events, and replies into texts with numbers to choose by."""

from collections.abc import Iterator
from http import HTTPStatus

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bot.settings.settings import Settings
from bot.speech.numbered import read, written
from bot.turns.origin import Origin
from bot.turns.turns import Turns
from bot.worker.connected import Connected
from bot.worker.outcome import Delivered, Failed, Gone, Outcome
from dialogs.language.channels import SMS
from storage.outbox.outbox import Post
from storage.people.people import Address


def connect(turns: Turns, settings: Settings) -> Iterator[Connected]:
    """The number of ours, where there is a gateway."""
    if settings.sms_url:
        one = Texts(turns, settings.sms_url)
        yield Connected(channel=SMS.name, carrier=one, hooks=(web.post("/hooks/sms", one.hook),))


class Texts:
    """What is sent to our number is heard, and what we say goes to `gateway`."""

    def __init__(self, turns: Turns, gateway: str) -> None:
        self.turns, self.gateway = turns, gateway

    async def hook(self, request: web.Request) -> web.Response:
        """POST /hooks/sms: a message, as the gateway brings it. Whatever is not 200 makes it come again."""
        message = await request.json()
        at = Address(SMS.name, message["from"])
        there = await self.turns.seen(at)
        locale = there.standing.locale if there.standing else "sv"
        event = read(message["text"], there.replies, locale, message["id"], coming=there.coming)
        await self.turns.take(Origin(at, locale, (message["id"],)), event)
        return web.Response()

    async def carry(self, post: Post) -> Outcome:
        """Send a post, and say how it went."""
        there = await self.turns.seen(post.to)
        text = written(post.reply, there.replies, post.locale, SMS, self.turns.house.mailbox)
        said = {"to": post.to.address, "text": text}
        try:
            async with (
                ClientSession(timeout=ClientTimeout(20)) as session,
                session.post(self.gateway, json=said) as answer,
            ):
                if answer.status == HTTPStatus.GONE:
                    return Gone("no such number")
                return Delivered() if answer.status == HTTPStatus.OK else Failed(f"sms: {answer.status}")
        except (ClientError, OSError, TimeoutError):
            return Failed("sms: not reached")
'''
TEST = '''\
"""Text messages are sent where there is a gateway."""

from pathlib import Path

from bot.sms import connect
from tests.house import compose


async def test_without_a_gateway_nothing_is_connected(sqlite_url: str, tmp_path: Path) -> None:
    parts = compose(sqlite_url, tmp_path)
    try:
        assert list(connect(parts.turns, parts.program.settings)) == []
    finally:
        await parts.close()
'''
LISTED = "SMS, "
SETTINGS = "bot/settings/settings.py"
HELD = ', "bot.sms"'
NO_SQL = 'source_modules = ["dialogs", "bot.web", "bot.telegram", "bot.mail"'
APART = '\nmodules = ["bot.web", "bot.mail", "bot.telegram"'
LAW = "tests/laws/test_connected.py"
CHANNEL = Recipe(
    "channel",
    sources=3,  # its value in the table, its module, and its settings
    files={"bot/sms.py": MODULE, "tests/bot/test_sms.py": TEST},
    lines=(
        Line(TABLE, VALUE, before="NOWHERE = Channel(\n"),
        Line(TABLE, LISTED, after="CHANNELS = table((TELEGRAM, "),
        Line(SETTINGS, '    sms_url: str = ""\n', before="    smtp_url: "),
        Line("pyproject.toml", " | sms", after='"web | telegram | mail'),
        Line("pyproject.toml", HELD, after=NO_SQL),
        Line("pyproject.toml", HELD, after=APART),
    ),
    words={
        "“{notice}” of {at} did not reach an applicant by SMS.": "”{notice}” av {at} nådde inte en sökande via sms.",
    },
    tests=("tests/recipes/proofs/channel.py", "tests/bot/test_sms.py", "tests/dialogs/language/test_channels.py", LAW),
    mistakes={
        "what it can do": Mistake(
            TABLE,
            VALUE,
            VALUE.replace("    buttons=False,\n", ""),
            "missing 1 required keyword-only argument: 'buttons'",
        ),
        "how one hears that nothing arrived": Mistake(
            TABLE,
            VALUE,
            VALUE.replace('    missed=_("“{notice}” of {at} did not reach an applicant by SMS."),\n', ""),
            "sms: `missed` says that something did not reach applicants by it",
        ),
        "no line in the table": Mistake(
            TABLE,
            LISTED,
            "",
            "put SMS into CHANNELS in dialogs/language/channels.py",
            "tests/dialogs/language/test_channels.py::test_every_channel_stands_in_the_table",
        ),
        "that it knows no SQL": Mistake(
            "pyproject.toml",
            NO_SQL + HELD,
            NO_SQL,
            "put bot.sms into `source_modules` of “Channels know no SQL, and dialogs neither” in pyproject.toml",
            LAW,
        ),
        "that it knows no other": Mistake(
            "pyproject.toml",
            APART + HELD,
            APART,
            "put bot.sms into `modules` of “The channels do not know each other” in pyproject.toml",
            LAW,
        ),
    },
)
