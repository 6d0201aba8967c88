"""Who has a chat open: the browsers and chats in which it is open, and the links that lead to it. Whoever is in it can end each."""

from dataclasses import dataclass
from datetime import datetime

from dialogs.applicants.acts import Reach, Response
from dialogs.applicants.rooms import RESUME
from dialogs.applicants.where import Standing
from dialogs.language.ids import number_in
from dialogs.language.replies import Button, Tell
from dialogs.language.words import Moment, Text, Words, _, n_

WHO = _("Who has this open")
OTHERS = _("End all others")
NEW = _("Make a new link, and end the earlier ones")
ACTS = ("openin", "endbrowser", "endchat", "endothers", "newlink", "link")
"""Buttons about it; after the colon, the number of the browser's session or of the chat."""


@dataclass(frozen=True, slots=True)
class OpenIn:
    """One browser, or one chat on a network: the act that ends it, when it came (None when that was not noted), and when it was last used."""

    act: str
    where: Text
    since: datetime | None
    used_at: datetime
    here: bool = False
    """Whether it is the one that is looking."""

    def said(self) -> Words:
        """Where it is, since when, and when it was last used."""
        if self.here:
            return _("Here: {where}", where=self.where)
        used = Moment(self.used_at)
        if self.since is None:
            return _("{where}, last used {used}", where=self.where, used=used)
        return _("{where}, since {since}, last used {used}", where=self.where, since=Moment(self.since), used=used)


@dataclass(frozen=True, slots=True)
class Doors:
    """Everything by which a person's chat is reached: where it is open, the one that is looking first, and when each link to it was made."""

    open: tuple[OpenIn, ...]
    links: tuple[datetime, ...]

    @property
    def others(self) -> tuple[OpenIn, ...]:
        """Where it is open besides."""
        return tuple(one for one in self.open if not one.here)

    def linked(self) -> Words:
        """How many private links lead to it."""
        if not self.links:
            return _("No private link leads here.")
        return n_(
            "{count} private link leads here. The latest is from {at}.",
            "{count} private links lead here. The latest is from {at}.",
            count=len(self.links),
            at=Moment(max(self.links)),
        )


def pressed(_standing: Standing, act: str, rest: str) -> Response:
    """The response to one of its buttons."""
    return Response(acts=(Reach(act, number_in(rest)),))


def room(doors: Doors, link: str = "", ended: bool = False) -> Tell:
    """Where a chat is open, for whoever is in a chat of a network. `link` is a new private link, "" for none; `ended` when something has just ended."""
    words: list[Text] = [_("That has ended.")] if ended else []
    words += [one.said() for one in doors.open]
    words.append(doors.linked())
    if link:
        words += [_("With this link you go on in a browser: {link}", link=link), KEEP]
    ends = [(Button(_("End: {what}", what=one.said()), one.act, weight="grave"),) for one in doors.others]
    all_others = [(Button(OTHERS, "endothers", weight="grave"),)] if len(doors.others) > 1 else []
    return Tell(tuple(words), title=WHO, rows=(*ends, *all_others, (Button(NEW, "newlink"),), (RESUME,)))


def on_a_page() -> Tell:
    """What is said where this is not a room of the chat."""
    return Tell((WHO,), rows=((Button(WHO, "openin"),), (RESUME,)))


KEEP = _(
    "Whoever has this link is you here: they can read, change, send and delete everything. Give it to nobody. "
    "To write with others, use “Write together” in the menu."
)
