"""The area of a case as a picture: its pin and its corners over a grid in metres. Law: no part of it is fetched from anywhere."""

import math
import re
from collections.abc import Sequence

from bot.documents.drawing import EDGE, WIDTH, Drawing
from dialogs.kinds.kind import Value
from dialogs.kinds.place import on_earth, title_of
from dialogs.language.words import Text, Words, _, n_

Spot = tuple[float, float]
"""Latitude and longitude, in degrees of WGS 84."""
CENTRAL: Spot = (55.6090, 13.0003)
"""Malmö Central Station, a landmark that everyone in Malmö knows; to about 100 metres, from several public sources."""
SQUARE = WIDTH - 2 * EDGE
LEAST = 400.0
"""Metres from the middle of the picture to its edge, at least: a pin is no more exact than that."""
COLOUR = "#c26a1c"
CORNER = re.compile(r"[(\s]*(-?\d{1,3}\.\d+)\s*[,;\s]\s*(-?\d{1,3}\.\d+)[)\s]*")
"""A corner written as two decimal degrees, latitude first."""
FROM_CENTRAL: tuple[Words, ...] = (
    _("{distance} north of Malmö Central Station"),
    _("{distance} north-east of Malmö Central Station"),
    _("{distance} east of Malmö Central Station"),
    _("{distance} south-east of Malmö Central Station"),
    _("{distance} south of Malmö Central Station"),
    _("{distance} south-west of Malmö Central Station"),
    _("{distance} west of Malmö Central Station"),
    _("{distance} north-west of Malmö Central Station"),
)


def pin_of(value: Value) -> Spot | None:
    """The pin of a place, or None."""
    pin = value.get("pin") if isinstance(value, dict) else None
    return (float(pin[0]), float(pin[1])) if isinstance(pin, list) and len(pin) == 2 and on_earth(*pin) else None


def corners_of(value: Value) -> tuple[Spot, ...]:
    """The corners among the bounds of a place: those written as two decimal degrees, in order."""
    bounds = value.get("bounds") if isinstance(value, dict) else None
    written = [CORNER.fullmatch(line) for line in bounds or () if isinstance(line, str)]
    found = [(float(one[1]), float(one[2])) for one in written if one]
    return tuple(point for point in found if on_earth(*point))


def geo(point: Spot) -> str:
    """A link that opens the reader's own map, whichever that is."""
    return f"geo:{point[0]:.5f},{point[1]:.5f}"


def area_svg(value: Value, locale: str, *, id: str = "area", alone: bool = False) -> str:
    """The picture of a place, in the colour of the surrounding text; "" when it has neither pin nor corners. `id` is unique on the page."""
    pin, corners = pin_of(value), corners_of(value)
    points = (*((pin,) if pin else ()), *corners)
    if not points:
        return ""
    drawing, middle = Drawing(id, locale), _middle(points)
    spots = [_metres(point, middle) for point in points]
    reach = max(LEAST, *(max(abs(x), abs(y)) * 1.2 for x, y in spots))
    step = _round_step(reach / 2.5)
    scale = SQUARE / 2 / reach
    drawn = [_grid(step, reach, scale), _north(drawing), _bar(drawing, step, scale)]
    placed = [(WIDTH / 2 + x * scale, WIDTH / 2 - y * scale) for x, y in spots]
    drawn += [*_outline(drawing, placed[1:] if pin else placed), *(_pin(*placed[0]) if pin else ())]
    lines = _told(drawing, pin, corners, middle)
    for number, line in enumerate(lines):
        drawn.append(drawing.text(WIDTH + 8 + 18 * number, line))
    grid = drawing.say(_("There is no map under it. The squares are {distance} wide.", distance=_distance(step)))
    title = drawing.say(_("The area: {name}", name=title_of(value)))
    return drawing.whole(
        WIDTH + 18 * len(lines), title, " ".join((*(f"{line}." for line in lines), grid)), drawn, alone=alone
    )


def _told(drawing: Drawing, pin: Spot | None, corners: Sequence[Spot], middle: Spot) -> list[str]:
    """Lines that say where it is."""
    # Figures run left to right in every language.
    at = f"\u2066{(pin or middle)[0]:.5f}, {(pin or middle)[1]:.5f}\u2069"
    where = drawing.say(_("Pin: {at}", at=at) if pin else _("In the middle: {at}", at=at))
    count = n_("{count} corner", "{count} corners", count=len(corners))
    return [where, *((drawing.say(count),) if corners else ()), drawing.say(_from_central(pin or middle))]


def _from_central(point: Spot) -> Text:
    x, y = _metres(point, CENTRAL)
    far = math.hypot(x, y)
    if far < 100:
        return _("At Malmö Central Station")
    side = FROM_CENTRAL[round(math.degrees(math.atan2(x, y)) / 45) % 8]
    return side.filled(distance=_distance(far))


def _distance(metres: float) -> Words:
    """A distance, rounded so that it is no more exact than what it is computed from."""
    if metres < 1000:
        return _("{number} m", number=int(metres) if metres < 100 else round(metres / 10) * 10)
    if metres < 10_000:
        return _("{number} m", number=round(metres / 100) * 100)
    return _("{number} km", number=round(metres / 1000))


def _middle(points: Sequence[Spot]) -> Spot:
    """The middle of the smallest box around the points."""
    latitudes, longitudes = zip(*points, strict=True)
    return (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2


def _metres(point: Spot, origin: Spot) -> tuple[float, float]:
    """How many metres east and north of `origin` a point is, on the plane that touches the earth (WGS 84) there: exact enough for a city."""
    at = math.radians((point[0] + origin[0]) / 2)
    north = 111_132.95 - 559.85 * math.cos(2 * at) + 1.175 * math.cos(4 * at)
    east = 111_412.88 * math.cos(at) - 93.5 * math.cos(3 * at)
    return (point[1] - origin[1]) * east, (point[0] - origin[0]) * north


def _round_step(metres: float) -> float:
    """The largest of 1, 2, 5, 10, 20, 50 … that does not exceed `metres`."""
    power = 10 ** math.floor(math.log10(metres))
    return float(next((step * power for step in (5, 2, 1) if step * power <= metres), power))


def _grid(step: float, reach: float, scale: float) -> str:
    count = math.floor(reach / step)
    at = [WIDTH / 2 + number * step * scale for number in range(-count, count + 1)]
    lines = "".join(f"M{x:.1f} {EDGE}v{SQUARE}M{EDGE} {x:.1f}h{SQUARE}" for x in at)
    frame = f'<rect x="{EDGE}" y="{EDGE}" width="{SQUARE}" height="{SQUARE}" fill="none" stroke="currentColor" stroke-opacity=".6"/>'
    return f'<path d="{lines}" fill="none" stroke="currentColor" stroke-opacity=".2"/>{frame}'


def _north(drawing: Drawing) -> str:
    x, y = WIDTH - EDGE - 26, EDGE + 12
    arrow = f'<path d="M{x} {y}l7 22l-7 -5l-7 5z"/>'
    return arrow + drawing.word(x, y + 38, drawing.say(_("North")), anchor="middle")


def _bar(drawing: Drawing, step: float, scale: float) -> str:
    """The scale bar: one square long, at the foot of the grid."""
    x, y, long = EDGE + 12, WIDTH - EDGE - 14, step * scale
    line = f'<path d="M{x} {y - 5}v5h{long:.1f}v-5" fill="none" stroke="currentColor" stroke-width="2"/>'
    return line + drawing.word(x + long / 2, y - 8, drawing.say(_distance(step)), anchor="middle")


def _outline(drawing: Drawing, corners: Sequence[Spot]) -> list[str]:
    """The outline: the numbered corners, joined in the order in which they were written."""
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    paint = f'fill="{COLOUR}" fill-opacity=".2" stroke="{COLOUR}" stroke-width="2.5" stroke-linejoin="round"'
    drawn = [f'<polygon points="{joined}" {paint}/>'] if corners else []
    for number, (x, y) in enumerate(corners, 1):
        drawn.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{COLOUR}"/>')
        drawn.append(drawing.word(round(x + 7, 1), round(y - 5, 1), str(number), bold=True))
    return drawn


def _pin(x: float, y: float) -> tuple[str, str]:
    """The pin, with its tip on the spot it marks."""
    drop = f"M{x:.1f} {y:.1f}c-3 -12 -11 -15 -11 -24a11 11 0 0 1 22 0c0 9 -8 12 -11 24z"
    paint = f'fill="{COLOUR}" stroke="currentColor" stroke-width="1.5"'
    return f'<path d="{drop}" {paint}/>', f'<circle cx="{x:.1f}" cy="{y - 24:.1f}" r="4" fill="currentColor"/>'
