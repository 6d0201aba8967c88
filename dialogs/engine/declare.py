"""Declarations: a dialog is made of values that read from top to bottom like the chat. All are checked at construction."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from dialogs.engine.condition import Condition, is_
from dialogs.kinds.card import Card
from dialogs.kinds.items import Items
from dialogs.kinds.kind import Kind, Known
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.language.words import Text, Words, _

KEY = re.compile(r"[a-z][a-z0-9_]{0,23}")
"""Short, because a Telegram button carries draft, version, key and act in 64 bytes (Bot API, callback_data)."""

VERBS = tuple(name for name in vars(Kind) if not name.startswith("_"))
"""What every kind can do."""


class Declared(ValueError):
    """A declaration that cannot work: the author's error, raised at import."""


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
        if missing := [f"{verb}()" for verb in VERBS if not callable(getattr(self.kind, verb, None))]:
            kind = type(self.kind).__name__
            raise Declared(
                f"question {self.key!r}: its kind, {kind}, lacks {', '.join(missing)}: see dialogs/kinds/kind.py"
            )
        try:
            self.kind.offer(None, {})
        except ValueError as wrong:
            raise Declared(f"question {self.key!r}: {wrong}") from wrong
        ids = _option_ids(self.kind)
        if ids is not None and (not ids or len(ids) != len(set(ids)) or any(not KEY.fullmatch(id) for id in ids)):
            raise Declared(f"question {self.key!r}: option ids are empty, repeated or not short ids: {ids}")
        labels = [label for _act, label in self.ways]
        whole(f"question {self.key!r}", self.label, self.ask, self.hint, self.wording, *_words_of(self.kind), *labels)

    def notes(self, known: Known) -> tuple[Words, ...]:
        """What is said once it is answered: the note of the chosen option, and the question's own remarks."""
        option = self.kind.chosen(known.get(self.key), known) if isinstance(self.kind, OneChoice) else None
        return (*((option.note,) if option and option.note else ()), *self.remarks(known))


def whole(where: str, *declared: Words | None) -> None:
    """Declared (the author's error) if one of these words has a place in braces that nothing fills: a reader would see the braces."""
    for words in declared:
        if words and (open_places := words.unfilled()):
            raise Declared(f"{where}: nothing fills {open_places} in {words.id!r}")


def _words_of(kind: Kind) -> Iterator[Words | None]:
    """The words that are declared with a kind: of its options and of its button."""
    declared = getattr(kind, "options", getattr(kind, "kinds", ()))
    for option in declared if isinstance(declared, tuple) else ():
        yield from (option.label if isinstance(option.label, Words) else None, option.note)
    if isinstance(kind, Card):
        yield kind.button
        yield from (label for _key, label in kind.confirms)


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
        said = (self.title, *self.intro, *self.review, self.send, *self.sure, self.sent, *self.next_steps, self.yes)
        whole(f"dialog {self.key!r}", *said, *(section.title for section in self.sections))
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
        for leaf in question.when.leaves() if question.when else ():
            if leaf.key not in seen and leaf.key not in self.given:
                raise Declared(
                    f"{self.key}: the condition of {question.key!r} looks at {leaf.key!r}, which does not stand before it"
                )
            if leaf.key in seen:
                self._check_values(question, leaf, _option_ids(seen[leaf.key].kind))
        for key, _label in getattr(question.kind, "confirms", ()):
            if key not in seen:
                raise Declared(f"{self.key}: {question.key!r} shows {key!r} again, which does not stand before it")

    def _check_values(self, question: Question, leaf: is_, ids: list[str] | None) -> None:
        unheard = [value for value in leaf.values if ids is not None and value not in ids]
        if unheard or not leaf.values:
            raise Declared(
                f"{self.key}: the condition of {question.key!r} waits for {unheard} of {leaf.key!r}, whose options are {ids}"
            )

    def section_of(self, asked: Question) -> Words | None:
        """The heading under which this question stands."""
        return next(
            (section.title for section in self.sections for question in section.questions if question is asked), None
        )
