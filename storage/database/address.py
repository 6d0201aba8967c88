"""Where PostgreSQL is: an address as libpq takes it (PostgreSQL 34.1.1.2, "Connection URIs"), checked before anything starts."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode

from sqlalchemy import make_url

from storage.database import tls

PORT = 5432
CONNECT = 5
"""Seconds that each host has to accept a connection, unless `connect_timeout` says otherwise."""
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
"""Parameters that we pass on for the driver to interpret."""
STARTING = ("application_name", "options")
"""Parameters that we send to the server when a session begins."""
MOST = 2**31 - 1
NUMBERS = {
    "connect_timeout": MOST,
    "keepalives": 1,
    "keepalives_idle": 32767,
    "keepalives_interval": 32767,
    "keepalives_count": 127,
    "tcp_user_timeout": MOST,
}
"""The highest value of each, in libpq's units: seconds, counts and, for the last, milliseconds. The limits are the system's (Linux, net/tcp.h)."""
TLS_VERSIONS = ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
ONE_OF = {
    "sslmode": ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    "target_session_attrs": ("any", "read-write", "primary"),  # we have no program that only reads
    "sslnegotiation": ("postgres", "direct"),
    "ssl_min_protocol_version": TLS_VERSIONS,
    "ssl_max_protocol_version": TLS_VERSIONS,
    # The driver can do no more, and we must not silently ignore what somebody demands.
    "gssencmode": ("disable", "prefer"),
    "channel_binding": ("disable", "prefer"),
    "load_balance_hosts": ("disable",),
    "client_encoding": ("UTF8", "utf8", "utf-8", "auto"),
}
PARTS = ("host", "port", "user", "password", "dbname")
NAMES = {*PARTS, *PASSED, *STARTING, *NUMBERS, *ONE_OF}
DRIVERS = ("prepared_statement_cache_size", "statement_cache_size")
"""Parameters that the driver needed before it recognised poolers by itself: accepted, and ignored."""
URI = re.compile(
    r"postgres(?:ql)?(?:\+asyncpg)?://(?:(?P<user>[^:@/]*)(?::(?P<password>[^@/]*))?@)?"
    r"(?P<hosts>[^/?]*)(?:/(?P<database>[^?]*))?(?:\?(?P<query>.*))?"
)
HOST = re.compile(r"(?:\[(?P<six>[^\]]+)\]|(?P<host>[^:@\[\]]*))(?::(?P<port>[0-9]*))?")
UNREADABLE = "must be sqlite:///… or postgresql://user:password@host:port/database, with what is odd in a name or password percent-encoded"


@dataclass(frozen=True, slots=True)
class Server:
    """A database on a server, or on the first of several servers that fits. Without `hosts`, we look where libpq does (PGHOST, a socket)."""

    hosts: tuple[tuple[str, int], ...]
    user: str
    password: str
    database: str
    asked: Mapping[str, str]
    """The other parameters, by libpq's names."""

    @property
    def where(self) -> str:
        """Which database this is, for the people who run the program: no role, no password."""
        hosts = ", ".join(f"{host}:{port}" for host, port in self.hosts)
        return f"PostgreSQL, database {self.database or 'of the role'}{f' at {hosts}' if hosts else ''}"

    @property
    def dsn(self) -> str:
        """The address for the driver: everything except the hosts, the password, and parameters that it does not know."""
        query = urlencode({name: value for name, value in self.asked.items() if name in PASSED})
        return f"postgresql://{quote(self.user, safe='')}{'@' if self.user else ''}/{quote(self.database, safe='')}?{query}".rstrip(
            "?"
        )

    @property
    def starting(self) -> dict[str, str]:
        """Parameters that we send to the server when a session begins, with our application_name unless the address gives one."""
        said = {name: value for name, value in self.asked.items() if name in STARTING}
        return {"application_name": "samverkansguiden"} | said

    def number(self, name: str, default: int) -> int:
        """The number that the address gives for `name`. If it gives none, or 0, `default`: our limits apply where libpq would wait for ever."""
        return int(self.asked.get(name, 0)) or default

    def libpq(self, **more: str) -> str:
        """The address for PostgreSQL's own programs, without the password: everybody can see what is on a command line."""
        hosts = ",".join(
            f"[{host}]:{port}" if ":" in host else f"{quote(host, safe='')}:{port}" for host, port in self.hosts
        )
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        query = urlencode({**self.asked, **more}, quote_via=quote)
        return f"postgresql://{user}{hosts}/{quote(self.database, safe='')}?{query}"


def embedded(plain: str) -> bool:
    """Whether a plain address is that of an embedded SQLite database."""
    return re.match(r"sqlite(\+\w+)?://", plain) is not None


def file_at(plain: str) -> str:
    """The file of the embedded database at a plain address; "" when it would be in memory alone."""
    named = make_url(plain).database or ""
    return "" if named == ":memory:" else named


def server(plain: str) -> Server:
    """The server at a plain address. Its ValueError names every problem but no value, since any value may contain a password."""
    found = URI.fullmatch(plain)
    if not found or "\0" in unquote(plain):
        raise ValueError(UNREADABLE)
    said = dict(_query(found["query"] or ""))
    named = [unquote(one) for one in (found["hosts"] or "").split(",")]
    hosts = _hosts([f"[{one}]" if ":" in one else one for one in _listed(said, "host")] or named, _listed(said, "port"))
    stray = "@" in (found["query"] or "") and said.keys() - {*NAMES, *DRIVERS}
    if hosts is None or stray:  # then any part of it may belong to a password
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
        if unquote(name) == "ssl":  # the name that JDBC and the driver use
            yield "sslmode", "require" if value == "true" else unquote(value)
        else:
            yield unquote(name), unquote(value)


def _listed(said: Mapping[str, str], name: str) -> list[str]:
    return said[name].split(",") if said.get(name) else []


def _hosts(named: list[str], ports: list[str]) -> tuple[tuple[str, int], ...] | None:
    """Each host, or directory of a socket, with its port: its own, or one from `ports`, which has one for all hosts or one for each.
    None when the hosts or ports are wrong.
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
            # A name that does not look like a parameter may be part of a password.
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
    """Which database a plain address leads to, for the people who run the program: no role, no password."""
    url = make_url(plain)
    return f"SQLite, {url.database}" if url.drivername.startswith("sqlite") else server(plain).where
