"""What people send as one thing, and Telegram hands over in pieces: a long paste, an album."""

from dataclasses import replace

from bot.telegram.hear import Brought, Heard, Message
from dialogs.events import Say

TAIL = 2
"""Seconds after a text that was cut off within which the next text is its tail."""
MOST_CHATS = 10_000


def joined(messages: list[Message]) -> list[Message]:
    """The messages of one chat, in order, with the pieces of one paste as one text and the files of one album as one act."""
    whole: list[Message] = []
    for message in messages:
        one = _one(whole[-1], message) if whole else None
        if one:
            whole[-1] = one
        else:
            whole.append(message)
    return whole


def _one(first: Message, more: Message) -> Message | None:
    match first, more:
        case Heard(cut=True, event=Say() as said), Heard(event=Say(text=text), at=at, cut=cut) if at - first.at <= TAIL:
            return replace(
                first,
                updates=first.updates + more.updates,
                event=replace(said, text=f"{said.text}\n{text}"),
                at=at,
                cut=cut,
            )
        case Brought(album=album), Brought(album=other) if album and album == other:
            return replace(
                first,
                updates=first.updates + more.updates,
                files=first.files + more.files,
                refused=first.refused + more.refused,
            )
    return None


class Tails:
    """Texts that were taken, and of which more may come: the rest of a paste that was refused is no answer to anything."""

    def __init__(self) -> None:
        self._cut: dict[int, int] = {}

    def is_tail(self, heard: Heard) -> bool:
        """Whether this text goes on with the one before it in the same chat."""
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
