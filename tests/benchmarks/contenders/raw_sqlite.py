"""The storage's floor: one draft written and committed an update, by the driver alone, nothing else. Prints what was measured as JSON."""

import sqlite3
import tempfile
from pathlib import Path

from tests.benchmarks.contenders.raw import UPSERT, People, measured


def main() -> None:
    """One after the other, as one thread does."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "floor.sqlite3", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("CREATE TABLE floor (chat INTEGER PRIMARY KEY, answers TEXT NOT NULL)")
        upsert, people = UPSERT.format("?", "?"), People()
        with measured() as measuring:
            while measuring.goes_on:
                with measuring.one():
                    connection.execute("BEGIN IMMEDIATE")
                    connection.execute(upsert, next(people))
                    connection.execute("COMMIT")
        connection.close()


if __name__ == "__main__":
    main()
