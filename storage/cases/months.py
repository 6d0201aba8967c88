"""Months in Stockholm, asked of databases of which one knows no time zone."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal_column

from dialogs.kinds.day import STOCKHOLM

EARLIEST, LATEST = 1900, 9000
"""Years, of what is asked for: those beyond are of no case, and no instant of every zone."""
MONTH, HOUR = len("2026-11"), len("2026-11-30 22")


def month(dialect: str, at: ColumnElement[datetime]) -> ColumnElement[Any]:
    """What instants are grouped by to count them by Stockholm's month: PostgreSQL's own month, and of SQLite UTC's;
    in the last hours of that, the hour. As text, `month_of` makes the month of either.
    """
    if dialect != "sqlite":
        return func.date_trunc(literal_column("'month'"), func.timezone(literal_column("'Europe/Stockholm'"), at))
    # Stockholm is ahead of UTC, by whole hours and by less than three.
    late = func.substr(at, literal_column("9"), literal_column("5")) >= literal_column("'28 21'")
    over = func.strftime(literal_column("'%m'"), at, literal_column("'+3 hours'")) != _begin(at, "6, 2")
    return case((late & over, _begin(at, "1, 13")), else_=_begin(at, "1, 7"))


def _begin(at: ColumnElement[datetime], part: str) -> ColumnElement[str]:
    return func.substr(at, literal_column(part))


def month_of(said: str) -> str:
    """Stockholm's month (2026-11) of what `month` is as text."""
    if len(said) == HOUR:
        return month_at(datetime.fromisoformat(f"{said}:00").replace(tzinfo=UTC))
    return said[:MONTH]


def month_at(at: datetime) -> str:
    """Stockholm's month of an instant."""
    return at.astimezone(STOCKHOLM).strftime("%Y-%m")


def begin_of(month: str, later: int = 0) -> datetime:
    """The instant at which a month (2026-11) begins in Stockholm, or one so many months `later`."""
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + later
    year = min(max(number // 12, EARLIEST), LATEST)
    return datetime(year, number % 12 + 1, 1, tzinfo=STOCKHOLM)
