"""python -m bot <command>: the commands of the command line, and what carries each of them out."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Coroutine
from typing import Any

from pydantic import ValidationError

from bot.main import case_commands, commands, settings_log, start, store
from bot.main.process import parts
from bot.main.program import Program
from bot.main.server import run
from bot.main.terminal import known, talk
from bot.operations import logs
from bot.operations.timekeeper import Timekeeper
from bot.settings.clock import Clock
from bot.settings.settings import Settings, problems
from bot.speech.catalog_file import Broken
from bot.turns.invite import Taken, deactivate, demote, invite, name_of
from bot.worker.connected import Connected, Unreached
from dialogs.kinds.contact import email_in, has_other_letters
from dialogs.language.channels import CHANNELS
from storage.database.address import place
from storage.database.database import threads_end
from storage.migrations import behind, migrate, revision
from storage.migrations.programs import Unusable

log = logging.getLogger("bot")


async def serve(program: Program, web: bool, work: bool) -> None:
    """Check that database, key and files belong together, then run until told to stop."""
    await start.fits(program.database, program.keys, program.seal)
    await store.belongs(program.files, program.settings, program.clock)
    await Timekeeper(program.database, program.clock).once()
    await settings_log.note(program.database, program.keys, program.seal, program.settings, program.clock.now())
    await run(parts(program, web, work), program.settings)


async def invite_and_print(program: Program, name: str, administrator: bool, given: str) -> None:
    """Print two one-time links for a contact person."""
    email = email_in(given)
    if given and not email:
        letters = "\nMany mail servers cannot send to such letters before the @." if has_other_letters(given) else ""
        sys.exit(f"This is no e-mail address: {given}{letters}")
    if await behind(program.database):
        await migrate(program.database, program.seal)
    await start.same_key(program.database, program.keys)
    try:
        tokens = await invite(program.database, program.keys, name, program.clock.now(), administrator, email)
    except Taken:
        sys.exit(f"A colleague is reached at {email} already. Name another address, or none. Nothing was done.")
    print(f"For {name}, each good once and for 24 hours:\n  the queue: {program.desk}/sign-in/{tokens.web}")
    for one in program.connected().values():
        await print_door(one, tokens.telegram)
    sys.stdout.flush()


async def print_door(one: Connected, token: str) -> None:
    """Print the link by which a contact person comes in on this channel with the one-time `token`, if they do."""
    channel = CHANNELS[one.channel]
    try:
        if channel.whose == "staff" and one.named and channel.door:
            print(f"  {channel.network}:  {channel.door.format(here='', name=await one.named(), token=token)}")
    except Unreached as why:
        sys.exit(f"No link for {channel.network}: {why}.")
    finally:
        if one.close:
            await one.close()


RUNNING = ("serve", "web", "worker")
"""Commands that run until they are told to stop."""
OF_THIS_VERSION = ("export", "name", "dispose", "deactivate", "demote", "verify", "seal")
"""Commands that need the tables of this version."""


async def command(arguments: argparse.Namespace, settings: Settings, clock: Clock) -> None:
    """Carry out one command."""
    done: str = arguments.command
    if done == "talk":
        return await talk(arguments.language, settings)
    if not settings.embedded:
        by_hand = done not in (*RUNNING, "migrate")
        await start.reached(settings.database_url.get_secret_value(), settings.database_wait_seconds, by_hand)
    if done == "backup":
        return await commands.back_up(settings, arguments.folder, clock.now())
    if done == "restore":
        return await commands.put_back(settings, arguments, clock.now())
    program = Program(settings, done in RUNNING, clock=clock)
    try:
        if done != "migrate":
            await start.whole(program.database)
        if done in OF_THIS_VERSION and await behind(program.database):
            sys.exit(start.BEHIND)
        await _carry_out(program, arguments)
    finally:
        await program.database.close()


async def _carry_out(program: Program, arguments: argparse.Namespace) -> None:
    """Carry out a command that needs the assembled program."""
    done: str = arguments.command
    match done:
        case "migrate":
            await migrate(program.database, program.seal, all_stopped=arguments.all_stopped)
            print(
                f"{place(program.settings.database_url.get_secret_value())}: the tables have version {await revision(program.database)}."
            )
        case "invite" | "deactivate" | "demote":
            await _about_people(program, arguments)
        case "export":
            await commands.export(program, arguments.reference, arguments.file, arguments.protected)
        case "name":
            await commands.name(program, arguments.reference, arguments.name)
        case "dispose":
            await commands.dispose(program, arguments.reference, arguments.reason, arguments.really)
        case "verify":
            await commands.check(program, arguments.note, arguments.against)
        case "seal":
            print(
                f"{await case_commands.seal_anew(program.database, program.seal, program.keys.fingerprint)} events are sealed."
            )
        case _:
            await serve(program, web=done in ("serve", "web"), work=done in ("serve", "worker"))


async def _about_people(program: Program, arguments: argparse.Namespace) -> None:
    """Invite a contact person, take a role, or deactivate somebody."""
    name, now = arguments.name, program.clock.now()
    match arguments.command:
        case "invite":
            await invite_and_print(program, name, arguments.administrator, arguments.email)
        case "deactivate":
            if not await deactivate(program.database, program.keys, name, now):
                sys.exit(f"There is no contact person called {name}.")
        case _:
            if not await demote(program.database, program.keys, name, now):
                sys.exit(f"There is no administrator called {name}.")


def main(clock: Clock | None = None) -> None:
    """Read the command and the settings, then run, by this machine's clock unless another one is handed in."""
    os.umask(0o077)  # database, uploads and secret: only their owner may read them
    parser = argparse.ArgumentParser(prog="python -m bot", description="Samverkansguiden")
    known_commands = parser.add_subparsers(dest="command", required=True)
    known_commands.add_parser("serve", help="everything in one process")
    known_commands.add_parser("web", help="the web and the webhooks (PostgreSQL)")
    known_commands.add_parser("worker", help="delivery, reminders and polling (PostgreSQL)")
    one = known_commands.add_parser("migrate", help="bring the database up to date")
    one.add_argument("--all-stopped", action="store_true", help="other sessions of the database are not the program's")
    one = known_commands.add_parser("invite", help="make one-time links for a contact person")
    one.add_argument("name", type=name_of)
    one.add_argument("--administrator", action="store_true", help="who also invites, deactivates and hands over")
    one.add_argument("--email", default="", help="for notices, if there is no Telegram")
    known_commands.add_parser("deactivate", help="end a contact person's access").add_argument("name")
    known_commands.add_parser("demote", help="take the administrator's role from somebody").add_argument("name")
    one = known_commands.add_parser("export", help="write the package of a case for the registry")
    one.add_argument("reference")
    one.add_argument("file", nargs="?", default="", help="REFERENCE.zip, if none is named")
    one.add_argument("--protected", action="store_true", help="also a protected case")
    one = known_commands.add_parser("name", help="let somebody see a protected case that nobody can see any more")
    one.add_argument("reference")
    one.add_argument("name")
    one = known_commands.add_parser("dispose", help="take a case down for good: illegal content, somebody's data, spam")
    one.add_argument("reference")
    one.add_argument(
        "--reason",
        required=True,
        help="every contact person reads it, and it stays in the history of the case; name nobody in it",
    )
    one.add_argument("--really", action="store_true", help="do it; without this, it says what would be gone")
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
    _run(command(arguments, settings, clock or Clock()))


def _run(work: Coroutine[Any, Any, None]) -> None:
    with start.in_a_line(), asyncio.Runner(loop_factory=_loop) as runner:
        try:
            runner.run(work)
        except (Unusable, Broken) as trouble:
            sys.exit(f"Not done: {trouble}.")
        finally:
            threads_end()


def _loop() -> asyncio.AbstractEventLoop:
    """An event loop: libuv's where it is installed (not on Windows), asyncio's otherwise."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


if __name__ == "__main__":
    main()
