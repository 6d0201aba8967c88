"""What a scripted person did and saw: the one side of the comparison, and plain data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TOKEN = re.compile(r"p(\d+)n(\d+)(?!\d)")
"""In every text that a scripted person writes, and in no other text: who wrote it, as the how-manieth."""
REFERENCE = re.compile(r"SAM-\d{4}-\d{4,}")


def token(person: int, number: int) -> str:
    """What marks the text `number` of `person`."""
    return f"p{person}n{number}"


@dataclass
class Said:
    """A text that was written while the chat showed the question `key` of `draft` at `version`."""

    token: str
    key: str
    draft: int
    version: int
    changing: bool = False
    """Written to take the place of an answer that stood, or of one that the chat had not answered yet."""
    acknowledged: bool = False
    """The chat went on to something else, with a newer version of the draft and without a complaint."""
    refused: bool = False
    """The chat complained, or apologised."""
    again: bool = False
    """Whether it was written because the chat was slow to answer another one to the same question."""
    after: bool = False
    """Whether it was written by somebody who knew that they do not write the draft any more."""


@dataclass
class Chosen:
    """A button of the question `key` of `draft` that gives the whole answer."""

    value: str
    key: str
    draft: int
    version: int
    acknowledged: bool = False


@dataclass
class Life:
    """One person. `wrote` and `chose` in order; `sure` are the drafts that they sent, `receipts` the references they were given."""

    person: int
    channel: str = "telegram"
    address: str = ""
    wrote: list[Said] = field(default_factory=list)
    chose: list[Chosen] = field(default_factory=list)
    sure: set[int] = field(default_factory=set)
    receipts: list[str] = field(default_factory=list)
    updates: int = 0
    again: int = 0
    """How often the same was asked for twice in a row, so that the same may rightly be said twice."""
    repeated: int = 0
    """Messages that came twice in a row."""
    silence: float = 0
    """The longest wait for an answer, in seconds."""
    shared: bool = False
    """Whether somebody else writes the same case."""
    began: set[int] = field(default_factory=set)
    """Drafts that others were invited to by them."""
    came: set[int] = field(default_factory=set)
    """Drafts that they came into, by a link that works."""
    left: set[int] = field(default_factory=set)
    """Those of them that they have left, or were taken out of, and know it."""
    afterwards: list[str] = field(default_factory=list)
    """What the chat has shown since, and to whoever pressed a link that leads nowhere."""
    still: set[int] = field(default_factory=set)
    """The drafts whose questions it has shown since."""
    turned_away: list[str] = field(default_factory=list)
    """Links that lead nowhere any more, which they pressed."""
    welcomed: int = 0
    """How often they were told that they have come in."""
    forgot: bool = False
    """Whether they had everything about themselves deleted, and with it what could not be brought to them."""
    announced: dict[int, list[int]] = field(default_factory=dict)
    """By draft: of how many writers it was said, each time that somebody had come in."""
    finished: bool = False
    place: str = ""
    """Where they stand, for whoever looks for the reason that they do not get on."""


def tokens_in(stored: object) -> Iterator[str]:
    """Every token in a stored JSON value."""
    if isinstance(stored, str):
        yield from (match[0] for match in TOKEN.finditer(stored))
    elif isinstance(stored, dict):
        for value in stored.values():
            yield from tokens_in(value)
    elif isinstance(stored, list):
        for value in stored:
            yield from tokens_in(value)
