"""Where PostgreSQL is: an address as libpq takes it (PostgreSQL 34.1.1.2, "Connection URIs"), checked before anything is begun."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode

from sqlalchemy import make_url

from storage.database import tls

PORT = 5432
CONNECT = 5
"""Seconds that each host has for a connection, unless `connect_timeout` says otherwise."""
PASSED = (
    *tls.FILES,
    "passfile",
    "sslmode",
    "ssl_min_protocol_version",
    "ssl_max_protocol_version",
    "sslnegotiation",
    "krbsrvname",
    "gsslib",
)
"""What the driver makes of it itself."""
STARTING = ("application_name", "options")
"""What is said to the server when a session begins."""
MOST = 2**31 - 1
NUMBERS = {
    "connect_timeout": MOST,
    "keepalives": 1,
    "keepalives_idle": 32767,
    "keepalives_interval": 32767,
    "keepalives_count": 127,
    "tcp_user_timeout": MOST,
}
"""Seconds, counts and, the last one, milliseconds: libpq's units, and the most that the system takes (Linux, net/tcp.h)."""
TLS_VERSIONS = ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
ONE_OF = {
    "sslmode": ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    "target_session_attrs": ("any", "read-write", "primary"),  # a program that only reads there is none
    "sslnegotiation": ("postgres", "direct"),
    "ssl_min_protocol_version": TLS_VERSIONS,
    "ssl_max_protocol_version": TLS_VERSIONS,
    # The driver can do no more, and what somebody demands must not be left out in silence.
    "gssencmode": ("disable", "prefer"),
    "channel_binding": ("disable", "prefer"),
    "load_balance_hosts": ("disable",),
    "client_encoding": ("UTF8", "utf8", "utf-8", "auto"),
}
PARTS = ("host", "port", "user", "password", "dbname")
NAMES = {*PARTS, *PASSED, *STARTING, *NUMBERS, *ONE_OF}
DRIVERS = ("prepared_statement_cache_size", "statement_cache_size")
"""What was said to the driver before it saw poolers by itself: taken, and of no use."""
URI = re.compile(
    r"postgres(?:ql)?(?:\+asyncpg)?://(?:(?P<user>[^:@/]*)(?::(?P<password>[^@/]*))?@)?"
    r"(?P<hosts>[^/?]*)(?:/(?P<database>[^?]*))?(?:\?(?P<query>.*))?"
)
HOST = re.compile(r"(?:\[(?P<six>[^\]]+)\]|(?P<host>[^:@\[\]]*))(?::(?P<port>[0-9]*))?")
UNREADABLE = "must be sqlite:///… or postgresql://user:password@host:port/database, with what is odd in a name or password percent-encoded"


@dataclass(frozen=True, slots=True)
class Server:
    """A server's database; or of several servers the first that fits. No `hosts`: where libpq looks for one (PGHOST, a socket)."""

    hosts: tuple[tuple[str, int], ...]
    user: str
    password: str
    database: str
    asked: Mapping[str, str]
    """The other parameters, by libpq's names."""

    @property
    def where(self) -> str:
        """Which database it is, for whoever runs the program: no role, no password."""
        hosts = ", ".join(f"{host}:{port}" for host, port in self.hosts)
        return f"PostgreSQL, database {self.database or 'of the role'}{f' at {hosts}' if hosts else ''}"

    @property
    def dsn(self) -> str:
        """For the driver: everything but hosts, password, and what it does not know."""
        query = urlencode({name: value for name, value in self.asked.items() if name in PASSED})
        return f"postgresql://{quote(self.user, safe='')}{'@' if self.user else ''}/{quote(self.database, safe='')}?{query}".rstrip(
            "?"
        )

    @property
    def starting(self) -> dict[str, str]:
        """What is said to the server when a session begins."""
        said = {name: value for name, value in self.asked.items() if name in STARTING}
        return {"application_name": "samverkansguiden"} | said

    def number(self, name: str, default: int) -> int:
        """The number that `name` asks for; for none and 0, `default`: our limits hold where libpq would wait for ever."""
        return int(self.asked.get(name, 0)) or default

    def libpq(self, **more: str) -> str:
        """For PostgreSQL's own programs, without the password: what stands on a command line is seen by everybody."""
        hosts = ",".join(
            f"[{host}]:{port}" if ":" in host else f"{quote(host, safe='')}:{port}" for host, port in self.hosts
        )
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        query = urlencode({**self.asked, **more}, quote_via=quote)
        return f"postgresql://{user}{hosts}/{quote(self.database, safe='')}?{query}"


def embedded(plain: str) -> bool:
    """Whether a plain address is of SQLite's embedded database."""
    return re.match(r"sqlite(\+\w+)?://", plain) is not None


def server(plain: str) -> Server:
    """The server at a plain address. ValueError names every problem, and no value: a password may be in any."""
    found = URI.fullmatch(plain)
    if not found or "\0" in unquote(plain):
        raise ValueError(UNREADABLE)
    said = dict(_query(found["query"] or ""))
    named = [unquote(one) for one in (found["hosts"] or "").split(",")]
    hosts = _hosts([f"[{one}]" if ":" in one else one for one in _listed(said, "host")] or named, _listed(said, "port"))
    stray = "@" in (found["query"] or "") and said.keys() - {*NAMES, *DRIVERS}
    if hosts is None or stray:  # then anything may be part of a password
        raise ValueError(UNREADABLE)
    if problems := [*_problems(said)]:
        raise ValueError("; ".join(problems))
    return Server(
        hosts,
        said.get("user") or unquote(found["user"] or ""),
        said.get("password") or unquote(found["password"] or ""),
        said.get("dbname") or unquote(found["database"] or ""),
        {name: value for name, value in said.items() if name not in (*PARTS, *DRIVERS)},
    )


def _query(text: str) -> Iterator[tuple[str, str]]:
    for name, value in (one.partition("=")[::2] for one in text.split("&") if one):
        if unquote(name) == "ssl":  # of JDBC, and of the driver
            yield "sslmode", "require" if value == "true" else unquote(value)
        else:
            yield unquote(name), unquote(value)


def _listed(said: Mapping[str, str], name: str) -> list[str]:
    return said[name].split(",") if said.get(name) else []


def _hosts(named: list[str], ports: list[str]) -> tuple[tuple[str, int], ...] | None:
    """Each host, or directory of a socket, with its port: its own, or one of `ports`, of which there is one for all or one for each.
    None when that is not so.
    """
    if named == [""] and not ports:
        return ()
    found = [HOST.fullmatch(one) for one in named]
    of_each = ports * len(named) if len(ports) == 1 else ports or [""] * len(named)
    if len(of_each) != len(named) or not all(_number(port) for port in ports):
        return None
    hosts = [
        (one["six"] or one["host"], int(one["port"] or port or PORT))
        for one, port in zip(found, of_each, strict=True)
        if one
    ]
    if len(hosts) < len(named) or (len(hosts) > 1 and not all(host for host, _port in hosts)):
        return None
    return (
        tuple((host or "localhost", port) for host, port in hosts)
        if all(port < 65536 for _host, port in hosts)
        else None
    )


def _problems(said: Mapping[str, str]) -> Iterator[str]:
    for name, value in said.items():
        if name not in (*NAMES, *DRIVERS):
            # What is not named like a parameter may be part of a password.
            known = f"{name[:40]!r}" if re.fullmatch("[a-z_]+", name) else "what stands after the question mark"
            yield f"{known} is no parameter that is known here"
        elif name in NUMBERS and not (_number(value) and int(value) <= NUMBERS[name]):
            yield f"{name} must be a number from 0 to {NUMBERS[name]}"
        elif name in ONE_OF and value not in ONE_OF[name]:
            yield f"{name} must be one of {', '.join(ONE_OF[name])}"
        elif name == "passfile" and not os.access(value, os.R_OK):
            yield f"{name} names a file that is not there or cannot be read"
    yield from tls.problems(said)


def _number(value: str) -> bool:
    return re.fullmatch("[0-9]{1,10}", value) is not None


def place(plain: str) -> str:
    """Which database a plain address is about, for whoever runs the program: no role, no password."""
    url = make_url(plain)
    return f"SQLite, {url.database}" if url.drivername.startswith("sqlite") else server(plain).where
