"""A dialog filled in as one form, as at the desk: every question on the path at once, each read by its own kind."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.engine.declare import Dialog, Question
from dialogs.engine.draft import Answer, Draft, path, revive
from dialogs.engine.edition import asked_as
from dialogs.engine.turn import Writer
from dialogs.kinds.kind import Known, Refusal, Value
from dialogs.kinds.reading import read
from dialogs.language.events import Fill, clean_form
from dialogs.language.words import Words

Posted = Mapping[str, Mapping[str, tuple[str, ...]]]
"""What a form holds: for each question's key, its fields by name. A single choice is the field "choice"."""


def filled(dialog: Dialog, draft: Draft, posted: Posted, writer: Writer) -> tuple[Draft, dict[str, Words]]:
    """The draft with everything that the form answers, and what is wrong with the rest, by the question's key."""
    draft = revive(dialog, draft)
    refused: dict[str, Words] = {}
    done = {question.key for question in path(dialog, draft).gone}  # no form asks for it, so it stays as it is
    while step := next((one for one in path(dialog, draft).steps if one.key not in done), None):
        done.add(step.key)
        fill = clean_form(Fill("done", step.key, draft.id, draft.version, dict(posted.get(step.key, {}))))
        known = path(dialog, draft).upto(step.key)
        answer = _read(step, draft, fill, known)
        if isinstance(answer, Refusal):
            refused[step.key] = answer.words
        if not isinstance(answer, Refusal) or answer.value is not None:
            value = answer.value if isinstance(answer, Refusal) else answer
            draft = draft.with_answer(
                step.key, Answer(value, writer.person, writer.locale, writer.now, asked=asked_as(step, value))
            )
    changed = replace(draft, changing="", version=draft.version + 1)
    return changed, refused


def _read(step: Question, draft: Draft, fill: Fill, known: Known) -> Value | Refusal:
    if step.optional and not any(value for values in fill.fields.values() for value in values):
        return None
    act = "".join(fill.fields.get("choice", ("done",))) or "done"
    return read(step.kind, replace(fill, act=act), draft.value(step.key), known)
