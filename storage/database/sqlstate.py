"""SQLSTATE: the five characters by which a database says what went wrong (PostgreSQL, Appendix A). They contain nobody's data, so logs may show them."""

from collections.abc import Callable

from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext

from storage.database.database import Database


def sqlstate(error: BaseException) -> str:
    """The SQLSTATE of an error, however deeply SQLAlchemy and asyncpg have wrapped it; "" when no server gave one (SQLite has none)."""
    return said[1] if (said := _said(error)) else ""


def kind(error: BaseException) -> str:
    """What kind of error this is, for a log, and never its text: its class and, if a database raised it, the database's own code
    ("InsufficientPrivilege 42501", "OperationalError SQLITE_FULL").
    """
    if said := _said(error):
        return f"{type(said[0]).__name__.removesuffix('Error')} {said[1]}"
    original = getattr(error, "orig", None)
    innermost = original if isinstance(original, Exception) else error
    return f"{type(innermost).__name__} {getattr(innermost, 'sqlite_errorname', '')}".strip()


def listen(database: Database, heard: Callable[[str], None]) -> None:
    """From now on, call `heard` with the SQLSTATE of every error from this database, "" if it has none. Not called when the server cannot be reached."""

    def on_error(context: ExceptionContext) -> None:
        heard(sqlstate(context.original_exception))

    for engine in database.engines:
        event.listen(engine, "handle_error", on_error)


def _said(error: BaseException) -> tuple[BaseException, str] | None:
    """The innermost error with a SQLSTATE, which is the driver's own, and that SQLSTATE."""
    found: tuple[BaseException, str] | None = None
    one: BaseException | None = error
    while one is not None:
        if isinstance(code := getattr(one, "sqlstate", None), str) and code:
            found = (one, code)
        one = getattr(one, "orig", None) or one.__cause__
    return found
