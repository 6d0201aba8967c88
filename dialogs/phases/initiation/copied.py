"""What is copied of an application for lists: ids of options, as they were when it was sent. They are read as the ids of today."""

from collections.abc import Iterable
from typing import Any

from dialogs.case.case import Case
from dialogs.case.criterion import VERDICTS
from dialogs.kinds.kind import id_today, ids_of
from dialogs.phases.initiation.application import SCOPES
from dialogs.phases.initiation.criteria import ACTOR_KINDS
from dialogs.phases.initiation.part import known


def copied(case: Case, *, scope: str = "", actors: Iterable[str] = (), established: str = "") -> Case:
    """The case with what was copied of its application; what is empty changes nothing."""
    found: dict[str, Any] = {
        "scope": id_today(SCOPES, scope),
        "actors": kinds_today(actors),
        "established": verdict_today(established),
    }
    return known(case, **{name: value for name, value in found.items() if value})


def kinds_today(kinds: Iterable[str]) -> tuple[str, ...]:
    """These kinds of actors, each once."""
    return tuple(dict.fromkeys(id_today(ACTOR_KINDS, kind) for kind in kinds))


def verdict_today(verdict: str) -> str:
    """A group's verdict on a criterion."""
    return str(id_today(VERDICTS, verdict))


def scope_today(scope: str) -> str:
    """What a group thinks of the committee's responsibility."""
    return str(id_today(SCOPES, scope))


def scopes_stored(scope: str) -> tuple[str, ...]:
    """Every id under which a case with this scope may lie in the list."""
    return ids_of(SCOPES, scope)
