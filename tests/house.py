"""The parts put together as the program does, for tests: a database, files, keys and turns."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.documents import spawn
from bot.main.program import Program
from bot.settings.keys import Keys
from bot.settings.seal import seal_of
from bot.settings.settings import Settings
from bot.speech.catalogs import languages
from bot.turns.origin import Origin
from bot.turns.quota import FileLimits
from bot.turns.turns import Turns
from bot.turns.uploads import admit
from dialogs.applicants.where import Standing
from dialogs.language.events import Event, Filed, Press, Unfit
from dialogs.language.replies import Ask, Button, Reply, Review, Tell
from storage.cases.chain import Seal
from storage.database.database import Database
from storage.files.files import Files
from storage.files.folder import Folder
from storage.files.store import Store
from storage.people.people import Address
from tests.clock import Clock

MAILBOX = "mailbox@example.se"
HERE = "https://example.se"
SECRET = "a secret of the tests, long enough for anyone"
SEAL = seal_of(Keys(SECRET))
"""What a house with this secret seals with."""
LANGUAGES = {"sv": "Svenska", "en": "English", "ar": "العربية"}


class GivenSettings(Settings):
    """Settings as a test gives them, whatever the environment and the `.env` of whoever runs it say."""

    @classmethod
    def settings_customise_sources(cls, *_of: Any, **sources: Any) -> tuple[Any]:
        """What is given, and nothing else."""
        return (sources["init_settings"],)


@dataclass(frozen=True, slots=True)
class Composed:
    """The program of one process, and the parts of it that most tests work with."""

    program: Program
    clock: Clock

    @property
    def database(self) -> Database:
        """Its database."""
        return self.program.database

    @property
    def files(self) -> Files:
        """Its files."""
        return self.program.files

    @property
    def keys(self) -> Keys:
        """Its keys."""
        return self.program.keys

    @property
    def seal(self) -> Seal:
        """What it seals events with."""
        return self.program.seal

    @property
    def turns(self) -> Turns:
        """Its turns."""
        return self.program.turns

    async def close(self) -> None:
        """Give every connection back."""
        await self.database.close()


def compose(  # noqa: PLR0913 what a test may hand in, each by its name
    database_url: str,
    directory: Path,
    *,
    mails: bool = True,
    mailbox: str = MAILBOX,
    store: Store | None = None,
    clock: Clock | None = None,
    room: FileLimits | None = None,
    child: spawn.ChildLimits | None = None,
    offered: Mapping[str, str] | None = None,
    settings: type[GivenSettings] = GivenSettings,
    **more: object,
) -> Composed:
    """One process at a plain, migrated database address; its files lie in `store`, or in `directory`/files. Close it when done.

    `offered` are the languages of the menus, by code, instead of all that there are; `more` are settings by their names, those of `settings`,
    which may know more than the program's; the rest is what a test may hand in (bot/main/program.py).
    Contact persons are told at any hour, and work in their bot.
    """
    given = {
        "database_url": database_url,
        "files_dir": directory / "files",
        "secret_key": SECRET,
        "public_url": HERE,
        "contact_mailbox": mailbox,
        "quiet_from": "",
        "quiet_to": "",
        "staff_bot": "full",
        **({"smtp_url": "smtp://localhost", "mail_from": "guide@example.se"} if mails else {}),
    }
    clock = clock or Clock()
    program = Program(
        settings.model_validate(given | more),
        clock=clock,
        offered=LANGUAGES | languages() if offered is None else dict(offered),
        kept=store,
        room=room,
        child=child,
    )
    return Composed(program, clock)


def folder_of(files: Files) -> Folder:
    """The folder in which these files lie, as they do in most tests."""
    assert isinstance(files.store, Folder)
    return files.store


def lain(files: Files, content: bytes) -> str:
    """Content that lies in the folder as if somebody had sent it; its SHA-256."""
    path = folder_of(files).path(hashlib.sha256(content).hexdigest())
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path.parent.name + path.name


async def admitted(files: Files, name: str, content: bytes) -> Filed | Unfit:
    """What the door for files says to this one."""
    async with files.arriving() as arriving:
        await arriving.write(content)
        return await admit(files, name, arriving)


class Caller:
    """A person at a web address, who does things and sees what is said."""

    def __init__(self, turns: Turns, name: str = "somebody", locale: str = "en") -> None:
        self.turns, self.address, self.locale = turns, Address("web", name), locale

    async def does(self, event: Event) -> list[Reply]:
        """What is said to that."""
        await self.turns.take(Origin(self.address, self.locale, session=self.address.address), event)
        return (await self.turns.seen(self.address)).replies

    async def sees(self) -> tuple[Standing, list[Reply]]:
        """Where the person stands, and what stands there to be read."""
        there = await self.turns.seen(self.address)
        assert there.standing is not None, "nobody has written from this address"
        return there.standing, there.replies

    async def taps(self, act: str) -> list[Reply]:
        """Press the button that says `act` among those shown."""
        return await self.does(pressed(act, (await self.sees())[1]))


def pressed(act: str, shown: list[Reply]) -> Press:
    """The press of the shown button that says `act`, the newest first. AssertionError when none does, with the question that is asked instead.

    "right" is "It is right", and "right:all" is "All that is known is right", whatever their marks.
    """
    for reply in reversed(shown):
        if act in ("right", "right:all") and (right := [one for one in buttons(reply) if one.act.startswith("right:")]):
            return press(right[-1 if act == "right:all" else 0], reply)
        for button in buttons(reply):
            if button.act == act:
                return press(button, reply)
    acts = [button.act for reply in shown for button in buttons(reply)]
    raise AssertionError(f"no button says {act!r} where {asked(shown) or 'no question'!r} is asked, among {acts}")


def asked(shown: list[Reply]) -> str:
    """The key of the question that stands there; "" where the review stands, or nothing is asked."""
    newest = next((reply for reply in reversed(shown) if isinstance(reply, Ask | Review)), None)
    return newest.key if isinstance(newest, Ask) else ""


def press(button: Button, reply: Reply) -> Press:
    """The press of a button of a reply."""
    draft, version = (reply.draft, reply.version) if isinstance(reply, Ask | Review | Tell) else (0, 0)
    return Press(button.act, button.key, draft, version)


def buttons(reply: Reply) -> list[Button]:
    """Every button of a reply, in order."""
    rows = [button for row in getattr(reply, "rows", ()) for button in row]
    return [*rows, *getattr(reply, "ways", ())]
