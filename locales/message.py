"""A message in one language, beside the key in the source and the Swedish, which is what it means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

HERE = Path(__file__).parent
FILE = Path("LC_MESSAGES", "messages.po")
"""Where a catalog stands in the folder of its language."""
EXCEPTION = re.compile(r"\b(without|with): ([^—]+?) — \S")
"""A translator's comment above a message: "# without: contact person — the pronoun says it"; "# with: Twój — quoted"."""


@dataclass(frozen=True)
class Message:
    """`forms` are what is said, one for each plural form; `without` the terms and `allowed` the words that it is excused from."""

    key: str
    swedish: str
    forms: tuple[str, ...]
    without: frozenset[str]
    allowed: frozenset[str]


def catalogs(folder: Path) -> list[str]:
    """The codes of the languages that have a catalog in a folder."""
    return sorted(path.parent.parent.name for path in folder.glob(f"*/{FILE}"))


def read(path: Path, locale: str | None = None) -> Catalog:
    """A catalog from its file."""
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def texts(value: object) -> tuple[str, ...]:
    """A message id or string, singular or plural, as a tuple."""
    return tuple(value) if isinstance(value, (tuple, list)) else (str(value),)


def messages(catalog: Catalog, swedish: Catalog) -> Iterator[Message]:
    """Every message of a catalog that is translated."""
    for one in catalog:
        forms = tuple(filter(None, texts(one.string)))
        if one.id and forms:
            meant = swedish.get(texts(one.id)[0])
            excused = EXCEPTION.findall(" ".join(one.user_comments))
            yield Message(
                "\n".join(texts(one.id)),
                "\n".join(texts(meant.string)) if meant else "",
                forms,
                *(_names(excused, word) for word in ("without", "with")),
            )


def _names(excused: list[tuple[str, str]], word: str) -> frozenset[str]:
    return frozenset(name.strip() for kind, names in excused if kind == word for name in names.split(","))
