"""Which languages people are offered. Law: none in which what binds them is not said, or in which they would meet another language all the time.

Whoever uses a language that is not offered any more keeps it: what its catalog lacks is said in English, marked (bot/speech/catalogs.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from bot.speech import catalog_file
from bot.speech.catalog_file import ENGLISH, FILE, filled
from bot.speech.catalogs import DEFAULT, languages
from dialogs.phases.steps import DIALOGS

ROOT = Path(__file__).parents[2]
ESSENTIAL = (
    # The terms, and what is said around them.
    "dialogs/applicants/terms.py",
    "dialogs/applicants/rooms.py",
    "bot/web/templates/privacy.html",
    # Sending; what each dialog says as it is sent stands in the dialog.
    "dialogs/applicants/sending.py",
    # Deletion.
    "dialogs/applicants/drop.py",
    "dialogs/applicants/warning.py",
    # Errors.
    "dialogs/engine/turn.py",
    "dialogs/engine/form.py",
    "dialogs/engine/confirm.py",
    "dialogs/kinds/*.py",
    "bot/web/http/guards.py",
    "bot/web/templates/trouble.html",
    "bot/telegram/updates.py",
    "bot/telegram/carry.py",
)
"""Where the messages stand of which none may be missing."""
LEAST = 98
"""Per cent of all the other messages that have to be there."""
ALWAYS = (DEFAULT, ENGLISH)
"""Languages that are offered whatever they lack: one that everybody is spoken to in who asks for none of ours, and one that stands in for the others."""
KEYWORDS = {"_": None, "n_": (1, 2)}
# What is read off a catalog as text: its keys, and whether anything in it is not translated.
KEY = re.compile(r'^msgid ("[^\n]*"\n(?:"[^\n]*"\n)*)', re.MULTILINE)
EMPTY = re.compile(r'^msgstr(?:\[\d\])? ""(?:\n(?!")|\Z)|^#, fuzzy', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a catalog is behind that of English: the messages that it lacks. All of them are 0 where it lacks none."""

    essential: int = 0
    others: int = 0
    of_others: int = 0
    of_all: int = 0
    """How many messages there are, missing or not."""

    @property
    def missing(self) -> int:
        """How many messages are missing."""
        return self.essential + self.others

    @property
    def there(self) -> float:
        """Per cent of all messages that are there."""
        return 100 * (1 - self.missing / self.of_all) if self.of_all else 100.0

    @property
    def offered(self) -> bool:
        """Whether the language is offered to people."""
        return not self.essential and 100 * self.others <= (100 - LEAST) * self.of_others


def lagging() -> frozenset[str]:
    """The codes of the languages that are not offered."""
    return frozenset(code for code in languages() if code not in ALWAYS and not lag(code).offered)


def table() -> list[str]:
    """How far each catalog that is behind is behind, the furthest first, in lines for whoever translates."""
    behind = {code: one for code in languages() if (one := lag(code)).missing}
    if not behind:
        return ["every catalog is whole"]
    left_out = lagging()
    lines = ["language  missing  essential  per cent there  offered"]
    for code, one in sorted(behind.items(), key=lambda pair: -pair[1].missing):
        offered = "no" if code in left_out else "yes"
        lines.append(f"{code:<8}{one.missing:>9}{one.essential:>11}{one.there:>16.1f}  {offered}")
    return lines


def lag(code: str) -> Lag:
    """How far a catalog is behind. Where nothing is missing this costs no more than reading the file as text."""
    path = catalog_file.CATALOGS / code / FILE
    text = path.read_text(encoding="utf-8")
    if not EMPTY.search(text) and _keys() <= {*KEY.findall(text)}:
        return Lag()
    wanted, there = _said(ENGLISH), _said(code)
    missing = wanted.keys() - {key for key, said in there.items() if said}
    binding = essential() & wanted.keys()
    return Lag(len(missing & binding), len(missing - binding), len(wanted.keys() - binding), len(wanted))


@cache
def essential() -> frozenset[str]:
    """The keys of the messages of which none may be missing."""
    paths = (path for pattern in ESSENTIAL for path in sorted(ROOT.glob(pattern)))
    return frozenset((*_sending(), *(key for path in paths for key in _standing_in(path))))


def _sending() -> Iterator[str]:
    for dialog in DIALOGS.values():
        for words in (*dialog.review, dialog.send, *dialog.sure, dialog.yes, dialog.sent, *dialog.next_steps):
            yield words.id


def _standing_in(path: Path) -> Iterator[str]:
    method = "jinja2" if path.suffix == ".html" else "python"
    for _line, key, _comments, _context in extract_from_file(method, path, keywords=KEYWORDS):
        yield key[0] if isinstance(key, tuple) else key


def _keys() -> frozenset[str]:
    """The keys of English as they are written."""
    return _written(catalog_file.CATALOGS / ENGLISH / FILE)


@cache
def _written(path: Path) -> frozenset[str]:
    return frozenset(KEY.findall(path.read_text(encoding="utf-8")))


def _said(code: str) -> dict[str, bool]:
    """Each key of a catalog, and whether it is translated."""
    with (catalog_file.CATALOGS / code / FILE).open("rb") as file:
        messages = read_po(file, locale=code)
    return {(one.id if isinstance(one.id, str) else one.id[0]): filled(one) for one in messages if one.id}
