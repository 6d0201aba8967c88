"""The player: a transcript's own lines (`>`) are played against the real turns, and what is said (`<`) is written below them."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.turns.turns import Turns
from dialogs.language.events import Attach, Command, Event, Filed, Misfit, Point, Press, Revise, Say, Start, Unfit
from dialogs.language.replies import Receipt, Reply
from tests.answers import EN, went_on
from tests.clock import Clock
from tests.house import Caller, asked, lain, pressed
from tests.transcripts.golden import is_new
from tests.transcripts.render import rendered

MIMES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "ogg": "audio/ogg"}


@dataclass
class Speaker:
    """Somebody who does what the lines of a transcript say, and has seen what stands there and what stood there before."""

    turns: Turns
    shown: list[Reply] = field(default_factory=list)
    before: list[Reply] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    last: Event = field(default_factory=Start)

    def event(self, name: str, rest: str) -> Event:
        """The event of a line: a verb or a command, and what follows it."""
        if name.startswith("/"):
            return Start(rest) if name == "/start" else Command(name[1:], rest)
        return EVENTS[name](self, rest)

    def says(self, text: str) -> Say:
        """A message of theirs, numbered so that it can be edited."""
        self.said.append(text)
        return Say(text, f"m{len(self.said)}")


@dataclass
class Player(Speaker):
    """One person in one transcript. `written` is the transcript as it comes out; `own` counts the person's messages."""

    clock: Clock = field(default_factory=lambda: Clock("2026-01-01 12:00"))
    locale: str = "en"
    written: list[str] = field(default_factory=list)
    own: int = 0
    until: dict[str, int] = field(default_factory=dict)
    """How many messages of their own it took until a question was first asked; "receipt" for the first receipt."""
    updating: bool = False
    """Whether a question that the transcript does not have yet is answered here and now, by its key, and its lines are written (`--update`)."""

    def __post_init__(self) -> None:
        self.caller = Caller(self.turns, "transcript", self.locale)
        self.read_in = self.locale

    async def play(self, text: str) -> str:
        """The transcript with everything that is said in it written anew."""
        lines = text.splitlines()
        for number, line in enumerate(lines):
            if not line.startswith((">", "<")):
                self.written.append(line)
            if line.startswith("> "):
                if self.updating:
                    await self._answers_what_is_new(text)
                self.written += [line]
                more = [next_one[3:] for next_one in following(lines, number)]
                self.written += [f">| {one}".rstrip() for one in more]
                await self._act("\n".join([line[2:], *more]))
        return "\n".join(self.written).rstrip() + "\n"

    async def _answers_what_is_new(self, text: str) -> None:
        """Whatever is asked that the old text does not know: nobody has answered it there."""
        while is_new(key := asked(self.shown), text, self.read_in):
            for step in EN.chat[key]:
                self.written += [f"> {step}".replace("\n", "\n>| ")]
                await self._act(step)
            went_on(key, asked(self.shown), self.shown[-1])

    async def _act(self, words: str) -> None:
        self.clock.tick()
        name, _blank, rest = words.partition(" ")
        if name == "twice":
            event = self.event(*rest.partition(" ")[::2])
            await asyncio.gather(self.caller.does(event), self.caller.does(event))
        else:
            event = self.last if name == "again" else self.event(name, rest)
            await self.caller.does(event)
        self.last = event
        await self._write()

    async def _write(self) -> None:
        standing, replies = await self.caller.sees()
        self.read_in = standing.locale
        self.own += 1
        self.before += self.shown
        self.shown = replies
        for reply in replies:
            self.until.setdefault("receipt" if isinstance(reply, Receipt) else getattr(reply, "key", ""), self.own)
            self.written += [f"< {line}".rstrip() for line in rendered(reply, standing.locale)]
            self.written += ["<"] if reply is not replies[-1] else []


def _edit(player: Speaker, rest: str) -> Event:
    number, _blank, text = rest.partition(" ")
    return Revise(text, f"m{number}")


def _pin(player: Speaker, rest: str) -> Event:
    latitude, longitude = map(float, rest.split())
    return Point(latitude, longitude)


def _files(player: Speaker, rest: str) -> Event:
    """`file a.pdf ~b.jpg !too_big`: files that came through, after a `~` one of which something was left out, and after a `!` why another one did not."""
    found: list[Filed] = []
    refused: list[Unfit] = []
    for name in rest.split():
        if name.startswith("!"):
            refused.append(name[1:])  # type: ignore[arg-type]
        else:
            trimmed, name = name.startswith("~"), name.removeprefix("~")  # noqa: PLW2901
            sha256 = lain(player.turns.files, name.encode())
            found.append(Filed(sha256, name, MIMES[name.rpartition(".")[2]], 1000, trimmed))
    return Attach(tuple(found), tuple(refused))


EVENTS: dict[str, Callable[[Speaker, str], Event]] = {
    "tap": lambda player, act: pressed(act, player.shown),
    "old": lambda player, act: pressed(act, player.before),
    "forged": lambda _player, act: Press(act),
    "say": lambda player, text: player.says(text),
    "raw": lambda player, text: player.says(json.loads(text)),
    "paste": lambda player, length: player.says("x" * int(length)),
    "edit": _edit,
    "pin": _pin,
    "file": _files,
    "sticker": lambda _player, _rest: Misfit("sticker"),
    "misfit": lambda _player, what: Misfit(what),  # type: ignore[arg-type]
}


def following(lines: list[str], number: int) -> list[str]:
    """The lines (`>|`) that belong to the one of this number."""
    found = []
    for line in lines[number + 1 :]:
        if not line.startswith(">|"):
            break
        found.append(line.ljust(3))
    return found
