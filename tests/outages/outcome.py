"""What became of one outage: a row of the table, and what is said against it."""

from collections import Counter
from dataclasses import dataclass, field

from tests.crash.check import Verdict
from tests.crash.storm import CLERKS

ONCE, THRICE = 1, 3
"""How often something may come again to one recipient: what was on its way when it happened.
A contact person also opens what came twice, and takes it, twice, and is shown the same for it.
"""
UNANSWERED = "no answer"


@dataclass
class Served:
    """Seconds from the end of an outage until it was served again; None when it was not in the time that it had."""

    web: list[float | None] = field(default_factory=list)
    """A form, by each web process."""
    hooks: list[float | None] = field(default_factory=list)
    """An update of a chat, by each web process."""
    telegram: float | None = None
    """Something new in a chat that somebody has written in."""
    letters: list[float | None] = field(default_factory=list)
    """A letter, by each worker."""

    @property
    def all(self) -> bool:
        """Whether everything was."""
        return None not in (*self.web, *self.hooks, self.telegram, *self.letters)


@dataclass
class Outcome:
    """A row of the table."""

    way: str
    name: str
    seconds: float = 0
    """How long it lasted."""
    soon: float = 10
    """Seconds after its end in which everything has to be served again."""
    must_say: bool = True
    """Whether /readyz has to say 503 while it lasts."""
    taken: int = 0
    """Forms and updates that a process took while it lasted."""
    refused: int = 0
    """Those that were answered with an error, or not at all."""
    served: Served = field(default_factory=Served)
    unready: float | None = None
    """Seconds until each process said 503 at /readyz."""
    ready: float | None = None
    """Seconds after the end until each process said 200 there."""
    reasons: Counter[str] = field(default_factory=Counter)
    """What /readyz said beside 503."""
    dead: Counter[str] = field(default_factory=Counter)
    """What /healthz said that was not 200."""
    ended: list[str] = field(default_factory=list)
    """Processes that ended by themselves."""
    restarted: int = 0
    """Processes that had to be started anew, since they served nobody any more."""
    acknowledged: int = 0
    """Answers of the people of this outage that were acknowledged, and looked for in the database."""
    told: int = 0
    """Texts of theirs that were not taken, and whose writers were told so."""
    repeated: Counter[str] = field(default_factory=Counter)
    """Messages and letters that came again, by the chat or the mail address."""
    lost: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)

    def compared(self, verdict: Verdict, before: set[str]) -> None:
        """Take what a comparison found that none `before` had."""
        for kind in ("lost", "dropped", "missing", "unnoticed", "stuck"):
            self.lost += [f"{kind}: {one}" for one in getattr(verdict, kind) if f"{kind}: {one}" not in before]
        self.double += [one for one in verdict.double if f"double: {one}" not in before]

    @property
    def late(self) -> list[str]:
        """What was not served again soon."""
        served = self.served
        kinds = (
            ("forms", served.web),
            ("updates", served.hooks),
            ("messages in a chat", [served.telegram]),
            ("letters", served.letters),
            ("/readyz", [self.ready]),
        )
        times = [(what, one) for what, all_ in kinds for one in all_]
        return [
            f"{what}: after {one:.1f} s" if one is not None else f"{what}: not any more"
            for what, one in times
            if one is None or one > self.soon
        ]

    @property
    def broken(self) -> list[str]:
        """Every other promise that did not hold."""
        said = ["/readyz did not say 503"] if self.must_say and self.unready is None else []
        said += [
            f"/healthz said {one}, so that somebody restarts it" for one in self.dead if not one.startswith(UNANSWERED)
        ]
        said += [
            f"repeated {times} times to {whom}"
            for whom, times in self.repeated.items()
            if times > (THRICE if whom in CLERKS else ONCE)
        ]
        said += [f"ended by itself: {one}" for one in self.ended]
        said += [f"{self.restarted} processes had to be started anew"] if self.restarted else []
        return [*said, *self.lost, *(f"double: {one}" for one in self.double)]
