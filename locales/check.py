"""Translation drift: the template is what the source says, Swedish and English are whole, and every place is right in every language.

The others may lag while one works: how far each is behind is printed. Exits 1 with each problem in a line.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

HERE = Path(__file__).parent
PLACE = re.compile(r"\{(\w+)\}")
WHOLE = ("en", "sv")
"""The catalogs of which no message may be missing: Swedish counts, and English is said where another one lacks a message."""


def extracted() -> Catalog:
    """The template as the source says it is now."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "messages.pot"
        command = [
            "pybabel",
            "-q",
            "extract",
            "-F",
            str(HERE / "babel.cfg"),
            "-k",
            "_",
            "-k",
            "n_:1,2",
            "--no-location",
            "-o",
            str(fresh),
            ".",
        ]
        subprocess.run(
            [
                sys.executable,
                "-c",
                "from babel.messages.frontend import main; import sys; sys.argv[0] = 'pybabel'; main()",
                *command[1:],
            ],
            cwd=HERE.parent,
            check=True,
        )
        with fresh.open("rb") as file:
            return read_po(file)


def read(path: Path, locale: str | None = None) -> Catalog:
    """A catalog from its file."""
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def texts(value: object) -> tuple[str, ...]:
    """A message id or string, singular or plural, as a tuple."""
    return tuple(value) if isinstance(value, (tuple, list)) else (str(value),)


def problems(source: Catalog, catalog: Catalog, name: str, may_lag: bool = False) -> list[str]:
    """What is wrong with one catalog; when it `may_lag`, it is no fault that a message is missing."""
    wanted = {message.id: message for message in source if message.id}
    there = {message.id: message for message in catalog if message.id}
    found = [] if may_lag else [f"{name}: missing: {texts(id)[0]!r}" for id in wanted.keys() - there.keys()]
    found += [f"{name}: not in the source any more: {texts(id)[0]!r}" for id in there.keys() - wanted.keys()]
    for id, message in there.items():
        if message.fuzzy:
            found.append(f"{name}: fuzzy: {texts(id)[0]!r}")
        forms = catalog.num_plurals if isinstance(id, tuple) else 1
        found += _message(name, texts(id), texts(message.string), forms, may_lag)
    return found


def _message(name: str, id: tuple[str, ...], strings: tuple[str, ...], forms: int, may_lag: bool) -> list[str]:
    found = []
    if (len(strings) != forms or not all(strings)) and not (may_lag and not all(strings)):
        found.append(f"{name}: {forms} translation(s) wanted: {id[0]!r}")
    wanted = set(PLACE.findall(id[-1]))
    for string in filter(None, strings):
        places = set(PLACE.findall(string))
        # A language may say "one" or "two" in words.
        if places - wanted or (wanted - places) - ({"count"} if len(id) > 1 else set()):
            found.append(f"{name}: places {sorted(places)} instead of {sorted(wanted)}: {id[0]!r}")
    return found


def main() -> int:
    """Check everything; the exit status."""
    source = extracted()
    found = [
        f"template: run `make translations`: {'new' if id in {m.id for m in source} else 'gone'}: {texts(id)[0]!r}"
        for id in {m.id for m in source} ^ {m.id for m in read(HERE / "messages.pot")}
        if id
    ]
    for path in sorted(HERE.glob("*/LC_MESSAGES/messages.po")):
        locale = path.parent.parent.name
        found += problems(source, read(path, locale), locale, locale not in WHOLE)
    sys.path.insert(0, str(HERE.parent))
    from bot.speech.offered import table

    print("\n".join([*sorted(found), f"{len(list(source))} messages", *table()]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
