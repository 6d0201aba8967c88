"""Channels: the ways between people and this house. Law: whatever differs between channels is a value here, and nothing compares a channel's name."""

from collections.abc import Collection, Iterable
from typing import Literal

from dialogs.language.channel import Channel
from dialogs.language.words import _

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
