"""The fields of a form that was refused, as they were posted: nobody has to write anything twice."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.kinds.place import lines_of
from dialogs.language.replies import Field


def as_posted(fields: tuple[Field, ...], posted: Mapping[str, tuple[str, ...]]) -> tuple[Field, ...]:
    """The fields with what was sent in them; those that the form did not have yet, and files, as they are stored."""
    names = {name for field in fields if field.group and field.name.endswith(".name") for name in field.value}
    taken = bool(names) and set(lines_of("\n".join(posted.get("new.name", ())))) <= names
    return tuple(
        field if _is_as_stored(field, posted, taken) else replace(field, value=posted.get(field.name, ()))
        for field in fields
    )


def _is_as_stored(field: Field, posted: Mapping[str, tuple[str, ...]], taken: bool) -> bool:
    """Whether a field shows what is stored: files, things that the form did not list yet, and names that became things (`taken`)."""
    thing = field.name.partition(".")[0]
    return (
        field.form == "files"
        or (field.name.startswith("new.") and taken)
        or bool(field.group and f"{thing}.name" not in posted)
    )
