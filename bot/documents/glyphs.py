"""What our fonts can show. A PDF that everybody can read holds no character without a glyph; such a character becomes a box, and the paper says so."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from struct import unpack_from

FONTS = Path(__file__).parent / "fonts"
BOX = "\u25a1"
FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic", "DejaVu Sans", "Noto Emoji")
"""In the order in which they are asked for a glyph. Together they cover most of what is written in Malmö, except Chinese and Indic scripts."""
JOINED = re.compile(rf"[\u200d\ufe0e\ufe0f]*{BOX}(?:[\u200d\ufe0e\ufe0f]*{BOX}|[\u200d\ufe0e\ufe0f])*")
TOKEN = re.compile(r"[!-~]{41,}")


@cache
def covered() -> frozenset[int]:
    """Every character that one of the fonts has a glyph for."""
    return frozenset(code for path in FONTS.glob("*.ttf") for code in _codes(path.read_bytes()))


@cache
def plain() -> frozenset[int]:
    """The characters of the two text fonts: enough to say everything, should a rarer character ever make a page impossible."""
    names = ("NotoSans-Regular.ttf", "NotoSansArabic-Regular.ttf")
    return frozenset(code for name in names for code in _codes((FONTS / name).read_bytes())) | {ord(BOX)}


def printable(text: str, known: frozenset[int]) -> str:
    """`text` with a box for each thing that has no glyph, and with break points in words too long for a line."""
    shown = "".join(char if _has(char, known) else BOX for char in unicodedata.normalize("NFC", text))
    return TOKEN.sub(lambda token: "\u200b".join(re.findall(".{1,20}", token[0])), JOINED.sub(_boxes, shown))


def _has(char: str, known: frozenset[int]) -> bool:
    category = unicodedata.category(char)
    return char in "\n\t" or category in ("Cf", "Zs") or (ord(char) in known and category != "Cc")


def _boxes(found: re.Match[str]) -> str:
    """One box for characters that were joined, as in the emoji of a family."""
    parts = re.sub(rf"{BOX}\u200d(?={BOX})", "", found[0])
    return "".join(char for char in parts if char == BOX)


def _codes(font: bytes) -> Iterator[int]:
    """The characters of a TrueType font's `cmap` table (formats 4 and 12; ISO/IEC 14496-22)."""
    tables = {font[at : at + 4]: unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * font[5], 16)}
    cmap = tables[b"cmap"]
    count = unpack_from(">H", font, cmap + 2)[0]
    for number in range(count):
        start = cmap + unpack_from(">I", font, cmap + 8 + 8 * number)[0]
        form = unpack_from(">H", font, start)[0]
        if form == 4:
            yield from _segments(font, start)
        elif form == 12:
            for group in range(unpack_from(">I", font, start + 12)[0]):
                first, last, glyph = unpack_from(">III", font, start + 16 + 12 * group)
                yield from range(first + (glyph == 0), last + 1)


def _segments(font: bytes, start: int) -> Iterator[int]:
    """Format 4: segments with a delta, or an offset into an array of glyphs."""
    size = unpack_from(">H", font, start + 6)[0]
    for at in range(start + 14, start + 14 + size, 2):
        last, first = unpack_from(">H", font, at)[0], unpack_from(">H", font, at + size + 2)[0]
        delta, offset = (unpack_from(">H", font, at + 2 + by * size)[0] for by in (2, 3))
        for code in range(first, min(last, 0xFFFE) + 1):
            place = at + 2 + 3 * size + offset + 2 * (code - first)
            glyph = unpack_from(">H", font, place)[0] if offset else code
            if glyph and (glyph + delta) % 0x10000:
                yield code
