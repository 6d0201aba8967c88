"""A dialog filled in as one form, as a desk does: every question of the path at once, each read by its own kind."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.declare import Dialog, Question
from dialogs.draft import Answer, Draft, path, revive
from dialogs.engine import Writer
from dialogs.events import Fill
from dialogs.kinds.kind import Known, Refusal, Value
from dialogs.words import Words, cleaned

Posted = Mapping[str, Mapping[str, tuple[str, ...]]]
"""What a form holds: for each question's key, its fields by name. A choice of one is the field "choice"."""


def filled(dialog: Dialog, draft: Draft, posted: Posted, writer: Writer) -> tuple[Draft, dict[str, Words]]:
    """The draft with everything that the form answers, and what is wrong with the rest, by key of the question."""
    draft = revive(dialog, draft)
    refused: dict[str, Words] = {}
    done: set[str] = set()
    while step := next((one for one in path(dialog, draft).steps if one.key not in done), None):
        done.add(step.key)
        fields = {name: tuple(map(cleaned, values)) for name, values in posted.get(step.key, {}).items()}
        known = path(dialog, draft).upto(step.key)
        read = _read(step, draft, fields, known)
        if isinstance(read, Refusal):
            refused[step.key] = read.words
        if not isinstance(read, Refusal) or read.value is not None:
            value = read.value if isinstance(read, Refusal) else read
            answer = Answer(value, writer.person, writer.locale, writer.now)
            draft = draft.with_answer(step.key, answer)
    changed = replace(draft, changing="", version=draft.version + 1)
    return changed, refused


def _read(step: Question, draft: Draft, fields: Mapping[str, tuple[str, ...]], known: Known) -> Value | Refusal:
    if step.optional and not any(value for values in fields.values() for value in values):
        return None
    act = "".join(fields.get("choice", ("done",))) or "done"
    event = Fill(act, step.key, draft.id, draft.version, dict(fields))
    return step.kind.read(event, draft.value(step.key), known)
