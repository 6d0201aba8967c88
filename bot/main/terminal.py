"""The chat in a terminal, so that translators see how a language reads, from hello to receipt. Nothing is kept when it ends."""

import asyncio
import sys
import tempfile
from argparse import ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from pydantic import SecretStr

from bot.main.program import Program
from bot.settings.settings import Settings
from bot.speech.catalog_file import Broken, read_anew
from bot.speech.catalogs import ISOLATE, POP, languages, moment, progress, say
from bot.turns.origin import Origin
from bot.turns.turns import Turns
from dialogs.language.channels import WEB
from dialogs.language.events import Command, Event, Press, Say, Start
from dialogs.language.replies import Appointment, Ask, Button, Export, Receipt, Reply, Retraction, Review, Tell
from storage.migrations import migrate
from storage.people.people import Address

if TYPE_CHECKING:
    from dialogs.language.words import Text

HERE = Address(WEB.name, "terminal")
HELP = "A number presses a button, text is an answer, /help and so on are commands. Empty: read the catalog anew. Ctrl-D ends."


async def talk(locale: str, settings: Settings) -> None:
    """Run the applicants' chat in `locale` until the input ends. Nothing that is written is kept."""
    with tempfile.TemporaryDirectory() as folder:
        here = {"database_url": SecretStr(f"sqlite:///{folder}/terminal.sqlite3"), "files_dir": Path(folder) / "files"}
        program = Program(settings.model_copy(update=here | {"files_url": ""}))
        await migrate(program.database, program.seal)
        sys.stdout.write(f"{HELP}\n")
        event: Event | None = Start()
        try:
            while event is not None:
                await program.turns.take(Origin(HERE, locale), event)
                event = await _next(program.turns)
        finally:
            await program.database.close()


async def _next(turns: Turns) -> Event | None:
    """Show the chat as it stands, and read what the person does next; None at the end of the input."""
    while True:
        there = await turns.seen(HERE)
        buttons = [(button, reply) for reply in there.replies for button in _buttons(reply)]
        locale = there.standing.locale if there.standing else "sv"
        for reply in there.replies:
            sys.stdout.write(
                "\n" + "\n".join(_lines(reply, locale, buttons)).replace(ISOLATE, "").replace(POP, "") + "\n"
            )
        sys.stdout.write("> ")
        sys.stdout.flush()
        line = await asyncio.to_thread(sys.stdin.readline)
        if not line:
            return None
        text = line.strip()
        if text:
            return _event(text, buttons)
        read_anew()


def _event(text: str, buttons: list[tuple[Button, Reply]]) -> Event:
    if text.isdecimal() and 0 < int(text) <= len(buttons):
        button, reply = buttons[int(text) - 1]
        draft, version = (reply.draft, reply.version) if isinstance(reply, Ask | Review | Tell) else (0, 0)
        return Press(button.act, button.key, draft, version)
    if text.startswith("/"):
        name, _blank, rest = text[1:].partition(" ")
        return Command(name, rest)
    return Say(text)


def _buttons(reply: Reply) -> list[Button]:
    rows = [button for row in getattr(reply, "rows", ()) for button in row]
    return [*rows, *getattr(reply, "ways", ())]


def _lines(reply: Reply, locale: str, buttons: list[tuple[Button, Reply]]) -> Iterator[str]:
    for text in _texts(reply):
        yield say(text, locale)
    match reply:
        case Ask(place=place):
            yield f"({progress(place, locale)})"
        case Receipt(reference=reference, at=at):
            yield f"{reference} · {moment(at.at, locale)}"
        case Review(lines=lines):
            yield from (
                f"  {say(line.label, locale)}: {' / '.join(say(text, locale) for text in line.shown) or '–'}"
                for line in lines
            )
        case _:
            pass
    for number, (button, whose) in enumerate(buttons, 1):
        if whose is reply:
            yield f"  [{number}] {say(button.label, locale)}"


def _texts(reply: Reply) -> "list[Text]":
    match reply:
        case Ask():
            parts = (reply.section, reply.label, reply.error, reply.wording)
            so_far = ((reply.hint,) if reply.hint else ()) + reply.so_far + ((reply.source,) if reply.source else ())
            return [*(part for part in parts if part), *reply.ask, *so_far]
        case Tell(title=title, words=words):
            return [*((title,) if title else ()), *words]
        case Review(title=title, words=words, error=error):
            return [title, *((error,) if error else ()), *words]
        case Receipt(title=title, words=words) | Appointment(title=title, words=words):
            return [title, *words]
        case Export(words=words):
            return list(words)
        case Retraction():
            return []
    assert_never(reply)


def known(language: str) -> str:
    """The language to talk in. ArgumentTypeError, naming the catalogs there are, when it has none."""
    try:
        there = languages()
    except Broken as broken:
        raise ArgumentTypeError(str(broken)) from None
    if language not in there:
        raise ArgumentTypeError(f"there is no catalog for {language!r}. There are: {', '.join(there)}")
    return language
