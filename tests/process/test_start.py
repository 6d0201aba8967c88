"""The start of every command: a database that is not up yet is waited for, what is wrong is said in one line, what does not belong together is refused."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import asyncpg
import httpx
import pytest
from sqlalchemy import make_url

from bot.main.start import MISASKED
from tests.house import SECRET
from tests.line import Line
from tests.ports import free_port
from tests.postgres import Postgres
from tests.process.blocking_visitor import BlockingVisitor
from tests.process.program import PATIENCE, Program
from tests.rights import role

ANOTHER = "another key of the tests, long enough as well"
COMMANDS = {
    "web": (), "worker": (), "serve": (), "migrate": (), "verify": (), "seal": (),
    "invite": ("Karin",), "deactivate": ("Karin",), "export": ("SAM-2026-0001",), "name": ("SAM-2026-0001", "Karin"),
    "backup": ("backups",), "restore": ("backup",),
}  # fmt: skip
MACHINES = ("web", "worker", "serve", "migrate")
"""What is started by machines, which start it again."""


def program_at(url: str, directory: Path, command: str = "web", **more: str) -> Program:
    return Program(directory, command, **{"DATABASE_URL": url, "SECRET_KEY": SECRET} | more)


def ends(program: Program, *more: str, status: int = 1) -> list[str]:
    """The lines that a command says which ends with this status, and never those of a traceback."""
    done = program.ended_by(program.command, *(more or COMMANDS[program.command]), LOG_FORMAT="text")
    assert done.returncode == status, done
    assert "Traceback" not in done.stderr
    return (done.stderr if status else done.stdout).strip().splitlines()


def wait_until(condition: Callable[[], object], program: Program) -> None:
    last = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < last, program.log
        assert program.ended is None, program.log
        time.sleep(0.05)


def status(url: str) -> int:
    try:
        return httpx.get(url, timeout=5, verify=False).status_code
    except httpx.TransportError:
        return 0


@pytest.mark.parametrize("command", ["web", "worker"])
def test_a_database_that_is_not_up_yet_is_waited_for(command: str, postgres_url: str, tmp_path: Path) -> None:
    line = Line(postgres_url).start()
    line.refuse()
    program = program_at(line.address, tmp_path, command, METRICS_PORT=str(free_port()), LOG_FORMAT="text")
    program.begin()
    wait_until(lambda: "waiting" in program.log, program)
    line.accept()
    ready = f"http://127.0.0.1:{program.environment['METRICS_PORT']}/readyz"
    wait_until(lambda: status(ready) == httpx.codes.OK, program)
    assert program.stop() == 0
    assert "waiting for the database: the server cannot be reached (ConnectionRefusedError)" in program.log
    assert "Traceback" not in program.log
    line.stop()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_in_a_line_what_is_wrong(command: str, postgres_url: str, tmp_path: Path) -> None:
    """A database that is not there: what people run says it at once, what machines start when the time is out."""
    url = make_url(postgres_url).set(database="nowhere").render_as_string(hide_password=False)
    wait = "1" if command in MACHINES else "60"
    lines = ends(program_at(url, tmp_path, command, DATABASE_WAIT_SECONDS=wait))
    assert lines[-1] == "DATABASE_URL: the database is not there (InvalidCatalogName 3D000)"
    waited = [one for one in lines[:-1] if "waiting for the database: the database is not there" in one]
    assert lines[:-1] == (waited if command in MACHINES else []), lines


async def test_what_waiting_does_not_mend_and_what_it_may(postgres_url: str, tmp_path: Path) -> None:
    async with role(postgres_url) as one:
        for before, said in (
            ("ALTER USER ROLE NOLOGIN", "the role may not sign in (InvalidAuthorizationSpecification 28000)"),
            ("ALTER USER ROLE LOGIN CONNECTION LIMIT 0", "all connections are taken (TooManyConnections 53300)"),
        ):
            await one.does(before)
            lines = ends(program_at(one.url, tmp_path, "verify", DATABASE_WAIT_SECONDS="0"))
            assert lines == [f"DATABASE_URL: {said}"]
            assert one.name not in lines[0], "nobody's name, and no password"


def test_a_server_that_is_not_as_the_address_wants_it_is_not_called_unreachable(
    postgres_url: str, tmp_path: Path
) -> None:
    line = Line(postgres_url).start()
    at = f"{line.address}{'&' if '?' in line.address else '?'}"
    reading = make_url(line.address).database
    lines = ends(program_at(f"{at}sslmode=require", tmp_path, "verify", DATABASE_WAIT_SECONDS="0"))
    assert lines == ["DATABASE_URL: the server is reached, but it offers no TLS, and sslmode demands it"]
    asyncio.run(_reads_only(postgres_url, reading))
    lines = ends(program_at(f"{at}target_session_attrs=read-write", tmp_path, "verify", DATABASE_WAIT_SECONDS="0"))
    assert lines == ["DATABASE_URL: the server is reached, but it is not as target_session_attrs=read-write wants it"]
    line.stop()


async def _reads_only(url: str, database: str | None) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    await connection.close()


def test_what_the_driver_cannot_do_is_said_at_once(postgres_url: str, tmp_path: Path) -> None:
    verified = f"{postgres_url}{'&' if '?' in postgres_url else '?'}sslmode=verify-full"
    for command in ("verify", "web"):
        lines = ends(program_at(postgres_url, tmp_path, command, PGSSLMODE="perhaps"))
        assert lines == [f"DATABASE_URL: {MISASKED}"]
        lines = ends(program_at(verified, tmp_path, command, HOME=str(tmp_path)))
        assert lines == [f"DATABASE_URL: {MISASKED}"], "no authority is named, and none is where libpq looks"


async def test_a_right_that_is_missing_is_said_in_a_line_too(postgres_url: str, tmp_path: Path) -> None:
    async with role(postgres_url) as one:
        await one.does("REVOKE INSERT ON people FROM ROLE")
        lines = ends(program_at(one.url, tmp_path, "invite"), "Karin")
        assert lines == ["DATABASE_URL: the role lacks a right (InsufficientPrivilege 42501)"]


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_is_not_utf8_is_refused(encoding: str, postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.bare(f"TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'")
    for command in ("migrate", "web", "invite"):
        (line,) = ends(program_at(url, tmp_path, command))
        assert line.startswith(f"DATABASE_URL: the database's encoding is {encoding}, and must be UTF8")


def test_a_key_of_another_installation_is_refused(database_url: str, tmp_path: Path) -> None:
    commands = ("serve",) if database_url.startswith("sqlite") else ("web", "worker", "serve")
    assert program_at(database_url, tmp_path, commands[0]).start().stop() == 0
    for command in (*commands, "invite"):
        (line,) = ends(program_at(database_url, tmp_path, command, SECRET_KEY=ANOTHER))
        assert line.startswith("SECRET_KEY: this is another one than this installation's.")
        assert "python -m bot seal" in line
    assert program_at(database_url, tmp_path, commands[0]).start().stop() == 0


def test_a_new_key_as_docs_operations_says(postgres_url: str, tmp_path: Path) -> None:
    old = program_at(postgres_url, tmp_path, METRICS_PORT=str(free_port())).start()
    visitor = BlockingVisitor(old.url)
    visitor.press(visitor.see(), "accept")
    assert "as they were written" in ends(program_at(postgres_url, tmp_path, "verify"), status=0)[0]
    assert "sealed" in ends(program_at(postgres_url, tmp_path, "seal", SECRET_KEY=ANOTHER), status=0)[0]
    ready = f"http://127.0.0.1:{old.environment['METRICS_PORT']}/readyz"
    wait_until(lambda: httpx.get(ready).status_code == httpx.codes.SERVICE_UNAVAILABLE, old)
    assert httpx.get(ready).json()["checks"]["key"] == "SECRET_KEY is another one than this installation's"
    assert old.stop() == 0
    new = program_at(postgres_url, tmp_path, SECRET_KEY=ANOTHER).start()
    assert httpx.get(f"{new.url}/readyz").status_code == httpx.codes.OK
    assert new.stop() == 0
    assert "as they were written" in ends(program_at(postgres_url, tmp_path, "verify", SECRET_KEY=ANOTHER), status=0)[0]
    visitor.close()


def test_a_port_that_is_taken_is_not_the_databases_fault(sqlite_url: str, tmp_path: Path) -> None:
    first = program_at(sqlite_url, tmp_path, "serve").start()
    (line,) = ends(
        program_at(f"sqlite:///{tmp_path}/other.sqlite3", tmp_path, "serve", PORT=str(first.port), FILES_DIR="other")
    )
    assert "address already in use" in line
    assert first.stop() == 0


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("in the way")
    (line,) = ends(program_at(f"sqlite:///{tmp_path}/guide.sqlite3", tmp_path, "serve", FILES_DIR="files"))
    assert "files" in line
    (tmp_path / "folder.sqlite3").mkdir()
    (line,) = ends(program_at(f"sqlite:///{tmp_path}/folder.sqlite3", tmp_path, "serve"))
    assert line.startswith("DATABASE_URL: OperationalError SQLITE_")
