"""The door through which every text goes to Telegram: here, and nowhere else, it is escaped, and here it is cut into messages that fit."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

MOST = 4096
"""UTF-16 units of a message after its entities are parsed (Bot API, sendMessage)."""
POP, OPENERS = "\u2069", "\u2066\u2067\u2068"
Tag = Literal["", "b", "i", "u", "blockquote"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of plain text, as a reader sees it, in one tag of Telegram's HTML ("" for none)."""

    text: str
    tag: Tag = ""

    def html(self) -> str:
        """The run as HTML."""
        safe = html.escape(self.text, quote=False)
        return f"<{self.tag}>{safe}</{self.tag}>" if self.tag and safe else safe


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that belong together. A `tight` paragraph starts on the next line, any other after an empty line."""

    runs: tuple[Run, ...]
    tight: bool = False

    @property
    def size(self) -> int:
        """Its length in UTF-16 units."""
        return sum(units(run.text) for run in self.runs)

    def html(self) -> str:
        """The paragraph as HTML."""
        return "".join(run.html() for run in self.runs)


def units(text: str) -> int:
    """The length of a text as Telegram counts it: in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def messages(paragraphs: list[Paragraph], most: int = MOST) -> list[str]:
    """The paragraphs as HTML, in as few messages as can hold them, cut between paragraphs and never inside an entity."""
    pages: list[str] = []
    page, size = "", 0
    for paragraph in (part for whole in paragraphs for part in _fitting(whole, most)):
        gap = ("\n" if paragraph.tight else "\n\n") if page else ""
        if page and size + len(gap) + paragraph.size > most:
            pages.append(page)
            page, size, gap = "", 0, ""
        page, size = page + gap + paragraph.html(), size + len(gap) + paragraph.size
    return [*pages, page] if page else pages


def _fitting(paragraph: Paragraph, most: int) -> Iterator[Paragraph]:
    """The paragraph, in parts if it is too long for one message. Parts without a visible character are left out."""
    runs: list[Run] = []
    room = most
    for run in paragraph.runs:
        rest = run.text
        while units(rest) > room:
            head, rest = cut(rest, room)
            yield Paragraph((*runs, replace(run, text=head)), paragraph.tight)
            runs, room = [], most
        runs.append(replace(run, text=rest))
        room -= units(rest)
    if any(run.text.strip() for run in runs):
        yield Paragraph(tuple(runs), paragraph.tight)


def cut(text: str, most: int) -> tuple[str, str]:
    """As much of `text` as fits `most` UTF-16 units, up to the end of a line or a word where there is one in its second half; and the rest."""
    end, size = 0, 0
    while end < len(text) and size + units(text[end]) <= most:
        size += units(text[end])
        end += 1
    if end == len(text):
        return text, ""
    for mark in ("\n", " "):
        at = text.rfind(mark, end // 2, end + 1)
        if at > 0:
            return text[:at], text[at + 1 :]
    return text[:end], text[end:]


def shortened(text: str, most: int) -> str:
    """One line of at most `most` characters, with its isolates closed."""
    line = " ".join(text.split())
    if len(line) > most:
        line = line[: most - 1].rstrip() + "…"
    return line if line.isascii() else line + POP * (sum(map(line.count, OPENERS)) - line.count(POP))


def plain(marked: str) -> str:
    """Our own HTML as plain text."""
    return html.unescape(re.sub(r"</?(?:b|i|u|blockquote)>", "", marked))
