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
    """

    name: str
    whose: Literal["applicants", "staff", "anyone", "nobody"]
    way: Literal["kept", "pushed", "letter", "none"]
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

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is no name of a channel: at most 20 small letters and _")
        if self.whose in ("applicants", "anyone") and self.way in ("pushed", "letter") and self.missed is None:
            raise ValueError(f"{self.name}: `missed` says that something did not reach applicants by it")


TELEGRAM = Channel(
    name="telegram",
    whose="applicants",
    way="pushed",
    network="Telegram",
    called="Telegram",
    where=_("On Telegram"),
    missed=_("“{notice}” of {at} did not reach an applicant on Telegram."),
)
TELEGRAM_STAFF = Channel(
    name="telegram_staff",
    whose="staff",
    way="pushed",
    network="Telegram",
    called="Telegram",
    where=_("On Telegram"),
)
WEB = Channel(
    name="web",
    whose="applicants",
    way="kept",
    network="web",
    called="web",
    where=_("On the web"),
    secret=True,
)
WEB_STAFF = Channel(
    name="web_staff",
    whose="staff",
    way="none",
    network="web",
    called="web",
    where=_("On the web"),
    secret=True,
)
"""The queue in a browser; an address is a session. Its pages are made anew each time."""
MAIL = Channel(
    name="mail",
    whose="anyone",
    way="letter",
    network="mail",
    called=_("E-mail"),
    missed=_("“{notice}” of {at} did not reach the applicants by mail."),
)
NOWHERE = Channel(
    name="nowhere",
    whose="nobody",
    way="none",
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
APPLICANT_CHANNELS = tuple(one.name for one in CHANNELS.values() if one.whose == "applicants")
"""Where applicants write, and where they are notified."""
CHATS_OF_STAFF = tuple(one.name for one in CHANNELS.values() if one.whose == "staff" and one.way == "pushed")
"""Where contact persons are notified, before a letter is written."""
KEPT = tuple(one.name for one in CHANNELS.values() if one.way == "kept")
LETTERS = tuple(one.name for one in CHANNELS.values() if one.way == "letter")
SECRET = tuple(one.name for one in CHANNELS.values() if one.secret)


def of_their_networks(names: Collection[str]) -> set[str]:
    """These channels, and all others on the same networks."""
    networks = {CHANNELS[name].network for name in names if name in CHANNELS}
    return {*names, *(one.name for one in CHANNELS.values() if one.network in networks)}


def known(names: Iterable[str]) -> None:
    """Checks that channels have these names. ValueError for any other name: it would never be reached, and nobody would notice."""
    if unknown := set(names) - CHANNELS.keys():
        raise ValueError(f"no channel is called {', '.join(sorted(unknown))}; there are {', '.join(CHANNELS)}")
