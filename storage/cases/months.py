"""Months in Stockholm's time, from two databases, one of which has no time zones."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal_column

from dialogs.kinds.day import STOCKHOLM

EARLIEST, LATEST = 1900, 9000
"""The range of years that may be asked for: no case lies beyond them, and not every time zone can express instants there."""
MONTH, HOUR = len("2026-11"), len("2026-11-30 22")


def month(dialect: str, at: ColumnElement[datetime]) -> ColumnElement[Any]:
    """The expression to group instants by when counting them by Stockholm's month: with PostgreSQL that month itself; with SQLite
    UTC's month, or the hour during the month's last hours. `month_of` turns the text of either into the month.
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
    """Stockholm's month (2026-11), from the text of a `month` expression."""
    if len(said) == HOUR:
        return month_at(datetime.fromisoformat(f"{said}:00").replace(tzinfo=UTC))
    return said[:MONTH]


def month_at(at: datetime) -> str:
    """Stockholm's month of an instant."""
    return at.astimezone(STOCKHOLM).strftime("%Y-%m")


def begin_of(month: str, later: int = 0) -> datetime:
    """The instant at which a month (2026-11) begins in Stockholm, or the month that many months `later`."""
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + later
    year = min(max(number // 12, EARLIEST), LATEST)
    return datetime(year, number % 12 + 1, 1, tzinfo=STOCKHOLM)
