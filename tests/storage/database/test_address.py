"""Addresses as libpq takes them; a wrong one is a line at the start."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import asyncpg
import pytest
import trustme
from sqlalchemy import make_url, text

from bot.settings.settings import Settings, problems
from storage.database.address import UNREADABLE, server
from storage.database.database import Database
from storage.database.session import Sessions, UnfitDatabase
from storage.database.tls import SYSTEMS
from storage.migrations.programs import Unusable
from storage.migrations.snapshot import take
from tests.line import Line
from tests.pgbouncer import PgBouncer
from tests.process.program import ROOT


@pytest.mark.parametrize(
    ("plain", "hosts", "user", "password", "database"),
    [
        ("postgresql://guide:p%40%3A%2F%23%C3%B6@db/guide", (("db", 5432),), "guide", "p@:/#ö", "guide"),
        ("postgres://db:5433/my%20guide", (("db", 5433),), "", "", "my guide"),
        ("postgresql+asyncpg://db/guide", (("db", 5432),), "", "", "guide"),
        (
            "postgresql://guide@one:1,two,[fe80::1]:3/guide",
            (("one", 1), ("two", 5432), ("fe80::1", 3)),
            "guide",
            "",
            "guide",
        ),
        ("postgresql:///guide?host=/run/postgresql&port=5433", (("/run/postgresql", 5433),), "", "", "guide"),
        ("postgresql://%2Frun%2Fpostgresql/guide", (("/run/postgresql", 5432),), "", "", "guide"),
        ("postgresql:///guide?host=one,two&port=7", (("one", 7), ("two", 7)), "", "", "guide"),
        ("postgresql://?user=a&password=b&dbname=c", (), "a", "b", "c"),
        ("postgresql://[::1]/guide", (("::1", 5432),), "", "", "guide"),
    ],
)
def test_where_it_leads(
    plain: str, hosts: tuple[tuple[str, int], ...], user: str, password: str, database: str
) -> None:
    found = server(plain)
    assert (found.hosts, found.user, found.password, found.database) == (hosts, user, password, database)


def test_what_libpq_is_told_leads_to_the_same_place_without_the_password(tls: Path) -> None:
    plain = "postgresql://gu%3Aide:hush@one:1,[::2]:2/my%20guide?options=-csearch_path%3Dapp&sslmode=require"
    again = server(server(plain).libpq(sslrootcert=f"{tls}/ours.pem"))
    assert "hush" not in server(plain).libpq()
    assert (again.hosts, again.user, again.database) == ((("one", 1), ("::2", 2)), "gu:ide", "my guide")
    assert again.asked == {"options": "-csearch_path=app", "sslmode": "require", "sslrootcert": f"{tls}/ours.pem"}


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("jdbc:postgresql://db/guide", UNREADABLE),
        ("mysql://db/guide", UNREADABLE),
        ("nonsense", UNREADABLE),
        ("", UNREADABLE),
        ("postgresql://guide:hu/sh@db/guide", UNREADABLE),
        ("postgresql://db:port/guide", UNREADABLE),
        ("postgresql://guide:more@hush@db/guide", UNREADABLE),
        ("postgresql://guide:1234/abc?hush@db/guide", UNREADABLE),
        ("postgresql://guide:1234/abc?hush=more@db/guide", UNREADABLE),
        ("postgresql://guide@db/guide?application_name=a%00b", UNREADABLE),
        (
            "postgresql://guide:1234/sl?Hush-hush",
            "what stands after the question mark is no parameter that is known here",
        ),
        *(
            (f"postgresql://db/guide?{name}={value}", f"{name} must be a number from 0 to {most}")
            for name, value, most in (
                ("keepalives", "99999999999", 1),
                ("keepalives_idle", "32768", 32767),
                ("keepalives_interval", "99999999999", 32767),
                ("keepalives_count", "%D9%A3", 127),
                ("tcp_user_timeout", "99999999999", 2147483647),
                ("connect_timeout", "9" * 400, 2147483647),
            )
        ),
        (
            "postgresql://db/guide?sslmode=require&ssl_min_protocol_version=TLSv9",
            "ssl_min_protocol_version must be one of TLSv1, TLSv1.1, TLSv1.2, TLSv1.3",
        ),
        ("postgresql://db/guide?sslmode=verify-full&sslrootcert=system", SYSTEMS),
        (
            f"postgresql://db/guide?sslmode=verify-ca&sslrootcert={__file__}",
            "sslrootcert names a file that holds no certificates in PEM",
        ),
        (
            f"postgresql://db/guide?sslcert={__file__}&sslkey={__file__}",
            "sslcert and sslkey are no certificate and its key, without a password, in PEM",
        ),
        ("postgresql://db:99999/guide", UNREADABLE),
        ("postgresql://one,/guide", UNREADABLE),
        ("postgresql://one,two/guide?port=1,2,3", UNREADABLE),
        ("postgresql://db/guide?colour=blue", "'colour' is no parameter that is known here"),
        (
            "postgresql://db/guide?sslmode=maybe",
            "sslmode must be one of disable, allow, prefer, require, verify-ca, verify-full",
        ),
        ("postgresql://db/guide?connect_timeout=soon", "connect_timeout must be a number from 0 to 2147483647"),
        ("postgresql://db/guide?sslrootcert=/nowhere", "sslrootcert names a file that is not there or cannot be read"),
        (
            "postgresql://db/guide?target_session_attrs=standby",
            "target_session_attrs must be one of any, read-write, primary",
        ),
        # What the driver cannot do must not be left out in silence.
        ("postgresql://db/guide?channel_binding=require", "channel_binding must be one of disable, prefer"),
        (
            "postgresql://db/guide?colour=blue&connect_timeout=-1",
            "'colour' is no parameter that is known here; connect_timeout must be a number from 0 to 2147483647",
        ),
    ],
)
def test_what_is_wrong_is_said_in_a_line(plain: str, said: str) -> None:
    with pytest.raises(ValueError) as refused:
        Settings.model_validate({"database_url": plain})
    (line,) = problems(refused.value)  # type: ignore[arg-type]
    assert line == f"DATABASE_URL: {said}"
    assert "hush" not in line.lower()


def test_a_certificate_and_its_key_are_taken(tls: Path) -> None:
    pair = f"sslcert={tls}/certificate.pem&sslkey={tls}/key.pem"
    assert len(server(f"postgresql://db/guide?sslmode=verify-full&{pair}&sslrootcert={tls}/ours.pem").asked) == 4


def test_the_start_says_it_too(tmp_path: Path) -> None:
    environment = {"DATABASE_URL": "jdbc:postgresql://guide:hush@db/guide", "PORT": "none", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "migrate"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert [line.partition(":")[0].strip() for line in done.stderr.splitlines()] == [
        "The settings are not right",
        "DATABASE_URL",
        "PORT",
    ]
    assert "hush" not in done.stderr


@pytest.mark.parametrize("name", ["a/b", "a@b", 'å"x', "a b", "a?b#c", "50%25", "a:b"])
async def test_a_role_is_who_it_is_called_whatever_is_in_its_name(name: str, postgres_url: str) -> None:
    owner = await asyncpg.connect(postgres_url)
    quoted = '"' + name.replace('"', '""') + '"'
    await owner.execute(f"CREATE ROLE {quoted} LOGIN PASSWORD 'hush'")
    at = make_url(postgres_url)
    more = f"&{urlencode({'user': name, 'password': 'hush'})}"
    plain = at.set(username=None, password=None).render_as_string()
    session = await Sessions(server(plain + ("" if at.query else "?") + more.replace("+", "%20"))).begin()
    assert await session.fetchval("SELECT current_user::text") == name
    await session.close()
    await owner.execute(f"DROP ROLE {quoted}")
    await owner.close()


async def test_of_several_hosts_each_ones_trouble_is_told(postgres_url: str) -> None:
    line = Line(postgres_url).start()
    at = make_url(line.address)
    plain = f"postgresql://{at.username}@/{at.database}?host={at.host},127.0.0.1&port={at.port},1&sslmode=require"
    with pytest.raises(
        UnfitDatabase, match=r"^it offers no TLS.*; another cannot be reached \(ConnectionRefusedError\)$"
    ):
        await Sessions(server(plain)).begin()
    line.stop()


async def test_what_is_asked_for_reaches_the_server(postgres_url: str) -> None:
    owner = await asyncpg.connect(postgres_url)
    await owner.execute("CREATE SCHEMA app")
    await owner.close()
    more = "&application_name=intake&options=-csearch_path%3Dapp%20-cwork_mem%3D5MB&connect_timeout=9&keepalives=0"
    database = Database(postgres_url + more + "&statement_cache_size=0")
    async with database.read() as connection:
        query = text("SELECT current_schema(), current_setting('work_mem'), current_setting('application_name')")
        assert tuple((await connection.execute(query)).one()) == ("app", "5MB", "intake")
    await database.close()


@pytest.fixture
def tls() -> Iterator[Path]:
    """A directory that anybody may read, with `ours.pem` and `theirs.pem`, two authorities, and a server's certificate and key of the first."""
    place, ours = Path(tempfile.mkdtemp()), trustme.CA()
    place.chmod(0o755)
    ours.cert_pem.write_to_path(place / "ours.pem")
    trustme.CA().cert_pem.write_to_path(place / "theirs.pem")
    certificate = ours.issue_cert("127.0.0.1")
    certificate.cert_chain_pems[0].write_to_path(place / "certificate.pem")
    certificate.private_key_pem.write_to_path(place / "key.pem")
    (place / "key.pem").chmod(0o644)  # a key of the tests, for whoever PgBouncer runs as
    yield place
    shutil.rmtree(place)


async def test_a_server_is_who_it_says_or_there_is_no_session(postgres_url: str, tls: Path) -> None:
    certificate = {"client_tls_cert_file": f"{tls}/certificate.pem", "client_tls_key_file": f"{tls}/key.pem"}
    pooler = PgBouncer(postgres_url, client_tls_sslmode="require", **certificate).start()
    for more in ("sslmode=require", "ssl=true", f"sslmode=verify-full&sslrootcert={tls}/ours.pem"):
        session = await Sessions(server(f"{pooler.url}?{more}")).begin()
        assert session.transport.get_extra_info("ssl_object")
        await session.close()
    with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
        await Sessions(server(f"{pooler.url}?sslmode=verify-full&sslrootcert={tls}/theirs.pem")).begin()
    pooler.stop()


async def test_a_backup_is_not_taken_through_a_pooler(postgres_url: str, tmp_path: Path) -> None:
    pooler = PgBouncer(postgres_url).start()
    with pytest.raises(Unusable, match="pooler"):
        await take(pooler.url, tmp_path)
    pooler.stop()
