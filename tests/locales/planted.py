"""A folder of catalogs with one message in them, and the glossaries that we have: what is planted there has to be found."""

import shutil
from datetime import datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from dialogs.kinds.day import STOCKHOLM
from locales.check import of_all
from locales.heads import cleaned
from locales.message import FILE, HERE


def said(folder: Path, code: str, key: str, swedish: str, text: str, comment: str = "") -> list[str]:
    """The faults of a language that says `text` for a key, beside the Swedish; `comment` is the translator's, above it.

    The head says of the language what the head of our catalog says.
    """
    for language, string, above in (("sv", swedish, ""), (code, text, comment)):
        catalog = Catalog(
            language, header_comment=about(language), project="Samverkansguiden", version="1", msgid_bugs_address=""
        )
        catalog.revision_date = datetime(2026, 11, 21, 10, tzinfo=STOCKHOLM)
        catalog.add(key, string, user_comments=[above] if above else [])
        path = folder / language / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog)
        clean = cleaned(path.read_text(encoding="utf-8"))
        path.write_text(clean.replace("FULL NAME <EMAIL@ADDRESS>", "us").replace(" <LL@li.org>", ""), encoding="utf-8")
        shutil.copy(HERE / language / "glossary.md", folder / language)
    return [one for one in of_all(folder) if one.startswith(f"{code}: ")]


def about(code: str) -> str:
    """The lines about itself at the head of our catalog of a language."""
    head = (HERE / code / FILE).read_text(encoding="utf-8").partition("\nmsgid")[0]
    return "\n".join((f"# {code}", *(line for line in head.splitlines() if line.startswith("# X-"))))
