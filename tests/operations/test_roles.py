"""The role that docs/operations.md gives the program can do all that it needs, and no more."""

import re
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from tests.house import Caller, compose
from tests.process.program import ROOT
from tests.storage.ways import SENT, WRITTEN, goes

PASSWORD = "a password of the tests"


async def test_the_programs_role(postgres_url: str, tmp_path: Path) -> None:
    said = re.search(r"```sql\n(.*?)```", (ROOT / "docs/operations.md").read_text(), re.DOTALL)
    assert said
    url = make_url(postgres_url)
    name = f"guide_of_{url.database}"
    sql = said[1].replace("DATABASE samverkansguiden", f"DATABASE {url.database}").replace("…", PASSWORD)
    owner = await asyncpg.connect(postgres_url)
    await owner.execute(re.sub(r"\bguide\b", name, sql))
    theirs = url.set(username=name, password=PASSWORD).render_as_string(hide_password=False)
    parts = compose(theirs, tmp_path)
    try:
        caller = await goes(Caller(parts.turns, "somebody"), *WRITTEN, *SENT)
        assert (await caller.sees())[0].sent
        await parts.database.wipe()
    finally:
        await parts.close()
    role = await asyncpg.connect(theirs)
    for denied in (
        "CREATE TABLE more (id int)",
        "DROP TABLE drafts",
        "ALTER TABLE drafts ADD COLUMN colour text",
        "TRUNCATE case_events",
        "UPDATE alembic_version SET version_num = '0001'",
    ):
        with pytest.raises(asyncpg.PostgresError):
            await role.execute(denied)
    await role.close()
    await owner.execute(f"DROP OWNED BY {name}")
    await owner.execute(f"DROP ROLE {name}")
    await owner.close()
