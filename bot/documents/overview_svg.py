"""The overview as a picture: a bar for each district, split by the state of its cases. Law: nothing is said by colour alone."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.documents.drawing import EDGE, WIDTH, Drawing
from dialogs.case.city import City
from dialogs.desk.spread import IN_OVERVIEW, Overview, Totals, name_of, told
from dialogs.language.words import _, n_
from dialogs.phases.steps import STATES

FONTS = Path(__file__).parent / "fonts"
BAR, LINE = 16, 17
LONGEST_LINE = 52
"""Characters in small letters that are sure to fit on one line."""
GAP = "\u00a0\u00a0 "
"""Between two pieces on a line. Every font has blanks, and a line that needs two fonts at once loses letters in a PNG."""


def overview_svg(found: Overview, city: City, locale: str, *, alone: bool = False) -> str:
    """The picture as SVG, in the colour of the text around it; `alone` when it is shown as a file of its own."""
    drawing = Drawing("overview", locale)
    title = drawing.say(_("Where the cases come from"))
    drawn, y = [drawing.text(26, title, size=18, bold=True)], 40
    most = max((one.sent for one in found.districts), default=0)
    for one in found.districts:
        part, y = _district(drawing, one, city, most, y)
        drawn += part
    legend, y = _legend(drawing, found.all, y)
    begun = n_("{count} draft begun in the whole city", "{count} drafts begun in the whole city", count=_begun(found))
    drawn += [*legend, drawing.text(y + LINE + 8, drawing.say(begun))]
    said = " ".join(drawing.say(line) for line in told(found, city))
    return drawing.whole(
        y + 2 * LINE + 4, title, said, drawn, defs="".join(map(_pattern, found.all.states)), alone=alone
    )


def overview_png(svg: str) -> bytes:
    """The picture as PNG on white, for channels that take no SVG."""
    import typst

    page = b'#set page(width: auto, height: auto, margin: 6pt, fill: white)\n#image(bytes(sys.inputs.svg), format: "svg", width: 400pt)'
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
    return typst.compile(page, format="png", ppi=160, font_paths=fonts, sys_inputs={"svg": svg})


@dataclass(frozen=True, slots=True)
class OverviewPicture:
    """A PNG picture to be made of what was found, for a reader of `locale`."""

    found: Overview
    city: City
    locale: str

    def make(self, target: BinaryIO, scratch: Path) -> None:
        """Write the PNG."""
        target.write(overview_png(overview_svg(self.found, self.city, self.locale)))


def _begun(found: Overview) -> int:
    return sum(found.begun.values())


def _district(drawing: Drawing, one: Totals, city: City, most: int, y: int) -> tuple[list[str], int]:
    """The district's name and number, its bar, and the bar in words; and the y at which the next district begins."""
    name = drawing.say(name_of(one.district, city))
    drawn = [drawing.text(y + 16, name, size=15, bold=True)]
    bar, full = y + 22, WIDTH - 2 * EDGE
    if not one.sent:
        dashes = 'fill="none" stroke="currentColor" stroke-opacity=".6" stroke-dasharray="3 4"'
        drawn += [
            drawing.box(EDGE, bar, full, BAR, dashes),
            drawing.text(y + 16, drawing.say(_("none yet")), end=True, size=15),
        ]
        return drawn, bar + BAR + 12
    drawn.append(drawing.text(y + 16, drawing.number(one.sent), end=True, size=15, bold=True))
    start: float = EDGE
    for state, number in one.states.items():
        if number:
            width = full * number / most
            drawn.append(drawing.box(start, bar, max(width - 2, 1), BAR, _paint(state)))
            start += width
    pieces = [
        drawing.say(_("{state}: {number}", state=IN_OVERVIEW[state], number=number))
        for state, number in one.states.items()
        if number
    ]
    y = bar + BAR
    for line in _lines(pieces):
        y += LINE
        drawn.append(drawing.text(y, line))
    return drawn, y + 12


def _lines(pieces: list[str]) -> list[str]:
    """The pieces set side by side, as many as fit on a line."""
    lines: list[str] = []
    for piece in pieces:
        joined = GAP.join((*lines[-1:], piece))
        if lines and len(joined) <= LONGEST_LINE:
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines


def _legend(drawing: Drawing, every: Totals, y: int) -> tuple[list[str], int]:
    """What the patterns mean; and the y at which the legend ends."""
    drawn = []
    for state in every.states:
        drawn += [
            drawing.box(EDGE, y + 6, 24, 12, _paint(state)),
            drawing.text(y + LINE, drawing.say(IN_OVERVIEW[state]), indent=32),
        ]
        y += LINE + 2
    return drawn, y


def _paint(state: str) -> str:
    mark = STATES[state].mark
    return f'fill="{f"url(#overview-{state})" if mark.strokes else "none"}" stroke="{mark.colour}" stroke-width="1.5"'


def _pattern(state: str) -> str:
    mark = STATES[state].mark
    if not mark.strokes:
        return ""
    return (
        f'<pattern id="overview-{state}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<path d="{mark.strokes}" fill="{mark.colour if "z" in mark.strokes else "none"}" stroke="{mark.colour}" stroke-width="1.6"/></pattern>'
    )
