"""A whole dialog as one form: each question is a box with native fields, named "<question>.<field>"."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.web.pages.posted import as_posted
from dialogs.engine.condition import is_
from dialogs.engine.confirm import OUTDATED
from dialogs.engine.declare import Dialog, Question
from dialogs.engine.draft import Draft, changed_words, has_changed, path
from dialogs.engine.form import ASKED, CHANGED, KEPT, PREFILLED, Posted, seen
from dialogs.kinds.kind import Known
from dialogs.language.replies import Choice, Field
from dialogs.language.words import Listing, Text, Words, _


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """A question of a form: its fields, what is wrong with its answer, and when it applies, in words and for scripts."""

    question: Question
    fields: tuple[Field, ...]
    error: Words | None = None
    when: Words | None = None
    hangs_on: str = ""
    """The name of the field that decides whether the question applies; the values that make it apply follow below."""
    values: tuple[str, ...] = ()
    seen: str = ""
    """What the form sends along of what the question is prefilled with, unseen."""
    source: Words | None = None
    """Where what it is prefilled with comes from, while nobody has changed it."""
    changed: bool = False
    """Whether it is asked otherwise than it was answered, or no longer; the form sends along that it has said so."""
    before: tuple[Text, ...] = ()
    """What is said about that, with what was answered then as far as the fields do not hold it."""

    @property
    def key(self) -> str:
        """The key of its question."""
        return self.question.key

    @property
    def unseen(self) -> str:
        """The name of the field that goes along unseen."""
        return f"{self.key}.{PREFILLED}"

    @property
    def told(self) -> str:
        """The name of the field that says that `changed` was shown."""
        return f"{self.key}.{ASKED}"

    @property
    def alone(self) -> bool:
        """Whether the question has a single field, so that its text is the label."""
        return len(self.fields) == 1 and not self.fields[0].choices


def boxes(
    dialog: Dialog, draft: Draft, refused: Mapping[str, Words] | None = None, posted: Posted | None = None
) -> tuple[FormQuestion, ...]:
    """The boxes of a form with what the draft holds; after a refusal, with what was `posted`, so that nobody has to write it twice."""
    along = path(dialog, draft)
    known = along.known
    found: dict[str, Question] = {}
    for question in dialog.questions:
        found.setdefault(question.key, question)
    asked = tuple(
        _box(question, found, draft, known, (refused or {}).get(question.key), posted) for question in found.values()
    )
    return (*asked, *(_gone(question, draft, known, (refused or {}).get(question.key)) for question in along.gone))


def _gone(question: Question, draft: Draft, known: Known, error: Words | None) -> FormQuestion:
    """What is no longer asked, to be kept or left out."""
    keep = Field(f"{question.key}.{KEPT}", "choices", question.label, (KEPT,), (Choice(KEPT, _("Keep it as it is")),))
    words = question.kind.show(draft.value(question.key), known)
    return FormQuestion(question, (keep,), error, changed=True, before=_before(words))


def _changed(question: Question, draft: Draft, known: Known, error: Words | None) -> tuple[Text, ...]:
    """That the question has been changed, and what was answered then as far as the fields do not hold it."""
    words = changed_words(question, draft, known)
    return (*(() if error == CHANGED else (CHANGED,)), *(_before(words) if words else ()))


def _before(words: tuple[Text, ...]) -> tuple[Text, ...]:
    return (_("{label}:", label=_("You wrote before")), *words)


def _box(
    question: Question,
    all: Mapping[str, Question],
    draft: Draft,
    known: Known,
    error: Words | None,
    posted: Posted | None,
) -> FormQuestion:
    stored = _fields(question, draft, known)
    fields = stored
    if posted is not None and error != OUTDATED:
        fields = as_posted(stored, posted.get(question.key, {}))
    made = FormQuestion(question, _named_fields(question, fields), error, seen=seen(draft, question.key))
    if has_changed(question, draft):
        made = replace(made, changed=True, before=_changed(question, draft, known, error))
    if made.seen and draft.prefilled and fields == stored:
        made = replace(made, source=draft.prefilled[question.key].origin)
    match question.when:
        case is_(key=key, values=values) if key in all:
            choosing = _fields(all[key], draft, known)[0]
            names = tuple(_named(choosing, value) for value in values)
            said = _("Only when “{question}” is: {answers}", question=all[key].label, answers=Listing(names))
            return replace(made, when=said, hangs_on=f"{key}.{choosing.name}", values=values)
        case _:
            return made


def _named_fields(question: Question, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(replace(field, name=f"{question.key}.{field.name}") for field in fields)


def _fields(question: Question, draft: Draft, known: Known) -> tuple[Field, ...]:
    """The fields of a question; what a chat has buttons for that exclude each other is a choice."""
    value = draft.value(question.key)
    controls = question.kind.offer(value, known)
    layout = question.kind.layout(controls.rows)
    if not layout.chooses:
        return controls.fields
    choices = tuple(Choice(button.act, button.label) for row in layout.rows for button in row)
    return (Field("choice", "choice", question.label, (value,) if isinstance(value, str) else (), choices),)


def _named(choosing: Field, value: str) -> Text:
    return next((choice.label for choice in choosing.choices if choice.id == value), value)


def posted_in(fields: Mapping[str, tuple[str, ...]]) -> Posted:
    """The inputs of a posted form, by question and field."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, values in fields.items():
        key, dot, rest = name.partition(".")
        if dot:
            found.setdefault(key, {})[rest] = values
    return found
