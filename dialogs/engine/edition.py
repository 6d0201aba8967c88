"""What an answer was an answer to: the words of its question, kept with it, so that a question that is changed later can be told from it."""

from dialogs.engine.declare import KEY, NOT_ASKED, Question, options_of
from dialogs.kinds.files import MOST, Attachments
from dialogs.kinds.kind import Kind, Value
from dialogs.kinds.no_longer_asked import NoLongerAsked, written
from dialogs.language.words import Text, Words, _

AskedAs = tuple[str, ...]
"""The question's sign, its label, and the labels of the options that were chosen; () where an older version of the program stored the answer."""


def asked_as(question: Question, value: Value) -> AskedAs:
    """What is kept with an answer."""
    return (question.sign, question.label.id, *_chosen(question.kind, value))


def _chosen(kind: Kind, value: Value) -> tuple[str, ...]:
    ids: list[object] = [value] if isinstance(value, str) else []
    if isinstance(value, dict):
        several = value.get("ids")
        ids = [value.get("id"), *(several if isinstance(several, list) else ())]
    labels = (option.label for option in options_of(kind) or () if option.id in ids)
    return tuple(sorted(label.id for label in labels if isinstance(label, Words)))


def is_changed(question: Question, asked: AskedAs, value: Value) -> bool:
    """Whether the question is put in other words now than when it was answered, or an option that was chosen is gone or called otherwise."""
    return bool(asked) and (asked[0] != question.sign or asked[2:] != _chosen(question.kind, value))


def words_of(asked: AskedAs, value: Value) -> tuple[Text, ...]:
    """What was answered, in the words of then: the options that were chosen, and what somebody wrote.

    Of an older version of the program, nothing says whether a single word was written or is an option's id: it is shown.
    """
    chosen = tuple(Words(label) for label in asked[2:])
    return chosen if chosen and isinstance(value, str) else (*chosen, *written(value))


def gone(key: str, asked: AskedAs, value: Value) -> Question | None:
    """What is left to say of an answer whose question is no longer asked: keep it, or leave it out. None when it holds no words and no file."""
    files = value.get("files") if isinstance(value, dict) else None
    shown = words_of(asked, value)
    if not KEY.fullmatch(key) or not (files or shown):
        return None
    label = Words(asked[1]) if asked else NOT_ASKED
    return Question(
        key,
        NOT_ASKED if label.unfilled() else label,  # what is stored is no declaration, and stops nobody
        _("This is no longer asked. What you answered is kept, and is sent along. If you do not want that, remove it."),
        Attachments(max(MOST, len(files))) if files else NoLongerAsked(shown),
        optional=True,
    )
