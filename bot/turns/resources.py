"""What every turn and task of a process works with, put together once."""

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.documents import spawn
from bot.documents.papers import Papers
from bot.settings.clock import Clock
from bot.settings.keys import Keys
from bot.speech.translation import Translation
from bot.turns.confirming import Confirming
from bot.turns.daily_limits import DailyLimits
from bot.turns.hours import Hours
from bot.turns.line import Line
from bot.turns.notify import Notifier
from bot.turns.origin import Hand
from bot.turns.quota import FileLimits
from bot.turns.sessions import LASTS, WebSessions
from bot.turns.uploads import Uploads
from dialogs.applicants.where import House
from dialogs.case.case import Case
from dialogs.case.step import Step
from dialogs.language.channels import CHANNELS, CHAT, with_doors
from dialogs.language.words import Words
from storage.cases import cases
from storage.cases.chain import Seal
from storage.database.database import Database
from storage.files.files import Files

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection


class Sending:
    """Who sends at once what this process commits, if anybody does. The sender is set last, since carriers need these resources."""

    def __init__(self) -> None:
        self.hand: Hand | None = None

    def begins(self, hand: Hand) -> None:
        """From now on `hand` sends."""
        self.hand = hand


class Resources:
    """The parts of one process. `here` is where the web is reached, without a slash at its end; "" when that is not set. `desk` is where the contact
    persons' pages are, when they have a host of their own.

    `mails` says whether mail can be sent. What is not given is as in an installation without settings.
    """

    def __init__(  # noqa: PLR0913 what every turn works with, handed in piece by piece
        self,
        database: Database,
        files: Files,
        house: House,
        keys: Keys,
        seal: Seal,
        clock: Clock,
        *,
        here: str = "",
        desk: str = "",
        mails: bool = False,
        limits: DailyLimits | None = None,
        room: FileLimits | None = None,
        child: spawn.ChildLimits | None = None,
        translation: Translation | None = None,
        hours: Hours | None = None,
        lasts: timedelta | None = None,
        staff_chats: timedelta | None = None,
    ) -> None:
        self.database, self.files, self.house, self.keys = database, files, house, keys
        self.seal, self.clock, self.here, self.desk, self.mails = seal, clock, here, desk or here, mails
        self.limits, self.translation = limits or DailyLimits(), translation or Translation("")
        self.confirming = Confirming(keys, self.limits)
        self.notifier = Notifier(house, self.link, mails, clock, self.confirming, hours)
        self.papers = Papers(database, files, house, clock, child or spawn.LIMITS, child or spawn.WITH_PICTURES)
        self.uploads = Uploads(database, files, keys, clock, room)
        self.sessions = WebSessions(database, keys, clock, here, lasts or LASTS)
        self.staff_chats = staff_chats or LASTS
        """How long a contact person's chat goes on without their writing in it."""
        self.line = Line(database)
        self.sending = Sending()
        self.committed = asyncio.Event()
        """Set after each commit that may have put something into the outbox."""
        self._usernames: dict[str, str] = {}
        """What networks call us, by channel, once we know."""

    async def happens(
        self,
        connection: "AsyncConnection",
        case: int,
        step: Step,
        person: int | None,
        data: dict[str, Any],
        now: datetime,
    ) -> Case:
        """A step is taken in a case, by this person or by the program itself, and whoever is to know is told. The case with it."""
        after = await cases.happened(connection, self.seal, case, step.id, person, data, now)
        await self.notifier.tell(connection, step, after)
        return after

    def link(self, reference: str) -> str:
        """The address of a case in the queue; "" when that is not set."""
        return f"{self.desk}/queue/{reference}" if self.desk else ""

    def known_as(self, channel: str, username: str) -> None:
        """Note what the network calls us on this channel: on Telegram, the bot's name."""
        self._usernames[channel] = username

    def doors(self, door: str, token: str) -> dict[str, Words]:
        """The links that a one-time token opens, by channel. `door` is one channel; or "chat" for all on which applicants write, the web first."""
        wanted = with_doors("applicants") if door == CHAT else [CHANNELS[door]] if door in CHANNELS else []
        return {
            one.name: link
            for one in wanted
            if (
                link := one.opened(
                    token, here=self.desk if one.whose == "staff" else self.here, name=self._usernames.get(one.name, "")
                )
            )
        }
