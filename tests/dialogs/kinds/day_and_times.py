"""A dialog that asks for a day, for times and for an amount."""

from dataclasses import replace

from dialogs.engine.declare import Dialog, Question
from dialogs.engine.draft import Answer, Draft
from dialogs.kinds.amount import Amount
from dialogs.kinds.day import Day
from dialogs.kinds.kind import Kind, Known, Option
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.times import Times
from dialogs.language.words import _
from tests.dialogs.small import WRITER, dialog

OPTIONS = (Option("red", _("Red")), Option("blue", _("Blue")))


def some(known: Known) -> tuple[Option, ...]:
    """Options that depend on another answer."""
    return tuple(option for option in OPTIONS if option.id != known.get("not"))


KINDS: dict[str, Kind] = {
    "day": Day(),
    "been": Day(past=True, future=False),
    "any": Day(past=True),
    "plain": Day(shortcuts=False),
    "times": Times(),
    "one": Times(1, 1),
    "amount": Amount(),
    "several": SeveralChoices(some),
    "about": SeveralChoices(some, _("Why?")),
}
OF: Dialog = replace(
    dialog(
        Question("when", _("When"), _("By when?"), KINDS["day"]),
        Question("slots", _("Times"), _("Which times?"), KINDS["times"]),
        Question("sum", _("Sum"), _("How much?"), KINDS["amount"]),
    ),
    given=("today",),
)


def begun() -> Draft:
    """A draft in which it is known what day it is."""
    return Draft(1, answers={"today": Answer("2026-11-21", 0, "sv", WRITER.now)})
