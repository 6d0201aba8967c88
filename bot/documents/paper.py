"""What a paper is made of: headings, facts, lines, tables and pictures. Whoever lays it out knows nothing of cases."""

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
    """Short facts below each other, each with its label."""

    rows: tuple[tuple[str, tuple[Said, ...]], ...]


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A label ("" for none) and what stands there, at length. `mark` says the language, `under` what was asked word for word."""

    label: str
    values: tuple[Said, ...]
    mark: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns with their shares of the width, and rows of cells of paragraphs.
    With `lead` each row begins with its name, and what is said of it.
    """

    columns: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[tuple[Said, ...], ...], ...]
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was sent, by the SHA-256 of its file."""

    sha256: str
    name: str
    mime: str


Block = Heading | Facts | LabelledLine | Table | Picture


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything on paper, in order; `number` stands on each page, `notice` above everything.

    Our own words are in `lang` (BCP 47) and run in `dir`; `page` counts the pages, `note` is said where a character has no glyph.
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
