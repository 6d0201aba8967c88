"""How a storm went: a row of the table, and what is said against it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import EmailMessage

from bot.worker.delivery import MOST
from tests.crash.check import Verdict
from tests.crash.weather import CUTS, FULL


def again(letters: Iterable[tuple[EmailMessage, str]]) -> Counter[str]:
    """How many letters came again, by address: those with a Message-ID that had come there before. A letter without one is none of ours (AssertionError)."""
    came: Counter[tuple[str, str]] = Counter()
    for letter, to in letters:
        assert letter["Message-ID"], f"a letter to {to} has no Message-ID"
        came[str(letter["Message-ID"]), to] += 1
    repeats: Counter[str] = Counter()
    for (_id, to), times in came.items():
        repeats[to] += times - 1
    return +repeats


@dataclass
class Outcome:
    """A row of the table."""

    name: str
    people: int = 0
    visitors: int = 0
    """How many of the people are on the web."""
    browsed: int = 0
    """Answers that a page acknowledged to them."""
    updates: int = 0
    kills: int = 0
    restarts: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    bites: int | None = None
    """How often a process could not write down what it was given, because the disk was full; None where the disk is never full."""
    verdict: Verdict = field(default_factory=Verdict)
    repeats: Counter[str] = field(default_factory=Counter)
    """What came again, by the chat or the mail address that it came to: messages twice in a row, letters with a Message-ID that had come there."""
    silence: float = 0
    seconds: float = 0
    ended: list[str] = field(default_factory=list)
    refused: int = 0
    """Webhook calls that were not answered with 200, and so came again."""

    @property
    def repeated(self) -> int:
        """To all recipients together."""
        return self.repeats.total()

    @property
    def most(self) -> int:
        """In the chat, or at the mail address, that has most of them: what one person sees at worst."""
        return max(self.repeats.values(), default=0)

    @property
    def mishaps(self) -> int:
        """Whatever may make a message come again, once to each recipient. Nothing is sent to a browser, so that no cut line repeats anything there."""
        return self.kills + self.restarts + self.faults.total() - sum(self.faults[one] for one in CUTS)

    @property
    def under_way(self) -> int:
        """What may repeat to all recipients together: what a process has under way to several people at once when it is killed, cannot
        write down that it was sent, or loses its database; and one message for each other fault."""
        return MOST * (self.kills + self.restarts + self.faults[FULL]) + self.mishaps

    @property
    def broken(self) -> list[str]:
        """Every promise that did not hold."""
        said = [
            f"repeated: {times} messages to {chat}, {self.mishaps} at most"
            for chat, times in sorted(self.repeats.items())
            if times > self.mishaps
        ]
        if self.repeated > self.under_way:
            said.append(f"repeated: {self.repeated} messages, {self.under_way} at most")
        if self.bites == 0:
            said.append("the disk was full, and no process met it")
        return self.verdict.broken + said
