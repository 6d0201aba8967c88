"""Channels: the ways between people and this house. Law: whatever differs between channels is a value here, and nothing compares a channel's name."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from dialogs.language.words import Text, Words, _

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
        if self.whose in ("applicants", "anyone") and self.way in ("pushed", "letter") and self.missed is None:
            raise ValueError(f"{self.name}: `missed` says that something did not reach applicants by it")
        if self.way in ("pushed", "letter") and not self.by:
            raise ValueError(
                f"{self.name}: `by` names the module that connects it; nothing would carry what is said there"
            )
        if bool(self.door) != bool(self.invites):
            raise ValueError(f"{self.name}: `invites` says what `door` opens")

    @property
    def remembers(self) -> bool:
        """Whether what was last said to somebody stays until their next turn."""
        return self.way == "kept" or self.numbers

    @property
    def numbers(self) -> bool:
        """Whether people choose by the numbers of what was last said to them, which has to be remembered for that."""
        return self.way == "pushed" and not self.buttons

    def opened(self, token: str, *, here: str, name: str) -> Words | None:
        """Says which link `token` opens here; None where none does, or where we have no address or name yet."""
        needed = {"here": here, "name": name}
        if self.invites is None or not all(value for key, value in needed.items() if f"{{{key}}}" in self.door):
            return None
        return Words(self.invites.id, {"link": self.door.format(token=token, **needed)})


TELEGRAM = Channel(
    name="telegram",
    whose="applicants",
    way="pushed",
    buttons=True,
    edits=True,
    files=True,
    network="Telegram",
    by="bot.telegram.connect",
    called="Telegram",
    where=_("On Telegram"),
    missed=_("“{notice}” of {at} did not reach an applicant on Telegram."),
    door="https://t.me/{name}?start={token}",
    invites=_("On Telegram: {link}"),
)
TELEGRAM_STAFF = Channel(
    name="telegram_staff",
    whose="staff",
    way="pushed",
    buttons=True,
    edits=True,
    files=True,
    network="Telegram",
    by="bot.telegram.connect",
    called="Telegram",
    where=_("On Telegram"),
    door="https://t.me/{name}?start={token}",
    invites=_("On Telegram: {link}"),
)
WEB = Channel(
    name="web",
    whose="applicants",
    way="kept",
    buttons=True,
    edits=False,
    files=True,
    network="web",
    called="web",
    where=_("On the web"),
    secret=True,
    door="{here}/join/{token}",
    invites=_("On the web: {link}"),
)
WEB_STAFF = Channel(
    name="web_staff",
    whose="staff",
    way="none",
    buttons=True,
    edits=False,
    files=True,
    network="web",
    called="web",
    where=_("On the web"),
    secret=True,
    door="{here}/sign-in/{token}",
    invites=_("On the web: {link}"),
)
"""The queue in a browser; an address is a session. Its pages are made anew each time."""
MAIL = Channel(
    name="mail",
    whose="anyone",
    way="letter",
    buttons=False,
    edits=False,
    files=True,
    network="mail",
    by="bot.mail.connect",
    called=_("E-mail"),
    missed=_("“{notice}” of {at} did not reach the applicants by mail."),
)
NOWHERE = Channel(
    name="nowhere",
    whose="nobody",
    way="none",
    buttons=False,
    edits=False,
    files=False,
    network="nowhere",
    called="nowhere",
    missed=_("“{notice}” of {at} reached none of the applicants: no way to them is left."),
)
"""For notices that had no address to go to."""


def table(channels: Iterable[Channel]) -> dict[str, Channel]:
    """Channels by name. ValueError when two have the same name."""
    found: dict[str, Channel] = {}
    for one in channels:
        if found.setdefault(one.name, one) is not one:
            raise ValueError(f"two channels are called {one.name}")
    return found


CHANNELS = table((TELEGRAM, TELEGRAM_STAFF, WEB, WEB_STAFF, MAIL, NOWHERE))
CHAT = "chat"
"""What a token opens by which applicants come in, on whichever channel they like."""


def applicant_channels() -> tuple[str, ...]:
    """Where applicants write, and where they are notified."""
    return tuple(one.name for one in CHANNELS.values() if one.whose == "applicants")


def chats_of_staff() -> tuple[str, ...]:
    """Where contact persons are notified, before a letter is written."""
    return tuple(one.name for one in CHANNELS.values() if one.whose == "staff" and one.way == "pushed")


def with_doors(whose: Literal["applicants", "staff"]) -> list[Channel]:
    """Where they come in by a link with a one-time token, the web first."""
    there = (one for one in CHANNELS.values() if one.whose == whose and one.door)
    return sorted(there, key=lambda one: one.way == "pushed")


def letters() -> tuple[str, ...]:
    """What others may read as well."""
    return tuple(one.name for one in CHANNELS.values() if one.way == "letter")


def secret() -> tuple[str, ...]:
    """Whose addresses tell nobody anything."""
    return tuple(one.name for one in CHANNELS.values() if one.secret)


def of_their_networks(names: Collection[str]) -> set[str]:
    """These channels, and all others on the same networks."""
    networks = {CHANNELS[name].network for name in names if name in CHANNELS}
    return {*names, *(one.name for one in CHANNELS.values() if one.network in networks)}


def known(names: Iterable[str]) -> None:
    """Checks that channels have these names. ValueError for any other name: it would never be reached, and nobody would notice."""
    if unknown := set(names) - CHANNELS.keys():
        raise ValueError(f"no channel is called {', '.join(sorted(unknown))}; there are {', '.join(CHANNELS)}")
