"""A drawing as SVG, for readers of one language: lines begin on the reader's side, and the colour comes from the page around it."""

from dataclasses import dataclass
from html import escape

from bot.speech.catalogs import direction, number, say, tag
from dialogs.language.words import Text

WIDTH, EDGE = 400, 14
ALONE = "svg{color:#1c2a28;background:#fffdf8}@media(prefers-color-scheme:dark){svg{color:#ecefe8;background:#1e2726}}"
"""How it looks where no page gives it a colour."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lays out texts and boxes from where a line begins: from the right in Arabic. `id` tells this drawing from others on a page."""

    id: str
    locale: str

    @property
    def rtl(self) -> bool:
        return direction(self.locale) == "rtl"

    def say(self, text: Text) -> str:
        return say(text, self.locale)

    def number(self, value: int) -> str:
        return number(value, self.locale)

    def text(self, y: int, text: str, *, end: bool = False, indent: int = 0, size: int = 13, bold: bool = False) -> str:
        """A line of text. The drawing runs left to right whatever the page does, so the text brings its own direction."""
        right = end != self.rtl
        x = WIDTH - EDGE - indent if right else EDGE + indent
        return self.word(x, y, text, anchor="end" if right else "", size=size, bold=bold)

    def word(self, x: float, y: float, text: str, *, anchor: str = "", size: int = 13, bold: bool = False) -> str:
        """A text at a point, whatever the reader's side."""
        weight, anchored = ' font-weight="700"' if bold else "", f' text-anchor="{anchor}"' if anchor else ""
        shown = f"\u2067{text}\u2069" if self.rtl else text
        return f'<text x="{x:g}" y="{y:g}" font-size="{size}"{weight}{anchored}>{escape(shown)}</text>'

    def box(self, start: float, y: int, width: float, height: int, paint: str) -> str:
        x = WIDTH - start - width if self.rtl else start
        return f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{height}" {paint}/>'

    def whole(
        self, height: int, title: str, told: str, parts: list[str], *, defs: str = "", alone: bool = False
    ) -> str:
        """The whole drawing. `told` says in words all that it shows; `alone` when it is shown as a file of its own."""
        name, described = f"{self.id}-title", f"{self.id}-told"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" lang="{tag(self.locale)}" direction="ltr" '
            f'aria-labelledby="{name} {described}" font-family="Noto Sans, Noto Sans Arabic, sans-serif" fill="currentColor">'
            f'<title id="{name}">{escape(title)}</title><desc id="{described}">{escape(told)}</desc>'
            f"{f'<style>{ALONE}</style>' if alone else ''}<defs>{defs}</defs>{''.join(parts)}</svg>"
        )
