"""One way between people and this house: who is at its other end, and what it can do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from string import Formatter
from typing import Literal

from dialogs.language.words import Text, Words

NAME = re.compile("[a-z][a-z_]{0,19}")
"""What the tables have room for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One channel; its addresses are stored under `name`. ValueError for a channel that cannot work.

    `whose` is who can be at its other end. `way` is what happens to what is said to them: "kept" until they come and read it,
    "pushed" to where they are, or sent as a "letter", which others may read as well; "none" where nothing is said.
    `buttons`: whether there is something to press; `edits`: whether a message that has arrived can still be changed; `files`: whether
    files go both ways. None of the three has a default: whoever adds a channel has to say what it cannot do.
    """

    name: str
    whose: Literal["applicants", "staff", "anyone", "nobody"]
    way: Literal["kept", "pushed", "letter", "none"]
    buttons: bool
    edits: bool
    files: bool
    network: str
    """What carries it. When that fails, no channel of the same network gets through."""
    called: Text
    """The network's name, for people."""
    where: Text = ""
    """Where a person reached by it is; "" to say its name instead."""
    missed: Words | None = None
    """Says that the {notice} of {at} did not reach applicants by it; None where that cannot happen."""
    secret: bool = False
    """Whether an address is the hash of what a browser keeps, which tells nobody anything."""
    by: str = ""
    """The module that connects it, where the settings say so (bot/worker/connected.py); "" for what needs no connecting."""
    door: str = ""
    """The address that a one-time `token` opens here, where people come in by one: `here` is where the web is reached, and `name` what
    the network calls us."""
    invites: Words | None = None
    """Says that this {link} opens it."""

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is no name of a channel: at most 20 small letters and _")
        if wrong := next(chain(self._at_odds(), self._unsaid(), self._door_is_odd()), ""):
            raise ValueError(f"{self.name}: {wrong}")

    def _at_odds(self) -> Iterator[str]:
        """What cannot be true of one channel together."""
        if self.whose == "nobody" and self.way != "none":
            yield 'nobody is at its other end: say way="none"'
        if self.whose in ("applicants", "anyone") and self.way == "none":
            yield 'applicants are told what happens: say way="kept", "pushed" or "letter"'
        if self.way == "kept" and self.whose != "applicants":
            yield 'only applicants come and read what is kept; the pages of staff are made anew each time: say way="none"'
        if self.way == "kept" and not self.buttons:
            yield "what is kept is read on pages, and those have buttons: say buttons=True"
        if self.way == "letter" and self.buttons:
            yield "in a letter there is nothing to press: say buttons=False"
        if self.way != "pushed" and self.edits:
            yield "only what is pushed can be changed where it has arrived: say edits=False"
        if self.way in ("pushed", "letter") and not self.by:
            yield "`by` names the module that connects it; nothing would carry what is said there"
        if self.way == "none" and self.by:
            yield "nothing is said there, so nothing carries it: leave `by` out"

    def _unsaid(self) -> Iterator[str]:
        """What people could not be told."""
        if not self.network or not (self.called.id if isinstance(self.called, Words) else self.called):
            yield "`network` says what carries it, and `called` what people call that: neither is empty"
        if self.missed is None and self.whose in ("applicants", "anyone") and self.way in ("pushed", "letter"):
            yield "`missed` says that something did not reach applicants by it"
        if self.missed and self.missed.unfilled() != ["at", "notice"]:
            yield "`missed` has the places {notice} and {at}, and no others: nothing else is put in"

    def _door_is_odd(self) -> Iterator[str]:
        if bool(self.door) != bool(self.invites):
            yield "`invites` says what `door` opens"
        if self.invites and self.invites.unfilled() != ["link"]:
            yield "`invites` has the place {link}, and no other: nothing else is put in"
        if self.door and not {"token"} <= _places(self.door) <= {"token", "here", "name"}:
            yield "`door` has the place {token}, and perhaps {here} and {name}: nothing else is put in"

    @property
    def remembers(self) -> bool:
        """Whether what was last said to somebody stays until their next turn."""
        return self.way == "kept" or self.numbers

    @property
    def carried(self) -> bool:
        """Whether somebody else carries what is said here, and can read it and keep it."""
        return self.way in ("pushed", "letter")

    @property
    def numbers(self) -> bool:
        """Whether people choose by the numbers of what was last said to them, which has to be remembered for that."""
        return self.way == "pushed" and not self.buttons

    def opened(self, token: str, *, here: str, name: str) -> Words | None:
        """Says which link `token` opens here; None where none does, or where we have no address or name yet."""
        needed = {"here": here, "name": name}
        if self.invites is None or not all(value for key, value in needed.items() if f"{{{key}}}" in self.door):
            return None
        return self.invites.filled(link=self.door.format(token=token, **needed))


def _places(pattern: str) -> set[str]:
    """The places of a `str.format` pattern; of one that is none, a place that nothing fills."""
    try:
        return {name for _text, name, _spec, _conversion in Formatter().parse(pattern) if name is not None}
    except ValueError:
        return {""}
