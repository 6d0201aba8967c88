"""What a paper is made of: headings, facts, lines, tables and pictures. The layout knows nothing of cases."""

from dataclasses import dataclass

from bot.documents.case_file import Said
from bot.documents.glyphs import BOX
from bot.documents.texts import SWEDISH

NOTE = f"Tecken som inte kan visas här står som {BOX}. De finns kvar i arende.json."


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 begins a part of the paper."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts, one below the other, each with its label."""

    rows: tuple[tuple[str, tuple[Said, ...]], ...]


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A label ("" for none) and longer text below it. `mark` names the language, `under` is the question word for word."""

    label: str
    values: tuple[Said, ...]
    mark: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, their shares of the width, and rows of cells, each with paragraphs.
    With `lead`, each row begins with its name and a description.
    """

    columns: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[tuple[Said, ...], ...], ...]
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was sent, known by the SHA-256 of its file."""

    sha256: str
    name: str
    mime: str


Block = Heading | Facts | LabelledLine | Table | Picture


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper, in order; `number` is on each page, `notice` above everything.

    Our own words are in `lang` (BCP 47) and run in `dir`; `page` is how pages are counted, `note` is added where a character has no glyph.
    """

    title: str
    number: str
    notice: str
    colophon: str
    blocks: tuple[Block, ...]
    lang: str = SWEDISH
    dir: str = "ltr"
    page: str = "Sida {number} av {total}"
    note: str = NOTE
    contents: bool = True
    """Whether the parts are listed at the beginning."""
