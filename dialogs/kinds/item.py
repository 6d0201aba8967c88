"""One thing of a list, as it is stored and as a form asks for it."""

import re

from dialogs.kinds.kind import Option, Value, id_today
from dialogs.language.replies import Choice, Field
from dialogs.language.words import Words, _

ID = re.compile(r"a[1-9][0-9]{0,8}")


def is_item(item: Value) -> bool:
    """Whether this is a thing with an id and a name."""
    return (
        isinstance(item, dict)
        and isinstance(item.get("name"), str)
        and isinstance(item.get("id"), str)
        and bool(ID.fullmatch(item["id"]))
    )


def kind_today(item: Value, kinds: tuple[Option, ...]) -> Value:
    """The thing with the id that its kind has today. Never raises, whatever is stored."""
    kind = item.get("kind") if isinstance(item, dict) else None
    return item | {"kind": id_today(kinds, kind)} if isinstance(kind, str) else item


def fields_of(item: Value, kinds: tuple[Choice, ...], flag_on: Words, longest: int) -> tuple[Field, ...]:
    """The fields that change it, or remove it."""
    id, name = item["id"], item["name"]
    flag = ("yes",) if item["flag"] else ()
    return (
        Field(f"{id}.name", "line", _("Name"), (name,), most=longest, group=name),
        Field(f"{id}.kind", "choice", _("Kind of actor"), (item["kind"],), kinds, group=name),
        Field(f"{id}.flag", "choices", "", flag, (Choice("yes", flag_on),), group=name),
        Field(f"{id}.remove", "choices", "", (), (Choice("yes", _("Remove")),), group=name),
    )
