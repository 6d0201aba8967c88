"""python -m bot <command>: the only place where the parts are put together."""

import argparse
import asyncio
import logging
import os
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot import commands, keeper, logs, metrics, start, store, watch
from bot.alarms import Alarms
from bot.city import city
from bot.daily_limits import DailyLimits
from bot.delivery import Carrier, Delivery
from bot.health import Health
from bot.hours import Hours
from bot.invite import deactivate, invite, name_of
from bot.keys import Keys
from bot.ledger import Ledger
from bot.mail.carrier import Mail
from bot.quota import MB, Limits
from bot.reminders import Reminders
from bot.retention import MONTH
from bot.server import Parts, run
from bot.settings import Settings, problems
from bot.speech import languages, unreviewed
from bot.terminal import known, talk
from bot.timekeeper import Timekeeper
from bot.tongue import code_of, tongue
from bot.translation import Translation
from bot.turns import Turns
from dialogs.kinds.contact import email_in
from dialogs.standing import House
from storage.address import place
from storage.chain import sealed_with
from storage.database import Database
from storage.migrations import behind, migrate, revision
from storage.programs import Unusable
from storage.sqlstate import listen

if TYPE_CHECKING:
    from bot.applicants import Applicants
    from bot.contact_persons import ContactPersons

log = logging.getLogger("bot")


class Program:
    """The parts that the commands share, from the settings."""

    def __init__(self, settings: Settings, serving: bool = False) -> None:
        self.settings = settings
        self.here = settings.public_url or f"http://localhost:{settings.port}"
        limit = settings.database_timeout if serving else None  # a command may take as long as it takes
        self.database = Database(settings.database_url.get_secret_value(), settings.database_connections, limit)
        self.files = store.opened(settings, self.database)
        self.keys = Keys(settings.secret_key.get_secret_value())
        sealed_with(self.keys.derive("events"))
        house = House(
            languages(),
            settings.contact_mailbox,
            settings.draft_months,
            city(),
            settings.public_url,
            unreviewed(),
            tongue,
            code_of,
        )
        self.turns = Turns(
            self.database,
            self.files,
            house,
            self.keys,
            lambda reference: f"{self.here}/queue/{reference}",
            bool(settings.smtp_url.get_secret_value()),
        )
        self.turns.here = self.here
        self.turns.limits = DailyLimits(settings.submissions_per_day, settings.submissions_per_day_network)
        self.turns.translation = Translation(settings.translate_url, settings.translate_key.get_secret_value())
        self.turns.uploads.quotas.limits = Limits(
            settings.person_mb * MB,
            settings.case_mb * MB,
            settings.files_mb * MB,
            settings.disk_reserve_mb * MB,
            settings.files_mb_per_day_network * MB,
        )
        self.turns.telling.hours = Hours(settings.quiet_from, settings.quiet_to)

    def bots(self) -> "dict[str, Applicants | ContactPersons]":
        """The bots that have a token. Their libraries are imported only then: they take seconds and memory."""
        found: dict[str, Applicants | ContactPersons] = {}
        if token := self.settings.applicants_bot_token.get_secret_value():
            from bot import applicants

            found["applicants"] = applicants.Applicants(
                token, self.settings.telegram_api_url, self.turns, list(languages())
            )
        if token := self.settings.contact_persons_bot_token.get_secret_value():
            from bot import contact_persons

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
        parts.loops["alarms"] = Alarms(self.turns, minutes, self.settings.alarm_email, past).run
        parts.loops["timekeeper"] = Timekeeper(self.database).run
        if self.settings.metrics_port:
            watch.measure(self.database)
            parts.metrics = watch.application(health)
            parts.loops["lag"] = watch.lag
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
            parts.ready = lambda address: print(f"\nSamverkansguiden is at {address}\n", flush=True)
        return parts

    def mail(self) -> dict[str, Carrier]:
        """The carrier of letters, where there is a mail server."""
        smtp = self.settings.smtp_url.get_secret_value()
        return {"mail": Mail(smtp, self.settings.mail_from, self.settings.contact_mailbox)} if smtp else {}

    def delivery(self, carriers: dict[str, Carrier]) -> Delivery:
        """Who sends in this process."""
        turns = self.turns
        counted: dict[str, Carrier] = {channel: watch.Counted(channel, one) for channel, one in carriers.items()}
        made = Delivery(self.database, counted, turns.committed, turns.telling, turns.together)
        turns.hand = made
        return made


async def serve(program: Program, web: bool, work: bool) -> None:
    """Run until told to stop."""
    await start.fits(program.database, program.keys)
    await store.belongs(program.files, program.settings)
    await Timekeeper(program.database).once()
    await run(program.parts(web, work), program.settings)


async def invite_and_print(program: Program, name: str, administrator: bool, given: str) -> None:
    """Print two one-time links for a contact person."""
    email = email_in(given)
    if given and not email:
        sys.exit(f"This is no e-mail address: {given}")
    if await behind(program.database):
        await migrate(program.database)
    await start.same_key(program.database, program.keys)
    tokens = await invite(program.database, program.keys, name, administrator, email)
    print(f"For {name}, each good once and for 24 hours:\n  the queue: {program.here}/sign-in/{tokens.web}")
    bot = program.bots().get("contact_persons")
    if bot:
        await bot.open()
        print(f"  Telegram:  https://t.me/{bot.username}?start={tokens.telegram}")
        await bot.close()
    sys.stdout.flush()


async def command(arguments: argparse.Namespace, settings: Settings) -> None:
    """Carry out one command."""
    done: str = arguments.command
    if not settings.embedded and done != "talk":
        by_hand = done not in ("serve", "web", "worker", "migrate")
        await start.reached(settings.database_url.get_secret_value(), settings.database_wait_seconds, by_hand)
    if done == "backup":
        return await commands.back_up(settings, arguments.folder)
    if done == "restore":
        return await commands.put_back(settings, arguments)
    program = Program(settings, done in ("serve", "web", "worker"))
    try:
        if done not in ("talk", "migrate"):
            await start.whole(program.database)
        if done in ("export", "name", "deactivate", "verify", "seal") and await behind(program.database):
            sys.exit(start.BEHIND)
        match done:
            case "migrate":
                await migrate(program.database)
                print(
                    f"{place(settings.database_url.get_secret_value())}: the tables have version {await revision(program.database)}."
                )
            case "talk":
                await talk(arguments.language, program.turns.house)
            case "invite":
                await invite_and_print(program, arguments.name, arguments.administrator, arguments.email)
            case "export":
                await commands.export(program, arguments.reference, arguments.file, arguments.protected)
            case "name":
                await commands.name(program, arguments.reference, arguments.name)
            case "verify":
                await commands.check(program, arguments.note, arguments.against)
            case "seal":
                print(f"{await keeper.seal(program.database, program.keys.fingerprint)} events are sealed.")
            case "deactivate":
                if not await deactivate(program.database, arguments.name):
                    sys.exit(f"There is no contact person called {arguments.name}.")
            case _:
                await serve(program, web=done in ("serve", "web"), work=done in ("serve", "worker"))
    finally:
        await program.database.close()


def main() -> None:
    """Read the command and the settings, then run."""
    os.umask(0o077)  # database, uploads and secret: what is made is read by its owner alone
    parser = argparse.ArgumentParser(prog="python -m bot", description="Samverkansguiden")
    known_commands = parser.add_subparsers(dest="command", required=True)
    known_commands.add_parser("serve", help="everything in one process")
    known_commands.add_parser("web", help="the web and the webhooks (PostgreSQL)")
    known_commands.add_parser("worker", help="delivery, reminders and polling (PostgreSQL)")
    known_commands.add_parser("migrate", help="bring the database up to date")
    one = known_commands.add_parser("invite", help="make one-time links for a contact person")
    one.add_argument("name", type=name_of)
    one.add_argument("--administrator", action="store_true", help="who also invites, deactivates and hands over")
    one.add_argument("--email", default="", help="for notices, if there is no Telegram")
    known_commands.add_parser("deactivate", help="end a contact person's access").add_argument("name")
    one = known_commands.add_parser("export", help="write the package of a case for the registry")
    one.add_argument("reference")
    one.add_argument("file", nargs="?", default="", help="REFERENCE.zip, if none is named")
    one.add_argument("--protected", action="store_true", help="also a protected case")
    one = known_commands.add_parser("name", help="let somebody see a protected case that nobody can see any more")
    one.add_argument("reference")
    one.add_argument("name")
    one = known_commands.add_parser("verify", help="say what was changed behind the program's back in what happened")
    one.add_argument("--note", default="", help="write to a new file what to compare with later; keep it elsewhere")
    one.add_argument("--against", default="", help="compare with such a file")
    known_commands.add_parser("seal", help="seal what happened anew, as it is: after a new SECRET_KEY; verify before")
    one = known_commands.add_parser(
        "backup", help="write database and files into a new folder below FOLDER, while people write"
    )
    one.add_argument("folder")
    one = known_commands.add_parser("restore", help="put a backup back, but for what was deleted since")
    one.add_argument("backup")
    one.add_argument("--force", action="store_true", help="also in place of a database that is not empty")
    one.add_argument(
        "--erased", action="append", default=[], metavar="FILE", help="another ledger of deletions than ERASED_LOG"
    )
    one = known_commands.add_parser("talk", help="the chat in this terminal, to see how a language reads")
    one.add_argument("language", type=known)
    if any(one.encode(errors="replace").decode() != one for one in sys.argv):
        sys.exit("An argument is no text in UTF-8.")
    arguments = parser.parse_args()
    try:
        settings = Settings()
    except ValidationError as error:
        sys.exit("The settings are not right:\n" + "\n".join(f"  {line}" for line in problems(error)))
    if settings.embedded and arguments.command in ("web", "worker"):
        sys.exit("SQLite is for one process: run `serve`, or set DATABASE_URL to PostgreSQL.")
    secrets = (
        settings.applicants_bot_token,
        settings.contact_persons_bot_token,
        settings.secret_key,
        settings.smtp_url,
        settings.translate_key,
        settings.aws_secret_access_key,
        settings.aws_session_token,
    )
    logs.set_up(settings.log_level, tuple(secret.get_secret_value() for secret in secrets), settings.log_format)
    with start.in_a_line(), asyncio.Runner(loop_factory=_loop) as runner:
        try:
            runner.run(command(arguments, settings))
        except Unusable as trouble:
            sys.exit(f"Not done: {trouble}.")


def _loop() -> asyncio.AbstractEventLoop:
    """The loop of libuv where there is one (not on Windows)."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


if __name__ == "__main__":
    main()
