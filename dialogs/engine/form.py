"""A dialog filled in as one form, as at the desk: every question on the path at once, each read by its own kind."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.engine.confirm import OUTDATED
from dialogs.engine.declare import Dialog, Question
from dialogs.engine.draft import Answer, Draft, path, revive
from dialogs.engine.edition import asked_as
from dialogs.engine.prefilled import fingerprint
from dialogs.engine.turn import Writer
from dialogs.kinds.kind import Known, Refusal, Value
from dialogs.kinds.reading import read
from dialogs.language.events import Fill, clean_form
from dialogs.language.words import Words

Posted = Mapping[str, Mapping[str, tuple[str, ...]]]
"""What a form holds: for each question's key, its fields by name. A single choice is the field "choice", and what was prefilled the field PREFILLED."""
PREFILLED = "prefilled"
"""The field that goes along unseen with a prefilled question; it names the value as it was known, and as it was shown."""


def seen(draft: Draft, key: str) -> str:
    """What the field PREFILLED of a question holds; "" if it is not prefilled, or was answered otherwise."""
    known = draft.prefilled.get(key) if draft.prefilled else None
    answer = draft.answers.get(key)
    if known is None or (answer and answer.known != known.mark and not draft.is_outdated(key)):
        return ""
    return f"{known.mark}.{fingerprint(draft.value(key))}"


def filled(
    dialog: Dialog, draft: Draft, posted: Posted, writer: Writer, later: bool = False
) -> tuple[Draft, dict[str, Words]]:
    """The draft with everything that the form answers, and what is wrong with the rest, by the question's key.

    Sending a form confirms what it was prefilled with and nobody has changed. With `later`, or when something is wrong, nothing is confirmed yet.
    """
    before = draft = revive(dialog, draft)
    refused: dict[str, Words] = {}
    done = {question.key for question in path(dialog, draft).gone}  # no form asks for it, so it stays as it is
    while step := next((one for one in path(dialog, draft).steps if one.key not in done), None):
        done.add(step.key)
        fields = dict(posted.get(step.key, {}))
        was = "".join(fields.pop(PREFILLED, ()))
        fill = clean_form(Fill("done", step.key, draft.id, draft.version, fields))
        known = path(dialog, draft).upto(step.key)
        answer = _read(step, draft, fill, known)
        mark = "" if isinstance(answer, Refusal) else _confirmed(draft, step.key, answer, was)
        if mark is None:
            answer = Refusal(OUTDATED)
        if isinstance(answer, Refusal):
            refused[step.key] = answer.words
        if not isinstance(answer, Refusal) or answer.value is not None:
            value = answer.value if isinstance(answer, Refusal) else answer
            words = asked_as(step, value)
            locale = draft.written_in(step.key) if mark else ""
            given = Answer(value, writer.person, locale or writer.locale, writer.now, asked=words, known=mark or "")
            draft = draft.with_answer(step.key, given)
    if refused or later:
        draft = _unconfirmed(before, draft)
    changed = replace(draft, changing="", version=draft.version + 1)
    return changed, refused


def _confirmed(draft: Draft, key: str, value: Value, was: str) -> str | None:
    """The mark of what this value confirms, "" if somebody has changed it; None if it is still what was shown, but not what is known now."""
    known = draft.prefilled.get(key) if draft.prefilled else None
    mark, _dot, shown = was.partition(".")
    if mark and shown == fingerprint(value):
        return mark if known and known.mark == mark else None
    return known.mark if known and known.value == value else ""


def _unconfirmed(before: Draft, after: Draft) -> Draft:
    """The draft without what would have been confirmed by sending the form."""
    kept = {key: answer for key, answer in after.answers.items() if not answer.known or before.answers.get(key)}
    return replace(after, answers=kept)


def _read(step: Question, draft: Draft, fill: Fill, known: Known) -> Value | Refusal:
    if step.optional and not any(value for values in fill.fields.values() for value in values):
        return None
    act = "".join(fill.fields.get("choice", ("done",))) or "done"
    return read(step.kind, replace(fill, act=act), draft.value(step.key), known)
