"""The overview: how support is spread over the city, as a picture, as tables, and as files. For every contact person."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web
from markupsafe import Markup

from bot.documents.overview import ALWAYS, Period, months_for, overview_for
from bot.documents.overview_csv import OverviewTable, overview_csv, overview_table
from bot.documents.overview_svg import overview_svg
from bot.web.desk.queue import contact_person
from bot.web.http.answers import page
from bot.web.http.site import site_of
from dialogs.case.rights import ContactPerson
from dialogs.desk.spread import Overview, told

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """The columns of one group as a table of its own: title, headings and rows."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]


def parts(table: OverviewTable) -> list[ColumnGroup]:
    """The table split by group, each part with the row names. A row with no numbers in a group is left out there."""
    found = []
    for title in dict.fromkeys(group for group, _label in table.head if group):
        at = [number for number, (group, _label) in enumerate(table.head) if group == title]
        rows = [(name, tuple(numbers[one - 1] for one in at)) for name, numbers in table.rows]
        said = tuple((name, numbers) for name, numbers in rows if any(number is not None for number in numbers))
        found.append(ColumnGroup(title, (table.head[0][1], *(table.head[one][1] for one in at)), said))
    return found


def period_of(request: web.Request) -> Period:
    """The period that the address names, in either order; anything that is not a month leaves that end open."""
    first, last = (value if MONTH.fullmatch(value := request.query.get(name, "")) else "" for name in ("first", "last"))
    return Period(last, first) if first and last and last < first else Period(first, last)


async def _found(request: web.Request) -> tuple[ContactPerson, Overview, tuple[str, ...]]:
    """The contact person, the overview for them, and every month there is. 404 for strangers."""
    who = await contact_person(request)
    if who is None:
        raise web.HTTPNotFound
    turns, period = site_of(request).turns, period_of(request)
    async with turns.database.read() as connection:
        found = await overview_for(connection, turns.house.city, who, period)
        months = found.months if period == ALWAYS else await months_for(connection, who)
    return who, found, months


async def show(request: web.Request) -> web.Response:
    """GET /queue/overview: in words, as a picture, and as one table for each thing that is counted."""
    who, found, months = await _found(request)
    city, period = site_of(request).turns.house.city, period_of(request)
    return page(
        request,
        "overview",
        who.locale,
        who=who,
        switch="desk",
        picture=Markup(overview_svg(found, city, who.locale)),  # noqa: S704 the drawing escapes what it writes
        told=told(found, city),
        sent=found.all.sent,
        parts=parts(overview_table(found, city, who.locale)),
        months=months,
        period=period,
        query=urlencode({"first": period.first, "last": period.last}),
    )


async def as_csv(request: web.Request) -> web.Response:
    """GET /queue/overview.csv: the same, for spreadsheets."""
    who, found, _months = await _found(request)
    content = overview_csv(found, site_of(request).turns.house.city, who.locale)
    return _file(content, "text/csv", "overview.csv")


async def as_svg(request: web.Request) -> web.Response:
    """GET /queue/overview.svg: the picture."""
    who, found, _months = await _found(request)
    content = overview_svg(found, site_of(request).turns.house.city, who.locale, alone=True)
    return _file(content.encode(), "image/svg+xml", "overview.svg")


def _file(content: bytes, mime: str, name: str) -> web.Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return web.Response(body=content, content_type=mime, charset="utf-8", headers=headers)
