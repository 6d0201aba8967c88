"""English by its keys: in a test a msgid is what is said in English, whatever the sentences of `locales/en` are.

So whoever changes an English sentence changes one file. What people really read is for the tests that are marked with `english`,
and for those that start processes, which have the catalogs of the program.
"""

from pathlib import Path

from bot.speech.catalog_file import CATALOGS, ENGLISH, FILE
from bot.speech.catalogs import say
from dialogs.language.words import Words, type_of_value

MARKER = "english: English as people read it, and not by its keys"


def by_keys(folder: Path) -> Path:
    """The catalogs in an empty folder, as they are, but that of English without a message: it has its head, and says its keys."""
    for path in CATALOGS.iterdir():
        if path.name != ENGLISH:
            (folder / path.name).symlink_to(path)
    head = (CATALOGS / ENGLISH / FILE).read_text(encoding="utf-8").partition("\n\nmsgid")[0]
    catalog = folder / ENGLISH / FILE
    catalog.parent.mkdir(parents=True)
    catalog.write_text(f"{head}\n", encoding="utf-8")
    return folder


def english(key: str, **values: type_of_value) -> str:
    """What people read in English for a key. For tests that are marked with `english`, and those that start processes."""
    return say(Words(key, values), ENGLISH)
