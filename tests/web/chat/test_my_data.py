"""What the page about one's own data says to somebody about whom nothing is stored."""

from contextlib import closing
from sqlite3 import connect

from storage.database.tables import counters
from tests.web.conftest import Served
from tests.web.visitor import Visitor

STILL = "is still in a file beside the database"


async def test_while_somebody_reads_the_database_it_says_where_the_last_deletion_still_is(served: Served) -> None:
    database = served.turns.database
    async with Visitor(served.url) as visitor:
        with closing(connect(str(database.engine.url.database))) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM counters").fetchone()
            async with database.write() as connection:
                await connection.execute(counters.insert().values(name="Zebra", value=1))
            assert not await database.wipe()
            page = await visitor.open("/my-data?language=en")
            assert "Nothing is stored about you here." in page.text
            assert STILL in page.text
            reader.execute("ROLLBACK")
        assert await database.wipe()
        assert STILL not in (await visitor.open("/my-data?language=en")).text
