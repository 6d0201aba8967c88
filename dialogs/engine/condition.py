"""Conditions: whether a question is asked, by the answers before it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from dialogs.kinds.kind import Known, Value

Before = Mapping[str, tuple[str, ...] | None]
"""What stands before a question: each key with the ids that can be answered there, or None where that is only known later."""


class Condition(Protocol):
    """Decides, from the answers before it, whether a question is on the path."""

    def holds(self, known: Known, pending: Collection[str]) -> bool | None:
        """True, False, or None while the answers that decide it are still `pending`."""

    def faults(self, before: Before) -> Iterator[str]:
        """Why it, or something that it is made of, can never hold: the author's error. Nothing if all of it can, or nobody knows yet."""


def ids_in(value: Value) -> tuple[str, ...]:
    """The ids of options in an answer, as conditions look at it: of one, of several, or of one with words. () for any other answer."""
    match value:
        case str(id) | {"id": str(id)}:
            return (id,)
        case {"ids": [*ids]}:
            return tuple(map(str, ids))
        case _:
            return ()


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
        return any(id in self.values for id in ids_in(known[self.key]))

    def faults(self, before: Before) -> Iterator[str]:
        if self.key not in before:
            yield f"{self} looks at {self.key!r}, which does not stand before it"
            return
        ids = before[self.key]
        unheard = [value for value in self.values if ids is not None and value not in ids]
        if unheard or not self.values:
            there = list(ids) if ids else "none" if ids is not None else "known later"
            yield f"{self} waits for {unheard} of {self.key!r}, whose options are {there}"


@dataclass(frozen=True, slots=True)
class any_of:
    """At least one of `conditions` holds."""

    conditions: tuple[Condition, ...]

    def __init__(self, *conditions: Condition) -> None:
        object.__setattr__(self, "conditions", conditions)

    def holds(self, known: Known, pending: Collection[str]) -> bool | None:
        verdicts = [condition.holds(known, pending) for condition in self.conditions]
        return True if True in verdicts else None if None in verdicts else False

    def faults(self, before: Before) -> Iterator[str]:
        if not self.conditions:
            yield f"{self} is made of none"
        for condition in self.conditions:
            yield from condition.faults(before)


@dataclass(frozen=True, slots=True)
class not_:
    """`condition` does not hold."""

    condition: Condition

    def holds(self, known: Known, pending: Collection[str]) -> bool | None:
        verdict = self.condition.holds(known, pending)
        return None if verdict is None else not verdict

    def faults(self, before: Before) -> Iterator[str]:
        return self.condition.faults(before)
