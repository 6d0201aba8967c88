"""Declarations: a dialog is made of values that read from top to bottom like the chat. All are checked at construction."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dialogs.engine.condition import Condition, ids_in
from dialogs.engine.declared import KEY, Declared, check_former, whole, without_places
from dialogs.kinds.card import Card
from dialogs.kinds.kind import Choosing, Kind, Known, Option, Value
from dialogs.kinds.one_choice import OneChoice
from dialogs.language.events import Press
from dialogs.language.words import Text, Words, _

VERBS = tuple(name for name in vars(Kind) if not name.startswith("_"))
"""What every kind can do."""


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
    lacks: Callable[[Known], tuple[Text, ...]] = lambda _known: ()
    """What somebody wrote who read an earlier answer and asks for more; () if nobody did. It stands above the question, where to change that
    answer is then the first thing offered, and to leave it as it was the second.
    """
    sign: str = field(init=False, repr=False, compare=False)
    """Short for the words in which it is asked: another one when they are changed."""
    options: tuple[Option, ...] | None = field(init=False, repr=False, compare=False)
    """The options declared with its kind; None where it has none, or computes them."""
    labels: dict[str, str] = field(init=False, repr=False, compare=False)
    """What those options are called, by their ids."""

    def __post_init__(self) -> None:
        options = self.kind.declared if isinstance(self.kind, Choosing) else None
        object.__setattr__(self, "options", options)
        said = {option.id: option.label.id for option in options or () if isinstance(option.label, Words)}
        object.__setattr__(self, "labels", said)
        object.__setattr__(self, "sign", _sign(self.ask.id, self.ask.plural, self.wording.id if self.wording else ""))
        if not KEY.fullmatch(self.key):
            raise Declared(f"question {self.key!r}: a key is 1 to 24 of a-z, 0-9 and _, and begins with a letter")
        self._check_kind()
        check_former(f"question {self.key!r}", self.was)
        self._check_options(self.options)
        without_places(f"question {self.key!r}", self.label, *(option.label for option in self.options or ()))
        labels = [label for _act, label in self.ways]
        whole(f"question {self.key!r}", self.label, self.ask, self.hint, self.wording, *self._words(), *labels)

    def _words(self) -> Iterator[Words | None]:
        """The words that are declared with its kind: of its options and of its button."""
        for option in self.options or ():
            yield from (option.label if isinstance(option.label, Words) else None, option.note)
        if isinstance(self.kind, Card):
            yield self.kind.button
            yield from (label for _key, label in self.kind.confirms)

    def _check_kind(self) -> None:
        if missing := [f"{verb}()" for verb in VERBS if not callable(getattr(self.kind, verb, None))]:
            kind = type(self.kind).__name__
            raise Declared(
                f"question {self.key!r}: its kind, {kind}, lacks {', '.join(missing)}: see dialogs/kinds/kind.py"
            )
        try:
            self.kind.offer(None, {})
        except ValueError as wrong:
            raise Declared(f"question {self.key!r}: {wrong}") from wrong

    def _check_options(self, options: tuple[Option, ...] | None) -> None:
        for option in options or ():
            check_former(f"question {self.key!r}, option {option.id!r}", option.was)
        ids = [option.id for option in options or ()]
        former = [was for option in options or () for was in option.was]
        if options is not None and (not ids or len(ids) != len(set(ids)) or any(not KEY.fullmatch(id) for id in ids)):
            raise Declared(f"question {self.key!r}: option ids are empty, repeated or not short ids: {ids}")
        if taken := sorted({was for was in former if was in ids or former.count(was) > 1}):
            raise Declared(f"question {self.key!r}: an option was {taken}, but those ids are in use")

    def ids(self) -> tuple[str, ...] | None:
        """What a condition can wait for: the ids that one press of each of its buttons answers; None where its options are computed later."""
        if isinstance(self.kind, Choosing) and self.options is None:
            return None
        acts = [button.act for row in self.kind.offer(None, {}).rows for button in row]
        return tuple(id for act in acts for id in ids_in(self.kind.read(Press(act), None, {})))

    def notes(self, known: Known) -> tuple[Words, ...]:
        """What is said once it is answered: the note of the chosen option, and the question's own remarks."""
        option = self.kind.chosen(known.get(self.key), known) if isinstance(self.kind, OneChoice) else None
        return (*((option.note,) if option and option.note else ()), *self.remarks(known))


def _sign(*parts: str) -> str:
    said = "\n".join(parts)
    return f"{zlib.crc32(said.encode()):08x}"


def _parts(question: Question) -> Iterator[str]:
    yield from (question.key, question.sign, str(question.optional), repr(question.when))
    yield from (f"{option.id} {option.label}" for option in question.options or ())


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading."""

    title: Words
    questions: tuple[Question, ...]


GONE = _("No longer asked")
NOT_ASKED = _("A question that is no longer asked")
YES = _("Yes, send now")
CallOff = Literal["at once", "after asking", "never"]


@dataclass(frozen=True, slots=True)
class Dialog:
    """A dialog: its sections in the order of asking, and what is said before, at the review and when it is sent."""

    key: str
    title: Words
    intro: tuple[tuple[Words, ...], ...]
    """What is said first: messages, each with its paragraphs."""
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
    unchanged: tuple[Words, ...] = ()
    """Said first at the review where everything that somebody asks more of (`lacks`) is confirmed as it was."""
    yes: Words = YES
    """The button that really sends."""
    questions: tuple[Question, ...] = field(init=False, repr=False)
    """Every question in the order of asking, whatever its condition."""
    renamed: dict[str, str] = field(init=False, repr=False, compare=False)
    """Former keys of questions, each with today's key."""
    keys: frozenset[str] = field(init=False, repr=False, compare=False)
    """The keys of its questions, and of what the conversation gives."""
    edition: str = field(init=False, repr=False, compare=False)
    """Short for what is asked, in which words and under which conditions: another one when any of it is changed."""
    moved: dict[str, Choosing] = field(init=False, repr=False, compare=False)
    """By key, the kinds of those questions that have renamed options."""

    def __post_init__(self) -> None:
        said = (
            self.title,
            *(words for message in self.intro for words in message),
            *self.review,
            *self.unchanged,
            self.send,
            *self.sure,
            self.sent,
            *self.next_steps,
            self.yes,
        )
        whole(f"dialog {self.key!r}", *said, *(section.title for section in self.sections))
        questions = tuple(question for section in self.sections for question in section.questions)
        object.__setattr__(self, "questions", questions)
        object.__setattr__(self, "keys", frozenset(self.given).union(question.key for question in questions))
        object.__setattr__(self, "edition", _sign(*(part for question in questions for part in _parts(question))))
        renamed = {was: question.key for question in questions for was in question.was}
        object.__setattr__(self, "renamed", renamed)
        choosing = ((question.key, question.kind) for question in questions if isinstance(question.kind, Choosing))
        moved = {key: kind for key, kind in choosing if any(option.was for option in kind.declared or ())}
        object.__setattr__(self, "moved", moved)
        seen: dict[str, Question] = {}
        for question in questions:
            self._check(question, seen)
            seen[question.key] = question
        for question in questions:
            for was in question.was:
                others = [other for other in questions if other.key != question.key]
                if was in seen or was in self.given or any(was in other.was for other in others):
                    raise Declared(f"{self.key}: {question.key!r} was {was!r}, but that key is in use")

    def _check(self, question: Question, seen: dict[str, Question]) -> None:
        twin = seen.get(question.key)
        if twin and (twin.kind != question.kind or not (twin.when and question.when)):
            raise Declared(
                f"{self.key}: {question.key!r} stands twice: then kind must be the same, and both need a condition"
            )
        if question.when:
            before = {**dict.fromkeys(self.given), **{key: one.ids() for key, one in seen.items()}}
            for fault in question.when.faults(before):
                raise Declared(f"{self.key}: the condition of {question.key!r}: {fault}")
        for key, _label in getattr(question.kind, "confirms", ()):
            if key not in seen:
                raise Declared(f"{self.key}: {question.key!r} shows {key!r} again, which does not stand before it")

    def keys_today(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """What is stored by the keys of questions, by the keys that they have today. What stands under today's key already stays."""
        moved = dict(stored)
        for was, key in self.renamed.items():
            if was in moved and key not in moved:
                moved[key] = moved.pop(was)
        return moved

    def value_today(self, key: str, value: Value) -> Value:
        """A value stored for the question that has this key today, with the ids that its options have today."""
        kind = self.moved.get(key)
        return kind.renamed(value) if kind else value

    def section_of(self, asked: Question) -> Words | None:
        """The heading under which this question stands."""
        if asked.key not in self.keys:
            return GONE
        return next(
            (section.title for section in self.sections for question in section.questions if question is asked), None
        )
