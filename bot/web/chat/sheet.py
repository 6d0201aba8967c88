"""The sheet of a question: an Ask as one form, where the chat would ask piece by piece."""

from dataclasses import dataclass, replace

from dialogs.engine.declare import Question
from dialogs.kinds.amount import Amount, amount_in
from dialogs.kinds.contact import Contact, email_in, phone_in
from dialogs.kinds.day import Day, day_in, day_of
from dialogs.kinds.files import Attachments
from dialogs.kinds.items import Items
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.place import Place, lines_of
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.text import FreeText
from dialogs.kinds.times import Times, time_in
from dialogs.language.replies import Ask, Button, Field
from dialogs.language.words import Text, Words, _

CONTINUE = Button(_("Continue"), "done", weight="main")
ADD = Button(_("Add"), "add")
ALL = Button(_("That is all, continue"), "done", weight="main")
ADD_FILES = Button(_("Add files"), "add", weight="main")


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
    groups = _groups(_filled(ask.fields, posted))
    wrong = frozenset(field.name for field in _wrong(groups)) if ask.error else frozenset()
    options, submits = _buttons(ask, question)
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
        options,
        submits,
        _chosen(ask, question),
        isinstance(question.kind, OneChoice),
    )


def _chosen(ask: Ask, question: Question) -> str:
    buttons = [button for row in ask.rows for button in row if button.weight == "main"]
    return buttons[0].act if buttons and isinstance(question.kind, OneChoice) else ""


def _filled(fields: tuple[Field, ...], posted: dict[str, tuple[str, ...]] | None) -> tuple[Field, ...]:
    """The fields as they were sent, so that nobody has to write anything twice; fields that the form did not have yet, as they are stored."""
    if posted is None:
        return fields
    names = {
        name
        for field in fields
        if field.name.endswith(".name") and not field.name.startswith("new.")
        for name in field.value
    }
    taken = bool(names) and set(lines_of("\n".join(posted.get("new.name", ())))) <= names
    return tuple(
        field if _is_as_stored(field, posted, taken) else replace(field, value=posted.get(field.name, ()))
        for field in fields
    )


def _is_as_stored(field: Field, posted: dict[str, tuple[str, ...]], taken: bool) -> bool:
    """Whether a field shows what is stored: files, things that the form did not list yet, and names that became things (`taken`)."""
    thing = field.name.partition(".")[0]
    return (
        field.form == "files"
        or (field.name.startswith("new.") and taken)
        or bool(field.group and f"{thing}.name" not in posted)
    )


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


def _buttons(ask: Ask, question: Question) -> tuple[tuple[tuple[Button, ...], ...], tuple[Button, ...]]:
    """The rows of buttons that stay, and the buttons that send the form. The chat's buttons for asking piece by piece are dropped."""
    match question.kind:
        case FreeText() | SeveralChoices() | Place() | Contact() | Day() | Times() | Amount():
            return (), _keyed(ask, CONTINUE)
        case Items():
            return (), _keyed(ask, ADD, ALL)
        case Attachments():
            removing = tuple(row for row in ask.rows if all(button.act.startswith("remove:") for button in row))
            return removing, _keyed(ask, replace(ADD_FILES, weight="plain"), CONTINUE) if removing else _keyed(
                ask, ADD_FILES
            )
        case _:
            return ask.rows, ()


def _keyed(ask: Ask, *buttons: Button) -> tuple[Button, ...]:
    return tuple(replace(button, key=ask.key) for button in buttons)
