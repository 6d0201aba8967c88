"""One catalog as its file has it: what its head says, and its messages."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

log = logging.getLogger(__name__)
CATALOGS = Path(__file__).parents[2] / "locales"
ENGLISH = "en"
"""What is said where another catalog lacks a message. Its own catalog is like the others: a msgid is a key that only reads like English."""
FILE = Path("LC_MESSAGES", "messages.po")
"""Where a catalog stands in the folder of its language."""
LINE = re.compile(r'(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?) )?"(?:[^"\\]+|\\.)*")?\s*')
"""A line of a catalog. Where quotation marks are missing, Babel would take the first and the last letter for them."""


class Broken(Exception):
    """A catalog that cannot be read. Its text names the file and what is wrong there."""


class Lacking(LookupError):
    """A catalog does not say this message yet."""


class _Lacks(NullTranslations):
    """What is asked for a message that a catalog does not have."""

    def gettext(self, message: str) -> str:
        raise Lacking(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise Lacking(msgid1)


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """What one file holds: what it says, as gettext asks for it; its keys, each with whether it has a plural; and those that it says in every form."""

    messages: NullTranslations
    about: Mapping[str, str]
    keys: Mapping[str, bool]
    whole: frozenset[str]


def read(code: str) -> CatalogFile:
    """The catalog file of a language, read once. Broken where it cannot be read; one that is not there holds nothing."""
    found = _read(CATALOGS, code)
    if isinstance(found, Broken):
        raise found
    return found


def catalog(code: str) -> NullTranslations:
    """The catalog of a language. Lacking where it is asked for a message that it does not have in every form;
    English never lacks one: it has the key. A language without a catalog that can be read has that of English.
    """
    found = _read(CATALOGS, code)
    if code != ENGLISH and (isinstance(found, Broken) or not found.keys):
        return catalog(ENGLISH)
    return read(code).messages


def about(code: str, folder: Path | None = None) -> Mapping[str, str]:
    """What the comment at the head of a catalog says of it: "Name" where Babel's is wrong, "Reviewed" (yes or no), "Date" and "Months",
    "Lines" ("sentence": each sentence stands on a line of its own, where lines can be shown).
    A key that is repeated continues: the tools break a line after 76 letters. Nothing of a catalog that cannot be read.
    `folder` holds the catalogs; ours without it.
    """
    found = _read(folder or CATALOGS, code)
    return {} if isinstance(found, Broken) else found.about


@cache
def _read(folder: Path, code: str) -> CatalogFile | Broken:
    path = folder / code / FILE
    if not path.exists():
        return CatalogFile(NullTranslations(), {}, {}, frozenset())
    try:
        return _parsed(path, code)
    except (UnknownLocaleError, PoFileError, ValueError, LookupError, OSError) as error:
        broken = Broken(f"{path}: {error}")
        log.error("A catalog cannot be read: %s", broken)
        return broken


def _parsed(path: Path, code: str) -> CatalogFile:
    Locale.parse(code)
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if not LINE.fullmatch(line):
            raise ValueError(f"line {number} is no key, no string in quotation marks and no comment")
    messages = read_po(lines, locale=code, abort_invalid=True)
    keys = {_key(one): one.pluralizable for one in messages if one.id}
    whole = frozenset(_key(one) for one in messages if one.id and filled(one))
    for message in [one for one in messages if one.id and not filled(one)]:
        messages.delete(message.id)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    found = GNUTranslations(compiled)
    found.add_fallback(NullTranslations() if code == ENGLISH else _Lacks())
    return CatalogFile(found, _about(text), keys, whole)


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _about(text: str) -> dict[str, str]:
    head = text.partition("\nmsgid")[0]
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
    _read.cache_clear()
