"""The paper as a tagged PDF, made by typst: accessible to everybody (PDF/UA-1) and fit for the archive (PDF/A-2a).

Law: somebody's text goes to typst as data, never as source.
"""

import json
import shutil
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any, assert_never

from bot.documents.case_file import Said
from bot.documents.glyphs import BOX, FAMILIES, FONTS, covered, plain, printable
from bot.documents.paper import Block, Facts, Heading, LabelledLine, Paper, Picture, Table
from bot.documents.pictures import place
from bot.documents.texts import text_direction
from bot.speech.catalogs import ISOLATE, POP

TEMPLATE, ALONE = Path(__file__).parent / "paper.typ", Path(__file__).parent / "picture.typ"


class Unshown(Exception):
    """Pictures of a paper that typst cannot draw, by the SHA-256 of their files."""

    def __init__(self, sha256s: frozenset[str]) -> None:
        super().__init__(f"{len(sha256s)} pictures")
        self.sha256s = sha256s


def pdf(paper: Paper, folder: Path, made: datetime) -> bytes:
    """The bytes of the PDF. Its pictures are in `folder`, named by `place`. The same paper always gives the same bytes.
    Unshown when a picture cannot be drawn.
    """
    import typst

    try:
        return _compiled(TEMPLATE, laid_out(paper, covered()), folder, made)
    except typst.TypstError:
        pictures = [block.sha256 for block in paper.blocks if isinstance(block, Picture)]
        if broken := frozenset(one for one in pictures if not _is_readable(one, folder, made)):
            raise Unshown(broken) from None
        # Some cluster of characters is in no single font as a whole.
        return _compiled(TEMPLATE, laid_out(paper, plain()), folder, made)


def _is_readable(sha256: str, folder: Path, made: datetime) -> bool:
    """Whether typst can draw a picture."""
    import typst

    try:
        _compiled(ALONE, {"path": place(sha256)}, folder, made)
    except typst.TypstError:
        return False
    return True


def _compiled(template: Path, data: dict[str, Any], folder: Path, made: datetime) -> bytes:
    import typst

    # Typst sees only this folder; what people wrote is not in it, and never on disk.
    return typst.compile(
        Path(shutil.copy(template, folder)),
        root=folder,
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(made.timestamp()),
    )


def laid_out(paper: Paper, known: frozenset[int]) -> dict[str, Any]:
    """What the template reads: strings, numbers and lists."""
    page = Typesetter(known, paper.dir)
    blocks = [page.block(block) for block in paper.blocks]
    title = page.text(paper.title)
    return {
        "families": FAMILIES,
        "title": title,
        "number": page.text(paper.number),
        "notice": page.text(paper.notice),
        "colophon": page.text(paper.colophon),
        "note": page.text(paper.note) if page.boxes else "",
        "page": paper.page,
        "lang": paper.lang.partition("-")[0],
        "dir": paper.dir,
        "contents": paper.contents,
        "blocks": blocks,
    }


class Typesetter:
    """Makes blocks printable with the characters `known`, on pages of this direction, and counts the characters it had to show as a box."""

    def __init__(self, known: frozenset[int], dir: str) -> None:
        self.known, self.dir, self.boxes = known, dir, 0

    def text(self, text: str) -> str:
        shown = printable(text, self.known).replace("\t", " ")
        self.boxes += shown.count(BOX) - text.count(BOX)
        return shown

    def named(self, text: str) -> str:
        """A heading, or the description of a picture: never empty, and never only invisible characters."""
        shown = " ".join(self.text(text).split())
        return shown if any(unicodedata.category(char)[0] not in "CMZ" for char in shown) else "–"

    def run(self, said: Said) -> dict[str, Any]:
        """A paragraph: its lines, language and direction, and whether these are somebody's own words."""
        own = said.original and said.language is not None
        lines = self.text(said.text).split("\n")
        return {
            "lines": lines if own else [self._apart(line) for line in lines],
            "lang": (said.language or "").partition("-")[0] or None,
            "dir": text_direction(said.text) if own else self.dir,
            "own": own,
        }

    def _apart(self, line: str) -> str:
        """Isolate a line on a right-to-left page, so that a phone number or an address keeps its own direction."""
        return f"{ISOLATE}{line}{POP}" if self.dir == "rtl" else line

    def runs(self, values: tuple[Said, ...]) -> list[dict[str, Any]]:
        return [self.run(value) for value in values]

    def block(self, block: Block) -> dict[str, Any]:
        match block:
            case Heading(text, level):
                return {"block": "heading", "text": self.named(text), "level": level}
            case Facts(rows):
                made = [[self.text(label), self.runs(values)] for label, values in rows]
                short = _is_short(*(value for _label, values in rows for value in values))
                return {"block": "facts", "rows": made, "short": short}
            case LabelledLine(label, values, mark, under):
                return {
                    "block": "line",
                    "label": self.text(label),
                    "mark": self.text(mark),
                    "under": self.text(under),
                    "values": self.runs(values),
                    "short": _is_short(*values),
                }
            case Table(columns, shares, rows, lead):
                cells = [[self.runs(cell) for cell in row] for row in rows]
                names = [self.text(column) for column in columns]
                return {"block": "table", "columns": names, "shares": shares, "rows": cells, "lead": lead}
            case Picture(sha256, name, _mime):
                return {"block": "picture", "path": place(sha256), "alt": self.named(name)}
        assert_never(block)


def _is_short(*values: Said) -> bool:
    """Whether this takes at most about a dozen lines, so that it can stay on one page."""
    return sum(len(value.text) // 90 + 1 + value.text.count("\n") for value in values) <= 12
