"""A record: what was asked and what was answered, frozen when a dialog is sent."""

from dataclasses import dataclass, replace

from dialogs.engine.declare import Dialog
from dialogs.engine.draft import Draft, Path, path
from dialogs.kinds.card import Card
from dialogs.kinds.kind import Value
from dialogs.language.replies import AnsweredQuestion
from dialogs.language.words import Moment, Text, Words


@dataclass(frozen=True, slots=True)
class Entry:
    """One question and its answer. `shown` holds the words to translate and the person's own text; `locale` is its language."""

    key: str
    section: Words | None
    label: Words
    ask: Words
    wording: Words | None
    value: Value
    shown: tuple[Text, ...]
    by: int
    locale: str
    at: Moment


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that was on the path of a draft, in order, and the facts computed from it."""

    dialog: str
    title: Text
    entries: tuple[Entry, ...]
    facts: dict[str, object]

    def value(self, key: str) -> Value:
        """The answer to `key`, or None."""
        return next((entry.value for entry in self.entries if entry.key == key), None)


def as_today(dialog: Dialog, record: Record) -> Record:
    """A record under the keys and option ids that its questions have today. The words in which it was asked and answered stay as they were."""
    if not dialog.renamed and not dialog.moved:
        return record
    return replace(record, entries=tuple(_entry_today(dialog, entry) for entry in record.entries))


def _entry_today(dialog: Dialog, entry: Entry) -> Entry:
    key = dialog.renamed.get(entry.key, entry.key)
    return replace(entry, key=key, value=dialog.value_today(key, entry.value))


def sha256s_in(*records: Record | None) -> set[str]:
    """The SHA-256 of every file that these records name."""
    values = (entry.value for one in records if one for entry in one.entries if isinstance(entry.value, dict))
    return {file["sha256"] for value in values for file in value.get("files", ())}


def record(dialog: Dialog, draft: Draft) -> Record:
    """The record of the answers so far. It is a whole application only when nothing is left to answer."""
    along = path(dialog, draft)
    return Record(
        dialog.key, dialog.title_from(along.known), tuple(_entries(dialog, draft, along)), dialog.facts(along.known)
    )


def _entries(dialog: Dialog, draft: Draft, along: Path) -> list[Entry]:
    found = []
    for step in along.steps:
        shown = step.kind.show(along.known.get(step.key), along.known)
        if step.key in along.known and shown:
            answer = draft.answers[step.key]
            found.append(
                Entry(
                    step.key,
                    dialog.section_of(step),
                    step.label,
                    step.ask,
                    step.wording,
                    answer.value,
                    shown,
                    answer.by,
                    answer.locale,
                    Moment(answer.at),
                )
            )
    return found


def lines(dialog: Dialog, draft: Draft) -> tuple[AnsweredQuestion, ...]:
    """A draft's answers as the review shows them, including what was left out, so that it can be added."""
    along = path(dialog, draft)
    found = []
    for step in along.steps:
        shown = step.kind.show(along.known.get(step.key), along.known)
        if shown or not isinstance(step.kind, Card):
            found.append(AnsweredQuestion(step.key, step.label, shown, dialog.section_of(step)))
    return tuple(found)
