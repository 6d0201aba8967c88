"""Who else uses the database: a migration that changes what earlier programs look up has to be alone with it."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.migrations.programs import Unusable

LOCK = 0x7461626C6573
"""The key of the advisory lock of who migrates (PostgreSQL): a number that we chose, "tables" in ASCII."""
TRIES, BETWEEN = 10, 0.1
"""How often we look, and the seconds between: a session that has just been closed is still there for a moment."""
OTHERS = text(f"""
    SELECT pid, application_name, usename FROM pg_stat_activity AS session
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL
    AND coalesce(backend_type, 'client backend') = 'client backend'
    AND NOT EXISTS (SELECT FROM pg_stat_replication AS copy WHERE copy.pid = session.pid)
    AND NOT EXISTS (
        SELECT FROM pg_locks AS lock WHERE lock.pid = session.pid AND locktype = 'advisory'
        AND classid = {LOCK >> 32} AND objid = {LOCK & 0xFFFFFFFF} AND objsubid = 1
    )
    ORDER BY pid
""")  # noqa: S608 - numbers of ours
"""Every session of a client in this database, whatever it calls itself, but for those that wait to migrate as well. Of another role's
session the server does not say what kind it is, so that one counts.
"""
AGAIN = text("SELECT pg_stat_clear_snapshot()")
"""Within a transaction the server would show the same sessions each time."""


async def gone(connection: AsyncConnection) -> None:
    """Make sure that no other session uses this PostgreSQL database. Unusable, which names them, when there is one."""
    for _try in range(TRIES):
        found = (await connection.execute(OTHERS)).all()
        if not found:
            return
        await asyncio.sleep(BETWEEN)
        await connection.execute(AGAIN)
    named = ", ".join(f"{pid} ({name or 'without a name'}, as {role})" for pid, name, role in found)
    raise Unusable(
        f"other sessions use the database: {named}. If one is the program of before, it must end first; "
        "if you know that none is, say so: python -m bot migrate --all-stopped"
    )


def alone(path: Path) -> None:
    """Make sure that no other connection has this SQLite database open: only the last one can end its log (WAL). Unusable when there is one."""
    with closing(sqlite3.connect(path, timeout=TRIES * BETWEEN)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname == "SQLITE_BUSY":
                raise Unusable(
                    f"another process uses {path}. If it is the program of before, it must end first; "
                    "if you know that it is not, say so: python -m bot migrate --all-stopped"
                ) from None
