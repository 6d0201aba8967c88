"""Declarations: a dialog is made of values that read from top to bottom like the chat. All are checked at construction."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

from dialogs.kinds.items import Items
from dialogs.kinds.kind import Kind, Known
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.language.words import Text, Words, _

KEY = re.compile(r"[a-z][a-z0-9_]{0,23}")
"""Short, because a Telegram button carries draft, version, key and act in 64 bytes (Bot API, callback_data)."""


class Declared(ValueError):
    """A declaration that cannot work: the author's error, raised at import."""


class Condition(Protocol):
    """Decides, from the answers before it, whether a question is on the path."""

    def holds(self, known: Known, pending: Collection[str]) -> bool | None:
        """True, False, or None while the answers that decide it are still `pending`."""

    def keys(self) -> Iterator[str]:
        """The keys of the questions it looks at."""


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

    def keys(self) -> Iterator[str]:
        yield self.key


@dataclass(frozen=True, slots=True)
class any_of:
    """At least one of `conditions` holds."""

    conditions: tuple[Condition, ...]

    def __init__(self, *conditions: Condition) -> None:
        object.__setattr__(self, "conditions", conditions)

    def holds(self, known: Known, pending: Collection[str]) -> bool | None:
        verdicts = [condition.holds(known, pending) for condition in self.conditions]
        return True if True in verdicts else None if None in verdicts else False

    def keys(self) -> Iterator[str]:
        for condition in self.conditions:
            yield from condition.keys()


@dataclass(frozen=True, slots=True)
class not_:
    """`condition` does not hold."""

    condition: Condition

    def holds(self, known: Known, pending: Collection[str]) -> bool | None:
        verdict = self.condition.holds(known, pending)
        return None if verdict is None else not verdict

    def keys(self) -> Iterator[str]:
        yield from self.condition.keys()


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `label` is its short name on every later screen, `ask` the sentence that asks it.

    `was` names keys it had before; `when` is the condition under which it is asked; `remarks` is what to say
    once it is answered, given the answers so far; `ways` are acts of the conversation offered as buttons with it.
    """

    key: str
    label: Words
    ask: Words
    kind: Kind
    hint: Words | None = None
    wording: Words | None = None
    optional: bool = False
    when: Condition | None = None
    was: tuple[str, ...] = ()
    remarks: Callable[[Known], tuple[Words, ...]] = lambda _known: ()
    ways: tuple[tuple[str, Words], ...] = ()

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise Declared(f"question {self.key!r}: a key is 1 to 24 of a-z, 0-9 and _, and begins with a letter")
        ids = _option_ids(self.kind)
        if ids is not None and (not ids or len(ids) != len(set(ids)) or any(not KEY.fullmatch(id) for id in ids)):
            raise Declared(f"question {self.key!r}: option ids are empty, repeated or not short ids: {ids}")

    def notes(self, known: Known) -> tuple[Words, ...]:
        """What is said once it is answered: the note of the chosen option, and the question's own remarks."""
        option = self.kind.chosen(known.get(self.key), known) if isinstance(self.kind, OneChoice) else None
        return (*((option.note,) if option and option.note else ()), *self.remarks(known))


def _option_ids(kind: Kind) -> list[str] | None:
    match kind:
        case OneChoice(options=tuple() as options) | SeveralChoices(options=tuple() as options) | Items(kinds=options):
            return [option.id for option in options]
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading."""

    title: Words
    questions: tuple[Question, ...]


YES = _("Yes, send now")
CallOff = Literal["at once", "after asking", "never"]


@dataclass(frozen=True, slots=True)
class Dialog:
    """A dialog: its sections in the order of asking, and what is said before, at the review and when it is sent."""

    key: str
    title: Words
    intro: tuple[Words, ...]
    sections: tuple[Section, ...]
    review: tuple[Words, ...]
    send: Words
    sure: tuple[Words, ...]
    """Said between "send" and really sending; if empty, "send" sends at once."""
    sent: Words
    """The heading of the receipt."""
    next_steps: tuple[Words, ...]
    facts: Callable[[Known], dict[str, object]] = field(default=lambda _known: {})
    """What is computed from the answers for the contact person, frozen with the submission."""
    given: tuple[str, ...] = ()
    """Keys that nobody is asked: what the conversation puts into a draft as it begins, for conditions to look at."""
    title_from: Callable[[Known], Text] = field(default=lambda _known: "")
    call_off: CallOff = "after asking"
    """How it is called off before it is sent: "at once" is for what is quickly written again."""
    yes: Words = YES
    """The button that really sends."""
    questions: tuple[Question, ...] = field(init=False, repr=False)
    """Every question in the order of asking, whatever its condition."""
    renamed: tuple[tuple[str, str], ...] = field(init=False, repr=False)
    """Former keys of questions, each with today's key."""

    def __post_init__(self) -> None:
        questions = tuple(question for section in self.sections for question in section.questions)
        object.__setattr__(self, "questions", questions)
        renamed = tuple((was, question.key) for question in questions for was in question.was)
        object.__setattr__(self, "renamed", renamed)
        seen: dict[str, Question] = {}
        for question in questions:
            self._check(question, seen)
            seen[question.key] = question
        for question in seen.values():
            for was in question.was:
                if was in seen or any(was in other.was for other in seen.values() if other is not question):
                    raise Declared(f"{self.key}: {question.key!r} was {was!r}, but that key is in use")

    def _check(self, question: Question, seen: dict[str, Question]) -> None:
        twin = seen.get(question.key)
        if twin and (twin.kind != question.kind or not (twin.when and question.when)):
            raise Declared(
                f"{self.key}: {question.key!r} stands twice: then kind must be the same, and both need a condition"
            )
        for key in question.when.keys() if question.when else ():
            if key not in seen and key not in self.given:
                raise Declared(
                    f"{self.key}: the condition of {question.key!r} looks at {key!r}, which does not stand before it"
                )

    def section_of(self, asked: Question) -> Words | None:
        """The heading under which this question stands."""
        return next(
            (section.title for section in self.sections for question in section.questions if question is asked), None
        )
