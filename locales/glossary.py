"""What a machine can check of a language's glossary.md: the tables below "Stems" and "Never"."""

import re
from dataclasses import dataclass
from pathlib import Path

from locales.phrases import Phrases

HEADING = re.compile(r"^#+ +(.+?) *$")
CELL = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Term:
    """A term of the house in one language: some of `stems` stand in each message that uses it, and none of `never`.

    `key` says, in the Swedish glossary alone, which English words of a msgid call for the term.
    """

    name: str
    stems: Phrases
    never: Phrases
    key: Phrases


@dataclass(frozen=True)
class Never:
    """Words that no message may have, what to write instead, and why."""

    words: Phrases
    instead: str
    why: str


@dataclass(frozen=True, eq=False)
class Glossary:
    """The terms of a language, and the words that it does without."""

    terms: tuple[Term, ...]
    never: tuple[Never, ...]


def read(path: Path) -> Glossary:
    """The glossary in a file; an empty one where there is no file (tests/speech/test_catalogs.py asks for it)."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    terms = [
        Term(row["term"], *(Phrases(row.get(column, "")) for column in ("stems", "never", "key")))
        for row in rows(text, "Stems")
    ]
    never = [Never(Phrases(row["never"]), row.get("instead", ""), row.get("why", "")) for row in rows(text, "Never")]
    return Glossary(tuple(terms), tuple(never))


def rows(text: str, section: str) -> list[dict[str, str]]:
    """Each row of the tables below a heading, its cells by the name of their column in lower case."""
    found, columns, inside = list[dict[str, str]](), list[str](), False
    for line in text.splitlines():
        if heading := HEADING.match(line):
            inside, columns = heading[1] == section, []
        elif inside and line.startswith("|"):
            cells = [cell.strip().replace(r"\|", "|") for cell in CELL.split(line.strip().strip("|"))]
            if not columns:
                columns = [cell.lower() for cell in cells]
            elif cells[0].strip(":- "):
                found.append(dict(zip(columns, cells, strict=False)))
    return found
