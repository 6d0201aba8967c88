"""The roles of docs/operations.md, as they stand there, on a fresh server: each can do its work, and no more."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest
from sqlalchemy import make_url

from bot.main.backup import backups
from storage.migrations.snapshot import GAP
from tests.house import SECRET
from tests.letterbox import Letterbox
from tests.postgres import Postgres
from tests.process.blocking_visitor import BlockingVisitor
from tests.process.program import ROOT, Program
from tests.process.walk import reference_in, to_the_review
from tests.storage.migrations.revisions import versions

BLOCKS = re.findall(
    r"```sql\n(.*?)```", (ROOT / "docs/operations.md").read_text().partition("\nThree roles:")[2], re.DOTALL
)
DATABASE, PASSWORD = "samverkansguiden", "…"
LATER = '''"""What a later program brings."""
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{head}"

def upgrade() -> None:
    op.create_table("colours", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(8)))
'''
DENIED = {
    "guide": (
        "CREATE TABLE more (id int)",
        "DROP TABLE drafts",
        "ALTER TABLE drafts ADD COLUMN colour text",
        "TRUNCATE case_events",
        "UPDATE alembic_version SET version_num = '0001'",
        "CREATE TEMPORARY TABLE more (id int)",
    ),
    "guide_backup": (
        "INSERT INTO colours (name) VALUES ('blue')",
        "UPDATE drafts SET version = 0",
        "DELETE FROM outbox",
        "SELECT nextval('drafts_id_seq')",
    ),
}


@pytest.fixture
def server() -> Iterator[Postgres]:
    """A server on which nobody has made any of these roles."""
    place = Path(tempfile.mkdtemp())  # where the server's own user comes, too
    made = Postgres(at=place)
    yield made
    made.close()
    shutil.rmtree(place, ignore_errors=True)


class City:
    """An installation whose roles were made as the page says."""

    def __init__(self, server: Postgres, schema: str, tools: str, directory: Path) -> None:
        self.server, self.schema, self.tools, self.directory = server, schema, tools, directory

    def url(self, role: str) -> str:
        at = self.server.url.set(drivername="postgresql", database=DATABASE, username=role, password=PASSWORD)
        return at.render_as_string(hide_password=False)

    def types(self, block: str, role: str, database: str) -> None:
        """Somebody types a block of the page into psql."""
        if self.schema != "public":
            block = block.replace("\\set schema public", f"\\set schema {self.schema}")
            assert "public" not in block.replace("FROM PUBLIC", "")
        at = make_url(self.url(role)).set(database=database)
        if role == "postgres":
            at = at.set(password=self.server.url.password)
        psql = shutil.which("psql", path=self.tools)
        assert psql
        done = subprocess.run(
            [psql, "--no-psqlrc", "--set=ON_ERROR_STOP=1", f"--dbname={at.render_as_string(hide_password=False)}"],
            input=block,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def program(self, command: str, role: str, **more: str) -> Program:
        given = {"DATABASE_URL": self.url(role), "SECRET_KEY": SECRET, "PATH": self.tools}
        return Program(self.directory, command, **given | more)

    async def does(self, role: str, *statements: str) -> object:
        """What a role gets for the last of these statements."""
        connection = await asyncpg.connect(self.url(role))
        try:
            for statement in statements:
                found = await connection.fetchval(statement)
            return found
        finally:
            await connection.close()

    def takes_an_application(self) -> str:
        """Somebody writes and sends, web and worker have the program's role; the reference, once both letters came."""
        letterbox = Letterbox().start()
        mail = {"SMTP_URL": letterbox.url, "CONTACT_MAILBOX": "box@example.se"}
        web, worker = self.program("web", "guide", **mail).start(), self.program("worker", "guide", **mail).start()
        visitor = BlockingVisitor(web.url)
        assert httpx.get(f"{web.url}/readyz").status_code == httpx.codes.OK
        reference = reference_in(visitor.press(visitor.press(to_the_review(visitor), "send"), "sure"))
        letterbox.wait_for(2)
        assert (worker.stop(), web.stop()) == (0, 0)
        visitor.close()
        letterbox.stop()
        assert "42501" not in web.log + worker.log
        return reference


@pytest.mark.parametrize("schema", ["public", "app"])
async def test_the_roles_of_the_page(schema: str, server: Postgres, tmp_path: Path, tools: str) -> None:
    assert len(BLOCKS) == 2
    city = City(server, schema, tools, tmp_path)
    city.types(BLOCKS[0], "postgres", "postgres")
    city.program("migrate", "guide_owner").run("migrate")
    city.types(BLOCKS[1], "guide_owner", DATABASE)
    assert city.takes_an_application().endswith("-0001")

    later = tmp_path / "later"
    for part in ("bot", "dialogs", "storage", "locales"):
        shutil.copytree(ROOT / part, later / part, ignore=shutil.ignore_patterns("__pycache__"))
    (later / "storage/migrations/versions/9999_later.py").write_text(LATER.format(head=versions()[-1]))
    city.program("migrate", "guide_owner", PYTHONPATH=str(later)).run("migrate")
    put = "INSERT INTO colours (name) VALUES ('blue') RETURNING id"
    assert await city.does("guide", put) == 1, "a table and a sequence of a later migration are open to the program"
    assert await city.does("guide_backup", "SELECT count(*) FROM colours") == 1

    city.program("backup", "guide_backup").run("backup", "backups")
    (backup,) = backups(tmp_path / "backups")
    await city.does("guide", put)
    await city.does("postgres", "CREATE SCHEMA others", "CREATE TABLE others.theirs (id int)")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        city.program("restore", "guide_owner").run("restore", str(backup))
    assert "--force" in refused.value.stderr, "what is there is seen, whatever its schema is called"
    city.program("restore", "guide_owner").run("restore", "--force", str(backup))
    city.types(BLOCKS[1], "guide_owner", DATABASE)
    assert await city.does("guide", "SELECT count(*) FROM colours") == 1
    number = await city.does("guide", put)
    assert isinstance(number, int)
    assert number > GAP, "numbers jump"
    assert await city.does("postgres", "SELECT count(*) FROM others.theirs") == 0, "what is not ours is left alone"
    assert city.takes_an_application().endswith("-1002"), "and references, too"
    assert "as they were written" in city.program("verify", "guide").run("verify")
    if schema != "public":
        there = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert await city.does("guide_owner", there) == 0
    for role, statements in DENIED.items():
        for denied in statements:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await city.does(role, denied)


def test_a_backup_of_another_schema_is_refused_before_anything_is_dropped(
    server: Postgres, tmp_path: Path, tools: str
) -> None:
    city = City(server, "app", tools, tmp_path)
    city.types(BLOCKS[0], "postgres", "postgres")
    city.program("migrate", "guide_owner").run("migrate")
    city.program("backup", "guide_backup").run("backup", "backups")
    (backup,) = backups(tmp_path / "backups")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        city.program("restore", "postgres").run("restore", "--force", str(backup))
    assert "the backup is of the schema app, and DATABASE_URL leads to public" in refused.value.stderr
    assert "as they were written" in city.program("verify", "guide_owner").run("verify")
