"""Which languages people are offered. Law: none in which what binds them is not said, or in which they would meet another language all the time.

Whoever uses a language that is not offered any more keeps it: what its catalog lacks is said in English, marked (bot/speech/catalogs.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_file

from bot.speech.catalog_file import ENGLISH, read
from bot.speech.catalogs import ALWAYS, languages
from dialogs.phases.steps import DIALOGS

ROOT = Path(__file__).parents[2]
ESSENTIAL = (
    # The terms, and what is said around them.
    "dialogs/applicants/terms.py",
    "dialogs/applicants/rooms.py",
    "bot/web/templates/privacy.html",
    # Sending; what each dialog says as it is sent stands in the dialog.
    "dialogs/applicants/sending.py",
    "dialogs/engine/show.py",
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
    "bot/web/templates/join.html",
    "bot/web/templates/back.html",
    "bot/web/templates/chat.html",
    "dialogs/applicants/begin.py",
    "dialogs/applicants/answers.py",
    "dialogs/applicants/writers.py",
    "bot/telegram/updates.py",
    "bot/telegram/carry.py",
)
"""Where the messages stand of which none may be missing."""
LEAST = 98
"""Per cent of all the other messages that have to be there."""
KEYWORDS = {"_": None, "n_": (1, 2)}


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
    """How far a catalog is behind. A message with a plural in English and none here, or the other way round, is missing."""
    wanted, there = read(ENGLISH).keys, read(code)
    missing = {key for key, plural in wanted.items() if key not in there.whole or there.keys[key] is not plural}
    if not missing:
        return Lag()
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
