"""Every notice on its own. After ten in one hour at one address a single one stands for all that come, which is right for people, and leaves nothing
to compare.
"""

import sqlite3
from contextlib import closing

import asyncpg

POSTGRES = """
CREATE FUNCTION told_once() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.count := 1; RETURN NEW; END';
CREATE TRIGGER told_once BEFORE INSERT OR UPDATE ON usage FOR EACH ROW WHEN (NEW.what = 'told') EXECUTE FUNCTION told_once();
"""
SQLITE = " ".join(
    f"CREATE TRIGGER told_{when} AFTER {when} ON usage WHEN NEW.what = 'told' AND NEW.count > 0 "
    "BEGIN UPDATE usage SET count = 0 WHERE what = 'told'; END;"
    for when in ("insert", "update")
)


async def each_told(url: str) -> None:
    """From now on every notice counts as the first of its hour in the database at a plain address, for its owner."""
    if not url.startswith("postgres"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as embedded:
            embedded.executescript(SQLITE)
        return
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(POSTGRES)
    finally:
        await connection.close()
