"""The sheet of a question: an Ask as one form, where the chat would ask piece by piece."""

from dataclasses import dataclass, replace

from bot.web.pages.posted import as_posted
from dialogs.engine.declare import Question
from dialogs.kinds.amount import amount_in
from dialogs.kinds.contact import email_in, phone_in
from dialogs.kinds.day import day_in, day_of
from dialogs.kinds.kind import Layout
from dialogs.kinds.times import time_in
from dialogs.language.replies import Ask, Button, Field
from dialogs.language.words import Text, Words


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together; `name` is a person's own text, "" for none."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A question laid out: the heading with the texts above and below it, the fields, and the buttons that send them."""

    ask: Ask
    eyebrow: Words | None
    heading: Text
    body: tuple[Text, ...]
    sentence: Text | None
    hint: Words | None
    groups: tuple[FieldGroup, ...]
    wrong: frozenset[str]
    """The names of the fields that the error is about."""
    options: tuple[tuple[Button, ...], ...]
    submits: tuple[Button, ...]
    chosen: str
    """The option that was chosen before, when the question was reopened."""

    choosing: bool
    """Whether the options are alternatives, exactly one of which is the answer."""

    @property
    def has_files(self) -> bool:
        """Whether the form sends files."""
        return any(field.form == "files" for field in self.ask.fields)


def sheet(ask: Ask, question: Question, posted: dict[str, tuple[str, ...]] | None = None) -> Sheet:
    """The sheet of `ask`, which asks `question`. After a refusal `posted` holds what was written, and the sheet keeps it."""
    *above, sentence = (*ask.ask[:-1], question.ask) if ask.fields else ask.ask
    hint = question.hint if ask.fields else ask.hint
    own = bool(ask.wording or above)
    groups = _groups(ask.fields if posted is None else as_posted(ask.fields, posted))
    wrong = frozenset(field.name for field in _wrong(groups)) if ask.error else frozenset()
    layout = Layout(rows=ask.rows) if ask.source else question.kind.layout(ask.rows)
    heading = ask.label if own else sentence
    return Sheet(
        ask,
        ask.section if ask.section != heading else None,
        heading,
        tuple(above),
        sentence if own else None,
        hint,
        groups,
        wrong,
        layout.rows,
        tuple(replace(button, key=ask.key) for button in layout.submits),
        _chosen(layout),
        layout.chooses,
    )


def _chosen(layout: Layout) -> str:
    buttons = [button for row in layout.rows for button in row if button.weight == "main"]
    return buttons[0].act if buttons and layout.chooses else ""


def _groups(fields: tuple[Field, ...]) -> tuple[FieldGroup, ...]:
    """The fields by the thing they belong to: the id before the dot tells things of the same name apart."""
    found: dict[str, list[Field]] = {}
    for field in fields:
        found.setdefault(field.name.partition(".")[0] if field.group else "", []).append(field)
    return tuple(FieldGroup(fields[0].group, tuple(fields)) for fields in found.values())


def _wrong(groups: tuple[FieldGroup, ...]) -> list[Field]:
    fields = [field for group in groups for field in group.fields]
    found = [field for field in fields if _is_wrong(field)]
    written = [field for field in fields if field.form not in ("choices", "files", "pin")]
    return found or [field for field in written if not "".join(field.value)] or written or fields


def _is_wrong(field: Field) -> bool:
    value = "".join(field.value).strip()
    match field.form:
        case "email":
            return bool(value) and not email_in(value)
        case "tel":
            return bool(value) and not phone_in(value)
        case "choice":
            return bool(field.group) and not value
        case "choices":
            return len(field.choices) > 1 and not value
        case "line" | "lines":
            return bool(field.most) and len(value) > field.most
        case "number":
            return bool(value) and amount_in(value) is None
        case "date" | "datetime":
            return bool(value) and not _is_within(value, field)
        case _:
            return False


def _is_within(value: str, field: Field) -> bool:
    """Whether a date or time can be read, and lies within the field's bounds."""
    today = day_of((field.first or field.last)[:10])
    if field.form == "datetime":
        found = time_in(value, today)
    else:
        day = day_in(value, today, back=bool(field.last))
        found = day.isoformat() if day else ""
    return bool(found) and field.first <= found and (not field.last or found <= field.last)
