"""Joins what people send as one thing and Telegram delivers in pieces: a long paste, an album."""

from dataclasses import replace

from bot.telegram.hear import Brought, Heard, Incoming
from dialogs.language.events import Say
from dialogs.language.words import LONGEST

TAIL = 2
"""Seconds after a text that was cut off during which the next text counts as its tail."""
MOST_CHATS = 10_000


def joined(messages: list[Incoming]) -> list[Incoming]:
    """The messages of one chat, in order, with the pieces of a paste joined into one text and the files of an album into one act."""
    whole: list[Incoming] = []
    for message in messages:
        one = _one(whole[-1], message) if whole else None
        if one:
            whole[-1] = one
        else:
            whole.append(message)
    return whole


def _one(first: Incoming, more: Incoming) -> Incoming | None:
    match first, more:
        case Heard(cut=True, event=Say() as said), Heard(event=Say(text=text), at=at, cut=cut) if at - first.at <= TAIL:
            return replace(first, updates=first.updates + more.updates, event=_longer(said, text), at=at, cut=cut)
        case Brought(album=album), Brought(album=other) if album and album == other:
            return replace(
                first,
                updates=first.updates + more.updates,
                files=first.files + more.files,
                refused=first.refused + more.refused,
            )
    return None


def _longer(said: Say, text: str) -> Say:
    """`said` with `text` added as a line. Law: no answer is longer than LONGEST. What exceeds it is counted, and not kept."""
    if len(said.text) > LONGEST:
        return replace(said, over=said.over + len(text) + 1)
    return replace(said, text=f"{said.text}\n{text}")


class Albums:
    """The last album of each chat, whose photos may come one by one."""

    def __init__(self) -> None:
        self._last: dict[int, str] = {}

    def has(self, brought: Brought) -> bool:
        """Whether this belongs to the album that came last in its chat."""
        return bool(brought.album) and self._last.get(brought.chat) == brought.album

    def came(self, brought: Brought) -> None:
        """Remember the album."""
        self._last.pop(brought.chat, None)
        while len(self._last) >= MOST_CHATS:
            self._last.pop(next(iter(self._last)))
        self._last[brought.chat] = brought.album


class Tails:
    """Texts that were taken and may have a tail: the rest of a paste that was refused answers no question."""

    def __init__(self) -> None:
        self._cut: dict[int, int] = {}

    def is_tail(self, heard: Heard) -> bool:
        """Whether this text continues the one before it in the same chat."""
        tail = (
            isinstance(heard.event, Say) and heard.chat in self._cut and 0 <= heard.at - self._cut[heard.chat] <= TAIL
        )
        if tail and heard.cut:
            self._cut[heard.chat] = heard.at
        return tail

    def taken(self, heard: Heard) -> None:
        """Remember a text that has been taken."""
        if heard.cut:
            while len(self._cut) >= MOST_CHATS:
                self._cut.pop(next(iter(self._cut)))
            self._cut[heard.chat] = heard.at
