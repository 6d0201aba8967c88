"""What an answer was an answer to: the words of its question, kept with it, so that a question that is changed later can be told from it."""

from dialogs.engine.declare import NOT_ASKED, Question
from dialogs.engine.declared import KEY
from dialogs.kinds.files import files_in
from dialogs.kinds.kind import Value
from dialogs.kinds.no_longer_asked import NoLongerAsked, written
from dialogs.language.words import Text, Words, _

AskedAs = tuple[str, ...]
"""The question's sign, its label, and the labels of the options that were chosen; () where an older version of the program stored the answer."""


def asked_as(question: Question, value: Value) -> AskedAs:
    """What is kept with an answer."""
    return (question.sign, question.label.id, *_chosen(question, value))


def _chosen(question: Question, value: Value) -> tuple[str, ...]:
    """The labels of the options in a value, in the order of the alphabet. It is looked at for every answer in every turn."""
    if not question.labels:
        return ()
    if isinstance(value, str):
        return (question.labels[value],) if value in question.labels else ()
    if not isinstance(value, dict):
        return ()
    several = value.get("ids")
    ids = {one for one in (value.get("id"), *(several if isinstance(several, list) else ())) if isinstance(one, str)}
    return tuple(sorted(question.labels[id] for id in ids if id in question.labels))


def is_changed(question: Question, asked: AskedAs, value: Value) -> bool:
    """Whether the question is put in other words now than when it was answered, or an option that was chosen is gone or called otherwise."""
    return bool(asked) and (asked[0] != question.sign or asked[2:] != _chosen(question, value))


def words_of(asked: AskedAs, value: Value) -> tuple[Text, ...]:
    """What was answered, in the words of then: the options that were chosen, and what somebody wrote.

    Of an older version of the program, nothing says whether a single word was written or is an option's id: it is shown.
    """
    chosen = tuple(Words(label) for label in asked[2:])
    return chosen if chosen and isinstance(value, str) else (*chosen, *written(value))


def gone(key: str, asked: AskedAs, value: Value) -> Question | None:
    """What is left to say of an answer whose question is no longer asked: keep it, or leave it out. None when it holds no words and no file."""
    shown = words_of(asked, value)
    if not KEY.fullmatch(key) or not (files_in(value) or shown):
        return None
    label = Words(asked[1]) if asked else NOT_ASKED
    if label.unfilled():
        label = NOT_ASKED  # what is stored is no declaration, and stops nobody
    return Question(key, label, _not_asked(label), NoLongerAsked(shown), optional=True)


def _not_asked(label: Words) -> Words:
    """What is said of it, with the label of its question where that is known."""
    if label == NOT_ASKED:
        return _(
            "This is no longer asked. What you answered is kept, and is sent along. If you do not want that, remove it."
        )
    return _(
        "“{label}” is no longer asked. What you answered is kept, and is sent along. If you do not want that, remove it.",
        label=label,
    )
