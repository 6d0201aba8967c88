"""Reading an event's data, which may be anything: whatever is not what a step expects reads as nothing."""

from dialogs.case.case import CaseEvent
from dialogs.kinds.day import day_of, in_words
from dialogs.language.words import Moment, Text, Words


def text(event: CaseEvent, key: str) -> str:
    """The text under this key, or ""."""
    value = event.data.get(key)
    return value if isinstance(value, str) else ""


def title(event: CaseEvent) -> Text:
    """The title that the event names, or ""."""
    value = event.data.get("title")
    return value if isinstance(value, str | Words) else ""


def listed(event: CaseEvent, key: str) -> tuple[str, ...]:
    """The texts listed under this key, as they are or as the answer to a choice among several."""
    value = event.data.get(key)
    if isinstance(value, dict):
        value = value.get("ids") or value.get("times")
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list | tuple) else ()


def day(event: CaseEvent, key: str) -> Moment | str:
    """The calendar day under this key, for a reader; what stands there if it is none."""
    found = day_of(event.data.get(key))
    return in_words(found) if found else shown(event, key)


def shown(event: CaseEvent, key: str) -> str:
    """Whatever stands under this key, as a text."""
    return str(event.data.get(key) or "")
