"""Conditions: whether a question is asked, by the answers before it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

from dialogs.kinds.kind import Known


class Condition(Protocol):
    """Decides, from the answers before it, whether a question is on the path."""

    def holds(self, known: Known, pending: Collection[str]) -> bool | None:
        """True, False, or None while the answers that decide it are still `pending`."""

    def leaves(self) -> "Iterator[is_]":
        """What it looks at: each question with the values that count."""


@dataclass(frozen=True, slots=True)
class is_:
    """The answer to `key` is, or contains, one of `values`."""

    key: str
    values: tuple[str, ...]

    def __init__(self, key: str, *values: str) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", values)

    def holds(self, known: Known, pending: Collection[str]) -> bool | None:
        if self.key not in known:
            return None if self.key in pending else False
        value = known[self.key]
        ids = value.get("ids", ()) if isinstance(value, dict) else (value,)
        return any(id in self.values for id in ids)

    def leaves(self) -> "Iterator[is_]":
        yield self


@dataclass(frozen=True, slots=True)
class any_of:
    """At least one of `conditions` holds."""

    conditions: tuple[Condition, ...]

    def __init__(self, *conditions: Condition) -> None:
        object.__setattr__(self, "conditions", conditions)

    def holds(self, known: Known, pending: Collection[str]) -> bool | None:
        verdicts = [condition.holds(known, pending) for condition in self.conditions]
        return True if True in verdicts else None if None in verdicts else False

    def leaves(self) -> Iterator[is_]:
        for condition in self.conditions:
            yield from condition.leaves()


@dataclass(frozen=True, slots=True)
class not_:
    """`condition` does not hold."""

    condition: Condition

    def holds(self, known: Known, pending: Collection[str]) -> bool | None:
        verdict = self.condition.holds(known, pending)
        return None if verdict is None else not verdict

    def leaves(self) -> Iterator[is_]:
        yield from self.condition.leaves()
