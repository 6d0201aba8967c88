"""The matrix of the web: every route, and who may ask it. A route that is not here makes the test of it fail."""

from collections.abc import Callable
from dataclasses import dataclass

from dialogs.phases.steps import TASKS
from tests.adversary.roles import ACTIVE, ADMINISTRATORS, DOES, SEES, WRITES, reads_log, works

Who = Callable[[str, str], frozenset[str]]
"""Who may, of a case, and of a task in it ("" elsewhere)."""
There = Callable[[str, str], bool]
"""Whether there is such a thing in a case."""
NONE = frozenset[str]()
MET = frozenset({"ordinary", "protected"})
"""Cases in which a meeting is agreed."""
WITH_FILES = frozenset({"ordinary", "untaken", "protected"})
CLOSED = {
    "ordinary": frozenset({"back", "decision", "unprotect", "admit", "reopen", "propose", "disposed"}),
    "protected": frozenset({"back", "decision", "protect", "reopen", "propose", "disposed"}),
    "started": frozenset(TASKS) - {"note", "handover", "protect", "write", "times", "close"},
    "untaken": frozenset(TASKS) - {"close", "protect"},
    "shared": frozenset(TASKS) - {"close", "protect"},
}
"""Tasks for which a case is not at a place, as the cast left it."""
IN_SHORT = ("note", "handover", "decision", "close", "protect", "admit", "no_such_task")
"""The tasks that are asked about where nobody has the case."""


@dataclass(frozen=True, slots=True)
class Line:
    """A route that names a case: who may ask it, where there is such a thing; not `kept`: whoever may is not asked, because that would change the case;
    `made`: a child process makes it anew each time.
    """

    who: Who
    there: There = lambda _case, _task: True
    kept: bool = True
    made: bool = False


def sees(case: str, _task: str) -> frozenset[str]:
    """Who reads a case."""
    return SEES[case]


def writers(case: str, _task: str) -> frozenset[str]:
    """The applicants who write it."""
    return frozenset(name for name, theirs in WRITES.items() if theirs == case)


def reads_who_opened_it(case: str, _task: str) -> frozenset[str]:
    """Who has it, and administrators."""
    return reads_log(case)


def does(case: str, task: str) -> frozenset[str]:
    """The tasks of a case are for who has it; handing it over and proposing to dispose of it for administrators, too, disposing of it for them
    alone; closing and protecting one that nobody has for everybody who sees it; protecting one, and letting others see a protected one, for
    administrators who see it, too.
    """
    return DOES.get(task, works)(case)


def started_it(case: str, _task: str) -> frozenset[str]:
    """Who makes links for actors."""
    return frozenset({"holder"}) if case == "started" else NONE


def is_open(case: str, task: str) -> bool:
    """Whether the case is at a place for a task."""
    return task in TASKS and task not in CLOSED.get(case, frozenset(TASKS))


def sent(case: str, _task: str) -> bool:
    """Whether something was sent in it."""
    return case not in ("started", "unsent")


OF_A_CASE: dict[tuple[str, str], Line] = {
    ("GET", "/queue/{reference}"): Line(sees),
    ("POST", "/queue/{reference}/take"): Line(sees, kept=False),
    ("POST", "/queue/{reference}/copy"): Line(sees),
    ("POST", "/queue/{reference}/follow"): Line(sees),
    ("POST", "/queue/{reference}/unfollow"): Line(sees),
    ("GET", "/queue/{reference}/do/{task}"): Line(does, is_open),
    ("POST", "/queue/{reference}/do/{task}"): Line(does, is_open),
    ("GET", "/queue/{reference}/files/{sha256}"): Line(sees, lambda case, _task: case in WITH_FILES),
    ("GET", "/queue/{reference}/log"): Line(reads_who_opened_it),
    ("GET", "/queue/{reference}/package"): Line(sees, sent, made=True),
    ("GET", "/queue/{reference}/meeting.ics"): Line(sees, lambda case, _task: case in MET),
    ("GET", "/queue/{reference}/invite"): Line(started_it),
    ("POST", "/queue/{reference}/invite"): Line(started_it),
    ("GET", "/receipt/{reference}.pdf"): Line(writers, sent),
    ("GET", "/meeting/{reference}.ics"): Line(writers, lambda case, _task: case in MET),
}
"""Routes that name a case."""
OF_THE_DESK: dict[tuple[str, str], frozenset[str]] = {
    ("GET", "/queue"): ACTIVE,
    ("POST", "/queue"): ACTIVE,
    ("POST", "/queue/language"): ACTIVE,
    ("GET", "/queue/start"): ACTIVE,
    ("POST", "/queue/start"): ACTIVE,
    ("GET", "/queue/people"): ACTIVE,
    ("POST", "/queue/people"): ADMINISTRATORS,
    ("GET", "/queue/people/log"): ADMINISTRATORS,
    ("POST", "/queue/close-others"): ACTIVE,
    ("GET", "/queue/people/{id}/close"): ADMINISTRATORS,
    ("POST", "/queue/people/{id}/close"): ADMINISTRATORS,
    ("GET", "/queue/people/{id}/demote"): ADMINISTRATORS,
    ("POST", "/queue/people/{id}/demote"): ADMINISTRATORS,
    ("GET", "/queue/people/{id}/deactivate"): ADMINISTRATORS,
    ("POST", "/queue/people/{id}/deactivate"): ADMINISTRATORS,
    ("GET", "/queue/retention"): ACTIVE,
    ("GET", "/queue/absence"): ACTIVE,
    ("POST", "/queue/absence"): ACTIVE,
    ("POST", "/queue/absence/over"): ACTIVE,
    ("GET", "/queue/overview"): ACTIVE,
    ("GET", "/queue/overview.csv"): ACTIVE,
    ("GET", "/queue/overview.svg"): ACTIVE,
    ("POST", "/queue/sign-out"): ACTIVE,
}
"""Routes of the contact persons that name no case, and for whom they are. To everybody else they say what they say to a stranger."""
OF_EVERYBODY = frozenset(
    {
        ("GET", "/"),
        ("POST", "/"),
        ("GET", "/export"),
        ("GET", "/my-data"),
        ("GET", "/link"),
        ("POST", "/link"),
        ("GET", "/sessions"),
        ("POST", "/sessions"),
        ("GET", "/leave"),
        ("POST", "/leave"),
        ("GET", "/left"),
        ("GET", "/back/{token}"),
        ("POST", "/back/{token}"),
        ("GET", "/privacy"),
        ("GET", "/help"),
        ("GET", "/accessibility"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/sign-in/{token}"),
        ("POST", "/sign-in/{token}"),
        ("GET", "/join/{token}"),
        ("POST", "/join/{token}"),
        ("GET", "/static/{name}"),
    }
)
"""Routes that anybody may ask, about themselves or with a token (tests/adversary/test_tokens.py)."""
LASTING = frozenset(
    {
        ("POST", "/queue/people/{id}/demote"),
        ("POST", "/queue/people/{id}/close"),
        ("POST", "/queue/people/{id}/deactivate"),
        ("POST", "/queue/sign-out"),
    }
)
"""Routes of the desk that change who somebody is, so that whoever may is not asked in a row with others."""
