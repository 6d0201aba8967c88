"""What each step makes of a case: all that it changes, and nothing else."""

from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from dialogs.case.case import Case
from dialogs.phases.initiation.part import Initiation, initiation
from dialogs.phases.steps import after, replay
from tests.dialogs.phases import changes_always, changes_initiation
from tests.dialogs.phases.happens import AT

CHANGES = changes_initiation.CHANGES | changes_always.CHANGES


def facts(case: Case) -> dict[str, Any]:
    """All that is known of a case, with what its phase knows, in plain values; not which event was the last."""
    known = ((one.name, of) for of in (case, initiation(case)) for one in fields(of))
    return {name: plain(getattr(of, name)) for name, of in known if name not in ("parts", "latest")}


def plain(value: Any) -> Any:
    """The same without classes, and without what is empty in them."""
    if isinstance(value, datetime):
        return (value - AT) // timedelta(hours=1)
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if is_dataclass(value):
        said = {one.name: plain(getattr(value, one.name)) for one in fields(value)}
        return {name: one for name, one in said.items() if one not in ("", None, False, [], {})}
    return value


def changed(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """What is otherwise now, by name."""
    return {name: new_in(before[name], value) for name, value in now.items() if value != before[name]}


def new_in(before: Any, now: Any) -> Any:
    """Of a list what was not in it before; anything else whole."""
    return [one for one in now if one not in before] if isinstance(now, list) else now


@pytest.mark.parametrize("name", CHANGES)
def test_a_step_changes_this_and_nothing_else(name: str) -> None:
    before, step, expected = CHANGES[name]
    case = replay(1, [one.event(number) for number, one in enumerate(before, 1)])
    assert changed(facts(case), facts(after(case, step.event(len(before) + 1)))) == expected


def test_nothing_that_is_known_of_a_case_is_left_out() -> None:
    """A name that both had would hide one of them."""
    assert not {one.name for one in fields(Case)} & {one.name for one in fields(Initiation)}
