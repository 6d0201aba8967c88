"""Everything that a machine can say of the template and the catalogs. Exits 1 with each fault in a line.

Swedish and English have to be whole; the others may lag while one works, and how far each is behind is printed.
`--whole`: only whether the messages are there, with every place; not how they are said.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog

from bot.speech.offered import table
from locales import days, glossary, heads, quotes, spaces, terms
from locales.glossary import Glossary
from locales.message import FILE, HERE, Message, catalogs, messages, read, texts
from locales.template import extracted
from locales.whole import WHOLE, problems

WEB = HERE.parent / "bot" / "web"


def of_template(source: Catalog) -> Iterator[str]:
    """Each message in which the template is not what the source says."""
    now, kept = ({one.id for one in catalog if one.id} for catalog in (source, read(HERE / "messages.pot")))
    for id in now ^ kept:
        yield f"template: run `make translations`: {'new' if id in now else 'gone'}: {texts(id)[0]!r}"


def of_language(code: str, folder: Path, swedish: Catalog, meant: Glossary) -> Iterator[str]:
    """How a language is said, in the catalog and by the glossary of its folder."""
    path = folder / code / FILE
    yield from heads.faults(path.read_text(encoding="utf-8"))
    said = [*messages(read(path, code), swedish)]
    yield from terms.faults(said, code, glossary.read(folder / code / "glossary.md"), meant)
    for message in said:
        for form in message.forms:
            yield from of_text(form, message, code, folder)
    yield from days.of_the_year(code, folder)


def of_text(text: str, message: Message, code: str, folder: Path) -> Iterator[str]:
    """What is wrong with how a text is set."""
    yield from quotes.faults(text, code)
    yield from spaces.faults(text, code)
    yield from days.faults(text, message.key, days.written(code, folder))


def of_all(folder: Path) -> Iterator[str]:
    """How every language of a folder is said, beside the Swedish in it."""
    swedish, meant = (
        read(folder / terms.SWEDISH / FILE, terms.SWEDISH),
        glossary.read(folder / terms.SWEDISH / "glossary.md"),
    )
    for code in catalogs(folder):
        yield from (f"{code}: {one}" for one in of_language(code, folder, swedish, meant))


def main(*arguments: str) -> int:
    """Check everything; the exit status."""
    source = extracted()
    found = [*of_template(source)]
    for code in catalogs(HERE):
        found += problems(source, read(HERE / code / FILE, code), code, code not in WHOLE)
    if "--whole" not in arguments:
        style = (WEB / "static" / "style.css").read_text(encoding="utf-8")
        found += (*of_all(HERE), *quotes.on_the_web(style), *quotes.in_templates(WEB / "templates"))
    print("\n".join([*sorted(found), f"{len(list(source))} messages", *table()]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
