"""Dialog values to JSON and back: one adapter for each type that is stored whole."""

from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from dialogs.engine.draft import Answer
from dialogs.engine.record import Record
from dialogs.language.replies import Reply
from dialogs.language.words import Text

ANSWERS: TypeAdapter[dict[str, Answer]] = TypeAdapter(dict[str, Answer])
RECORD: TypeAdapter[Record] = TypeAdapter(Record)
REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)
TEXT: TypeAdapter[Text] = TypeAdapter(Text)
AS_JSON: Any = {"json_serializer": lambda value: to_json(value).decode(), "json_deserializer": from_json}
"""How an engine writes and reads JSON columns: pydantic is several times as fast as the standard library."""


def as_json(adapter: TypeAdapter[Any], value: object) -> Any:
    """`value` as JSON data."""
    return adapter.dump_python(value, mode="json")
