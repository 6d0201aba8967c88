"""A draft is its answers. Where the person is in a dialog is computed from them, and never stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from dialogs.engine.declare import Dialog, Question
from dialogs.engine.edition import AskedAs, gone, is_changed, words_of
from dialogs.engine.prefilled import Prefilled
from dialogs.kinds.kind import Known, Value
from dialogs.language.words import Text, Words

ASIDE = "~"
"""How the keys begin of what a draft holds that is no answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: the value, who gave it (a person's id), in which language, when, and in which message of the channel.

    `known` is the mark of the prefilled value that it confirms, "" for what somebody said themselves.
    """

    value: Value
    by: int
    locale: str
    at: datetime
    ref: str = ""
    asked: AskedAs = field(default=(), compare=False)
    """The words of the question that it answers (dialogs/engine/edition.py)."""
    known: str = ""


@dataclass(slots=True)
class Latest:
    """The path computed last, and the dialog and answers it was computed from. A draft shares it with its successors in a turn."""

    dialog: Dialog | None = None
    answers: dict[str, Answer] | None = None
    path: "Path | None" = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Answers by key, and the reopened question, if any. `version` counts the turns that changed it.

    `prefilled` is what is known at its questions, by key, None where nobody has looked. It is computed for each turn, and never stored.
    """

    id: int
    version: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    changing: str = ""
    prefilled: Mapping[str, Prefilled] | None = field(default=None, repr=False, compare=False)
    latest: Latest = field(default_factory=Latest, repr=False, compare=False)

    def value(self, key: str) -> Value:
        """The value of a question, whole or partial: what is stored or, if nobody has answered it, what it is prefilled with; or None."""
        if proposed := self.proposed(key):
            return proposed.value
        answer = self.answers.get(key)
        return answer.value if answer else None

    def knowing(self, prefilled: Mapping[str, Prefilled]) -> "Draft":
        """The same draft, with what is known at its questions."""
        return replace(self, prefilled=prefilled, latest=Latest())

    def proposed(self, key: str) -> Prefilled | None:
        """What a question is prefilled with, unless it is answered."""
        known = self.prefilled.get(key) if self.prefilled else None
        return known if known and (key not in self.answers or self.is_outdated(key)) else None

    def written_in(self, key: str) -> str:
        """The language in which somebody wrote what a question is prefilled with; "" if nobody did."""
        known = self.prefilled.get(key) if self.prefilled else None
        return known.locale if known else ""

    def is_outdated(self, key: str) -> bool:
        """Whether somebody confirmed a value here that is not the one that is known now."""
        answer = self.answers.get(key)
        if self.prefilled is None or answer is None or not answer.known:
            return False
        known = self.prefilled.get(key)
        return known is None or known.mark != answer.known

    def with_answer(self, key: str, answer: Answer) -> "Draft":
        """The same draft with an answer added or replaced."""
        return replace(self, answers=self.answers | {key: answer})


@dataclass(frozen=True)
class Path:
    """The questions on a draft's path, and what is known along it."""

    steps: tuple[Question, ...]
    known: Known
    total: int
    """How many questions there are in all, including those that may still come up."""
    gone: tuple[Question, ...] = ()
    """The last of the steps: what was answered to questions that are no longer asked."""

    @cached_property
    def unanswered(self) -> Question | None:
        """The first question without an acceptable answer."""
        return next((step for step in self.steps if step.key not in self.known), None)

    def step(self, key: str) -> Question | None:
        """The question `key`, if it is on the path."""
        return next((step for step in self.steps if step.key == key), None)

    def before(self, key: str) -> Question | None:
        """The question asked before `key` (before the review when `key` is "")."""
        keys = [step.key for step in self.steps]
        at = keys.index(key) if key in keys else len(keys)
        return self.steps[at - 1] if at > 0 else None

    def number(self, key: str) -> int:
        """The place of a question on the path, from 1."""
        return next(number for number, step in enumerate(self.steps, 1) if step.key == key)

    def upto(self, key: str) -> Known:
        """What is known before the question `key`."""
        earlier = [step.key for step in self.steps[: self.number(key) - 1]]
        later = {step.key for step in self.steps} - set(earlier)
        return {key: value for key, value in self.known.items() if key not in later}


def path(dialog: Dialog, draft: Draft) -> Path:
    """The path through `dialog` with the answers of `draft`. A key declared twice is asked where it is first reached.

    A turn needs it several times. Answers are never changed in place, so the latest path holds as long as the draft has the same ones.
    """
    latest = draft.latest
    if latest.path is None or latest.dialog is not dialog or latest.answers is not draft.answers:
        latest.dialog, latest.answers, latest.path = dialog, draft.answers, _path(dialog, draft)
    return latest.path


def _path(dialog: Dialog, draft: Draft) -> Path:
    known: dict[str, Value] = {key: draft.value(key) for key in dialog.given if key in draft.answers}
    steps: dict[str, Question] = {}
    pending: set[str] = set()
    for question in dialog.questions:
        if question.key in steps:
            continue
        verdict = question.when.holds(known, pending) if question.when else True
        if verdict is False:
            continue
        if verdict:
            steps[question.key] = question
            known.pop(question.key, None)  # what was given counts until the question itself is asked
        if verdict and is_answered(question, draft, known):
            known[question.key] = draft.value(question.key)
            pending.discard(question.key)
        else:
            pending.add(question.key)
    left = no_longer_asked(dialog, draft)
    known |= {question.key: draft.value(question.key) for question in left if fits(question, draft, known)}
    return Path((*steps.values(), *left), known, len(steps.keys() | pending) + len(left), tuple(left))


def no_longer_asked(dialog: Dialog, draft: Draft) -> list[Question]:
    """What the draft holds of questions that are no longer asked, each as something to keep or to leave out. It stands at the end of the path."""
    left = (key for key in draft.answers if key not in dialog.keys and not key.startswith(ASIDE))
    found = (gone(key, draft.answers[key].asked, draft.value(key)) for key in left)
    return [question for question in found if question]


def fits(question: Question, draft: Draft, known: Known) -> bool:
    """Whether the draft holds a value that the question accepts as it is today; the answer to a skipped question is None."""
    if question.key not in draft.answers:
        return False
    value = draft.value(question.key)
    return question.optional if value is None else question.kind.accepts(value, known)


def is_answered(question: Question, draft: Draft, known: Known) -> bool:
    """Whether the draft holds an answer that fits, given to the question in the words in which it is asked today."""
    return fits(question, draft, known) and not draft.is_outdated(question.key) and not has_changed(question, draft)


def has_changed(question: Question, draft: Draft) -> bool:
    """Whether the question has been changed since it was answered. What was left out is not asked for again."""
    answer = draft.answers.get(question.key)
    return answer is not None and answer.value is not None and is_changed(question, answer.asked, answer.value)


def changed_words(question: Question, draft: Draft, known: Known) -> tuple[Text, ...]:
    """What was answered before the question was changed, in the words of then; () where its kind still shows it."""
    answer = draft.answers.get(question.key)
    if answer is None or answer.value is None:
        return ()
    before = words_of(answer.asked, answer.value)
    shown = question.kind.show(answer.value, known)
    options = answer.asked[2:]
    lost = [label for label in options if Words(label) not in shown]
    return before if lost or not shown else ()


def current(dialog: Dialog, draft: Draft) -> Question | None:
    """The reopened question, or the first without an acceptable answer; None means the review."""
    along = path(dialog, draft)
    return along.step(draft.changing) or along.unanswered


def revive(dialog: Dialog, draft: Draft) -> Draft:
    """The draft as today's dialog reads it: answers of renamed questions under their new key, choices under the new ids of their
    options, and nothing thrown away.
    """
    if not dialog.renamed and not dialog.moved:
        return draft
    answers: dict[str, Answer] = dialog.keys_today(draft.answers)
    for key in dialog.moved.keys() & answers.keys():
        value = dialog.value_today(key, answers[key].value)
        if value != answers[key].value:
            answers[key] = replace(answers[key], value=value)
    changing = dialog.renamed.get(draft.changing, draft.changing)
    same = answers == draft.answers and changing == draft.changing
    return draft if same else replace(draft, answers=answers, changing=changing)


def files_of(draft: Draft) -> dict[str, dict[str, object]]:
    """Every file among the answers, whole or partial, by its SHA-256."""
    values = (answer.value for answer in draft.answers.values() if isinstance(answer.value, dict))
    return {file["sha256"]: file for value in values for file in value.get("files", ())}
