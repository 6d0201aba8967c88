"""Reading an answer. Law: a text of which only the beginning was read is not an answer, and nothing of it is kept."""

from dialogs.kinds.kind import AnswerEvent, Kind, Known, Refusal, Value
from dialogs.kinds.text import too_long, too_long_by
from dialogs.language.events import Fill, Say
from dialogs.language.words import LONGEST


def read(kind: Kind, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
    """What `kind` makes of an event; a Refusal if the text is longer than any answer, whatever the kind made of its beginning."""
    found = kind.read(event, value, known)
    if not isinstance(event, Say | Fill) or not event.over:
        return found
    if not isinstance(found, Refusal):
        return Refusal(too_long(LONGEST + event.over, LONGEST))
    return Refusal(too_long_by(event.over, found.words))
