"""The program, assembled from its settings. Law: the parts are put together here and nowhere else;
bot/main/process.py says which of them run in which process.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.documents import spawn
from bot.main import metrics_page, store
from bot.main.health import Health
from bot.settings.city import city
from bot.settings.clock import Clock
from bot.settings.keys import Keys
from bot.settings.seal import seal_of
from bot.settings.settings import Settings
from bot.speech.catalogs import languages, say, unreviewed
from bot.speech.detect import code_of, tongue
from bot.speech.offered import lagging
from bot.speech.translation import Translation
from bot.turns.daily_limits import DailyLimits
from bot.turns.hours import Hours
from bot.turns.quota import MB, FileLimits
from bot.turns.turns import Turns
from bot.worker.connected import Connected, connected
from bot.worker.delivery import Delivery
from bot.worker.outcome import Carrier
from bot.worker.retention import MONTH
from dialogs.applicants.recipients import Recipients
from dialogs.applicants.where import House
from dialogs.language.channels import CHANNELS
from storage.database.database import Database
from storage.files.files import Files

if TYPE_CHECKING:
    from storage.files.store import Store


def keys_of(settings: Settings) -> Keys:
    """The keys of this installation, with those that are still accepted."""
    return Keys(settings.secret_key.get_secret_value(), [one.get_secret_value() for one in settings.secret_keys_before])


def house_of(settings: Settings, given: dict[str, str] | None = None) -> House:
    """What the dialogs know about the city and this installation, with the languages that have a catalog, or those that are `given`, by code."""
    return House(
        given or languages(),
        settings.contact_mailbox,
        settings.draft_months,
        city(),
        settings.public_url,
        unreviewed(),
        tongue,
        code_of,
        say,
        frozenset() if given else lagging(),
        recipients_of(settings),
        settings.staff_bot,
    )


def recipients_of(settings: Settings) -> Recipients:
    """Through whose servers data passes, as far as the settings say."""
    return Recipients(
        bool(settings.applicants_bot_token.get_secret_value()),
        settings.staff_bot if settings.contact_persons_bot_token.get_secret_value() else "",
        bool(settings.smtp_url.get_secret_value()),
        bool(settings.translate_url),
        settings.hosted_by,
    )


def room_of(settings: Settings) -> FileLimits:
    """How much space files may take."""
    return FileLimits(
        settings.person_mb * MB,
        settings.case_mb * MB,
        settings.files_mb * MB,
        settings.disk_reserve_mb * MB,
        settings.files_mb_per_day_network * MB,
    )


class Program:
    """The parts that every command shares, from the settings. When `serving`, database statements have a time limit.

    A test may hand in another clock, other languages, another store of files, and other limits: on the space that files take, and
    on what the child process that makes a paper may use.
    """

    def __init__(
        self,
        settings: Settings,
        serving: bool = False,
        *,
        clock: Clock | None = None,
        offered: dict[str, str] | None = None,
        kept: "Store | None" = None,
        room: FileLimits | None = None,
        child: spawn.ChildLimits | None = None,
    ) -> None:
        self.settings, self.clock = settings, clock or Clock()
        self.here = settings.public_url or f"http://localhost:{settings.port}"
        self.desk = settings.desk_url or self.here
        limit = settings.database_timeout if serving else None  # a command may take as long as it takes
        self.database = Database(settings.database_url.get_secret_value(), settings.database_connections, limit)
        self.files = Files(self.database, kept or store.store_of(settings))
        self.keys = keys_of(settings)
        self.seal = seal_of(self.keys)
        self.turns = Turns(
            self.database,
            self.files,
            house_of(settings, offered),
            self.keys,
            self.seal,
            self.clock,
            here=self.here,
            desk=self.desk,
            mails=bool(settings.smtp_url.get_secret_value()),
            limits=DailyLimits(settings.submissions_per_day, settings.submissions_per_day_network),
            room=room or room_of(settings),
            child=child,
            translation=Translation(settings.translate_url, settings.translate_key.get_secret_value()),
            hours=Hours(settings.quiet_from, settings.quiet_to),
            # A browser is not out before what is written there is deleted: whoever made no link would lose it.
            lasts=timedelta(days=settings.session_days) or settings.draft_months * MONTH,
            staff_chats=timedelta(days=settings.staff_chat_days),
        )

    def connected(self) -> dict[str, Connected]:
        """Every channel that the settings connect, by name: CHANNELS says by which module."""
        return connected(CHANNELS.values(), self.turns, self.settings)

    def delivery(self, carriers: Mapping[str, Carrier]) -> Delivery:
        """A delivery by these carriers, with their outcomes counted. It sends nothing yet (bot/main/process.py)."""
        turns = self.turns
        counted: dict[str, Carrier] = {
            channel: metrics_page.CountedCarrier(channel, one) for channel, one in carriers.items()
        }
        return Delivery(self.database, self.clock, counted, turns.committed, turns.notifier, turns.line)

    def health(self) -> Health:
        """What this process answers when it is asked whether it lives, and whether it can serve."""
        return Health(self.database, self.clock, self.files, self.keys.fingerprints)
