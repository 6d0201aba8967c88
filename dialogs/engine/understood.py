"""What a question's kind makes of an event, also of a form with buttons beside its fields."""

from dataclasses import replace

from dialogs.engine.declare import Question
from dialogs.kinds import reading
from dialogs.kinds.kind import AnswerEvent, Known, Refusal, Value
from dialogs.language.events import Fill, Press


def understood(asked: Question, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
    """What the question's kind makes of it. A button that stands beside the fields of a form is a press; what is written in them is read first."""
    if not isinstance(event, Fill):
        return reading.read(asked.kind, event, value, known)
    controls = asked.kind.offer(value, known)
    layout = asked.kind.layout(controls.rows)
    acts = {button.act for row in layout.rows for button in row} - {button.act for button in layout.submits}
    if event.act not in acts:
        return reading.read(asked.kind, event, value, known)
    before = {field.name: field.value for field in controls.fields}
    if any(any(values) and values != before.get(name) for name, values in event.fields.items()):
        written = reading.read(asked.kind, replace(event, act="done"), value, known)
        value = (written.value or value) if isinstance(written, Refusal) else written
    return reading.read(asked.kind, Press(event.act, event.key, event.draft, event.version), value, known)
