"""The program put together from its settings. Law: the parts are put together here and nowhere else."""

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.mail.carrier import Mail
from bot.main import metrics_page, store
from bot.main.health import Health
from bot.main.server import Parts
from bot.operations import metrics
from bot.operations.timekeeper import Timekeeper
from bot.settings.city import city
from bot.settings.keys import Keys
from bot.settings.settings import Settings
from bot.speech.catalogs import languages, unreviewed
from bot.speech.detect import code_of, tongue
from bot.speech.translation import Translation
from bot.turns.daily_limits import DailyLimits
from bot.turns.hours import Hours
from bot.turns.quota import MB, Limits
from bot.turns.turns import Turns
from bot.worker.alarms import Alarms
from bot.worker.delivery import Carrier, Delivery
from bot.worker.erasure_log import Ledger
from bot.worker.reminders import Reminders
from bot.worker.retention import MONTH
from dialogs.applicants.where import House
from storage.cases.chain import sealed_with
from storage.database.database import Database
from storage.database.sqlstate import listen
from storage.files.files import Files

if TYPE_CHECKING:
    from bot.telegram.applicants import Applicants
    from bot.telegram.contact_persons import ContactPersons
    from storage.files.store import Store


def house_of(settings: Settings, offered: dict[str, str]) -> House:
    """What the dialogs know of the city and of this installation; `offered` are the languages by their codes."""
    return House(
        offered,
        settings.contact_mailbox,
        settings.draft_months,
        city(),
        settings.public_url,
        unreviewed(),
        tongue,
        code_of,
    )


def room_of(settings: Settings) -> Limits:
    """How much room files may take."""
    return Limits(
        settings.person_mb * MB,
        settings.case_mb * MB,
        settings.files_mb * MB,
        settings.disk_reserve_mb * MB,
        settings.files_mb_per_day_network * MB,
    )


def said(address: str) -> None:
    """Say on the terminal where people find us."""
    sys.stdout.write(f"\nSamverkansguiden is at {address}\n\n")
    sys.stdout.flush()


class Program:
    """The parts that every command shares, from the settings. A test may offer other languages, and keep files in another store.

    `serving`: statements have a limit.
    """

    def __init__(
        self,
        settings: Settings,
        serving: bool = False,
        *,
        offered: dict[str, str] | None = None,
        kept: "Store | None" = None,
    ) -> None:
        self.settings = settings
        self.here = settings.public_url or f"http://localhost:{settings.port}"
        limit = settings.database_timeout if serving else None  # a command may take as long as it takes
        self.database = Database(settings.database_url.get_secret_value(), settings.database_connections, limit)
        self.files = Files(self.database, kept or store.store_of(settings))
        self.keys = Keys(settings.secret_key.get_secret_value())
        sealed_with(self.keys.derive("events"))
        self.turns = Turns(
            self.database,
            self.files,
            house_of(settings, offered or languages()),
            self.keys,
            self.here,
            mails=bool(settings.smtp_url.get_secret_value()),
            limits=DailyLimits(settings.submissions_per_day, settings.submissions_per_day_network),
            room=room_of(settings),
            translation=Translation(settings.translate_url, settings.translate_key.get_secret_value()),
            hours=Hours(settings.quiet_from, settings.quiet_to),
        )

    def bots(self) -> "dict[str, Applicants | ContactPersons]":
        """The bots that have a token. Their libraries are imported only then: they take seconds and memory."""
        found: dict[str, Applicants | ContactPersons] = {}
        if token := self.settings.applicants_bot_token.get_secret_value():
            from bot.telegram import applicants

            found["applicants"] = applicants.Applicants(
                token, self.settings.telegram_api_url, self.turns, list(languages())
            )
        if token := self.settings.contact_persons_bot_token.get_secret_value():
            from bot.telegram import contact_persons

            found["contact_persons"] = contact_persons.ContactPersons(
                token, self.settings.telegram_api_url, self.turns, list(languages())
            )
        return found

    def parts(self, web: bool, work: bool) -> Parts:
        """What one process runs: the web, the work behind it, or both."""
        bots = self.bots()
        health = Health(self.database, self.files, self.keys.fingerprint)
        listen(self.database, metrics.database_error)
        parts = Parts(health=health, closing=[self.database.close, *(bot.close for bot in bots.values())])
        mail = self.mail()
        minutes = timedelta(minutes=self.settings.alarm_minutes)
        past = dict[str, Carrier](bots) | mail
        parts.loops["alarms"] = Alarms(
            self.turns, minutes, self.settings.alarm_email, past, runbook=self.settings.runbook_url
        ).run
        parts.loops["timekeeper"] = Timekeeper(self.database).run
        if self.settings.metrics_port:
            metrics_page.measure(self.database)
            parts.metrics = metrics_page.application(health)
            parts.loops["lag"] = metrics_page.lag
        parts.loops |= {f"{name}: held": bot.held.run for name, bot in bots.items() if bot.held}
        if work:
            parts.loops["ledger"] = Ledger(self.database, store.register_of(self.settings)).run
            parts.loops["delivery"] = self.delivery(dict[str, Carrier](bots) | mail).run
            parts.loops["reminders"] = Reminders(
                self.turns,
                timedelta(days=self.settings.reminder_days),
                self.settings.draft_months * MONTH,
                self.settings.digest_hour,
            ).run
            from bot.telegram.listening import listening

            for name, bot in bots.items():
                hook = f"{self.settings.public_url}/telegram/{name}" if self.settings.public_url else ""
                parts.loops[name] = listening(self.database, bot, hook, self.keys.derive(f"webhook:{name}"))
        elif bots:
            # Whoever takes a turn also says what comes of it; what does not arrive at once is the worker's.
            parts.closing.append(self.delivery(dict(bots)).stop)
        if web:
            from bot.telegram.webhook import routes
            from bot.web.application import application

            parts.application = application(self.turns, self.settings, self.keys)
            parts.application.add_routes(routes(bots if self.settings.public_url else {}, self.keys))
            parts.application.add_routes(health.routes())
            parts.ready = said
        return parts

    def mail(self) -> dict[str, Carrier]:
        """The carrier of letters, where there is a mail server."""
        smtp = self.settings.smtp_url.get_secret_value()
        return {"mail": Mail(smtp, self.settings.mail_from, self.settings.contact_mailbox)} if smtp else {}

    def delivery(self, carriers: dict[str, Carrier]) -> Delivery:
        """Who sends in this process."""
        turns = self.turns
        counted: dict[str, Carrier] = {channel: metrics_page.Counted(channel, one) for channel, one in carriers.items()}
        made = Delivery(self.database, counted, turns.committed, turns.telling, turns.together)
        turns.sending.begins(made)
        return made
