"""SQLSTATE: the five characters with which a database says what went wrong (PostgreSQL, Appendix A). They hold nobody's data, so they may stand in logs."""

from collections.abc import Callable

from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext

from storage.database.database import Database


def sqlstate(error: BaseException) -> str:
    """The SQLSTATE of an error, however deep SQLAlchemy and asyncpg have wrapped it; "" when no server said one (SQLite knows none)."""
    return said[1] if (said := _said(error)) else ""


def kind(error: BaseException) -> str:
    """What an error is, for a log, and never its text: its class, of a database's what the server calls it ("InsufficientPrivilege 42501",
    "OperationalError SQLITE_FULL").
    """
    if said := _said(error):
        return f"{type(said[0]).__name__.removesuffix('Error')} {said[1]}"
    original = getattr(error, "orig", None)
    innermost = original if isinstance(original, Exception) else error
    return f"{type(innermost).__name__} {getattr(innermost, 'sqlite_errorname', '')}".strip()


def listen(database: Database, heard: Callable[[str], None]) -> None:
    """From now on `heard` gets the SQLSTATE of every error of this database, "" where there is none. A server that is not reached at all says nothing here."""

    def on_error(context: ExceptionContext) -> None:
        heard(sqlstate(context.original_exception))

    for engine in database.engines:
        event.listen(engine, "handle_error", on_error)


def _said(error: BaseException) -> tuple[BaseException, str] | None:
    """The innermost error that carries a SQLSTATE, which is the driver's own, and that."""
    found: tuple[BaseException, str] | None = None
    one: BaseException | None = error
    while one is not None:
        if isinstance(code := getattr(one, "sqlstate", None), str) and code:
            found = (one, code)
        one = getattr(one, "orig", None) or one.__cause__
    return found
