"""Which tables in our schema of a PostgreSQL database are ours: we neither back up, drop nor rely on a neighbour's."""

from collections.abc import Iterable

from storage.database.session import Session
from storage.database.tables import metadata
from storage.migrations import is_known, restoring

VERSION = "alembic_version"
THERE = """SELECT relname FROM pg_class WHERE relnamespace = quote_ident(current_schema())::regnamespace
AND relkind IN ('r', 'p') AND ($1::text[] IS NULL OR relname = ANY($1)) AND relname <> ALL($2)
AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e') ORDER BY relname"""
NUMBERING = """SELECT pg_depend.objid::regclass::text FROM pg_depend JOIN pg_class ON pg_class.oid = pg_depend.refobjid
JOIN pg_sequence ON seqrelid = pg_depend.objid WHERE deptype IN ('a', 'i') AND relname = ANY($1)
AND relnamespace = quote_ident(current_schema())::regnamespace ORDER BY 1"""


async def tables(connection: Session, also: Iterable[str] = ()) -> list[str]:
    """The names of our tables that are there, and of those in `also` that are there.

    These are the tables that this program knows or, if a newer program made tables that it does not know, every table in our schema.
    """
    names: list[str] | None = [*metadata.tables, VERSION, *also]
    if await connection.fetchval("SELECT to_regclass(quote_ident(current_schema()) || $1)", f".{VERSION}"):
        version = await connection.fetchval(f"SELECT version_num FROM {VERSION}")  # noqa: S608 - a name of ours
        if version and not is_known(version):
            names = None
    without = [] if also else [restoring.NAME]
    return [row[0] for row in await connection.fetch(THERE, names, without)]


async def sequences(connection: Session) -> list[str]:
    """The sequences that number our tables' rows, in the form that regclass writes and reads."""
    return [row[0] for row in await connection.fetch(NUMBERING, await tables(connection))]


def quoted(*names: str) -> str:
    """A name quoted for SQL, whatever characters it contains; with its schema before it if that is given first."""
    return ".".join('"' + name.replace('"', '""') + '"' for name in names)
