"""One catalog as its file has it: what its head says, and its messages."""

import re
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGS = Path(__file__).parents[2] / "locales"
ENGLISH = "en"
"""What is said where another catalog lacks a message. Its own catalog is like the others: a msgid is a key that only reads like English."""
FILE = Path("LC_MESSAGES", "messages.po")
"""Where a catalog stands in the folder of its language."""


class Lacking(LookupError):
    """A catalog does not say this message yet."""


class _Lacks(NullTranslations):
    """What is asked for a message that a catalog does not have."""

    def gettext(self, message: str) -> str:
        raise Lacking(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise Lacking(msgid1)


def catalog(code: str) -> NullTranslations:
    """The catalog of a language, read once. Lacking where it is asked for a message that it does not have in every form;
    English never lacks one: it has the key. A language without a catalog has that of English.
    """
    return _catalog(CATALOGS, code)


@cache
def _catalog(folder: Path, code: str) -> NullTranslations:
    path = folder / code / FILE
    if not path.exists():
        return NullTranslations() if code == ENGLISH else _catalog(folder, ENGLISH)
    with path.open("rb") as file:
        messages = read_po(file, locale=code)
    for message in [one for one in messages if one.id and not filled(one)]:
        messages.delete(message.id)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    found = GNUTranslations(compiled)
    found.add_fallback(NullTranslations() if code == ENGLISH else _Lacks())
    return found


def about(code: str) -> dict[str, str]:
    """What the comment at the head of a catalog says of it: "Name" where Babel's is wrong, "Reviewed" (yes or no), "Date" and "Months",
    "Lines" ("sentence": each sentence stands on a line of its own, where lines can be shown).
    A key that is repeated continues: the tools break a line after 76 letters.
    """
    return _about(CATALOGS, code)


@cache
def _about(folder: Path, code: str) -> dict[str, str]:
    path = folder / code / FILE
    if not path.exists():
        return {}
    head = path.read_text(encoding="utf-8").partition("\nmsgid")[0]
    found: dict[str, str] = {}
    for key, value in re.findall(r"^# X-(\w+): *(.+?) *$", head, re.MULTILINE):
        found[key] = f"{found[key]} {value}" if key in found else value
    return found


def filled(message: Message) -> bool:
    """Whether a message of a catalog is translated, in each of its forms."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(forms) and not message.fuzzy


def read_anew() -> None:
    """Forget what was read of the catalogs, so that what has been changed since is seen."""
    for kept in (_catalog, _about):
        kept.cache_clear()
