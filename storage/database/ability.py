"""What a database lets our role do. We read its catalogues or try, and never leave anything behind."""

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Text

from storage.database.process_tables import installation
from storage.database.tables import metadata

UTF8 = "UTF8"
_FREE = select(installation.c.name).with_for_update(skip_locked=True)
WRITE = update(installation).values(value=installation.c.value).where(installation.c.name.in_(_FREE))
"""Sets each mark to its present value, skipping rows that somebody else has locked, so a process stopped halfway holds nobody up."""
LACKING = text("""
    SELECT name || ': ' || string_agg(needed, ', ' ORDER BY needed) AS lacking
    FROM unnest(:names) AS name, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS needed
    WHERE NOT has_table_privilege(to_regclass(name), needed) GROUP BY name
    UNION ALL SELECT sequence || ': USAGE'
    FROM unnest(:numbered, :columns) AS numbered(name, number)
    JOIN pg_attribute ON attrelid = to_regclass(name) AND attname = number AND NOT attisdropped,
    pg_get_serial_sequence(attrelid::regclass::text, attname::text) AS sequence
    WHERE NOT has_sequence_privilege(sequence, 'USAGE')
    UNION ALL SELECT 'alembic_version: SELECT' WHERE NOT has_table_privilege(to_regclass('alembic_version'), 'SELECT')
    ORDER BY lacking
""").bindparams(*(bindparam(name, type_=ARRAY(Text)) for name in ("names", "numbered", "columns")))
"""A missing table does not count as lacking a right; `absent` reports it."""
THERE = text("""
    SELECT relname, attname FROM unnest(:names) AS name JOIN pg_class ON pg_class.oid = to_regclass(name)
    JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
""").bindparams(bindparam("names", type_=ARRAY(Text)))
THERE_EMBEDDED = text(
    "SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns"
)


async def encoding(connection: AsyncConnection) -> str:
    """The encoding in which the database stores text, by the server's own name for it; UTF8 for SQLite."""
    if connection.dialect.name != "postgresql":
        return UTF8
    return str((await connection.execute(text("SHOW server_encoding"))).scalar_one())


async def lacking(connection: AsyncConnection) -> list[str]:
    """Our tables and sequences on which our role lacks a right, each with the missing rights. Empty with SQLite, which has no roles."""
    if connection.dialect.name != "postgresql":
        return []
    numbers = {one.name: one.autoincrement_column for one in metadata.sorted_tables}
    columns = {name: column.name for name, column in numbers.items() if column is not None}
    given = {"names": list(numbers), "numbered": list(columns), "columns": list(columns.values())}
    return list((await connection.execute(LACKING, given)).scalars())


async def absent(connection: AsyncConnection) -> list[str]:
    """Our tables that are missing from where our role looks, and the missing columns ("drafts.dialog") of tables that are there."""
    if connection.dialect.name == "postgresql":
        found = await connection.execute(THERE, {"names": list(metadata.tables)})
    else:
        found = await connection.execute(THERE_EMBEDDED)
    there = {(str(table), str(column)) for table, column in found.all()}
    tables = {table for table, _column in there}
    columns = [(one.table.name, one.name) for table in metadata.sorted_tables for one in table.columns]
    lost = [f"{table}.{column}" for table, column in columns if table in tables and (table, column) not in there]
    return sorted({*lost, *(metadata.tables.keys() - tables)})


async def try_to_write(connection: AsyncConnection) -> None:
    """Write, then roll back within the transaction; only a reusable page is left. Raises whatever prevents writing: 25006 on a standby, 42501."""
    await connection.exec_driver_sql("SAVEPOINT tried")
    await connection.execute(WRITE)
    await connection.exec_driver_sql("ROLLBACK TO SAVEPOINT tried")
