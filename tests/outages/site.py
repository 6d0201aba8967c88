"""What the processes stand on: a database server, the line to it, and where there are any a pooler, a standby, an object store."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from storage.database.database import Database
from storage.migrations import migrate
from tests.crash.disk import Disk
from tests.crash.told import each_told
from tests.house import SEAL
from tests.line import Line
from tests.objects import ObjectStore
from tests.outages.server import Server
from tests.pgbouncer import PgBouncer

ROLE, DATABASE = "guide", "samverkansguiden"
RIGHTS = (
    f"GRANT CONNECT ON DATABASE {DATABASE} TO {ROLE}",
    f"GRANT USAGE ON SCHEMA public TO {ROLE}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}",
    f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE}",
    f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {ROLE}",
)
"""What docs/operations.md gives to the role of web and worker."""
SEATS = 60
"""Connections that the server takes."""
Way = Literal["a line", "PgBouncer", "several hosts"]
WAYS: tuple[Way, ...] = get_args(Way)


@dataclass
class Site:
    """What a ground stands on; `way` is how its processes come to the database. `disk`: a file system for the first server, which can be full."""

    directory: Path
    way: Way
    disk: Disk | None = None
    servers: list[Server] = field(default_factory=list)
    """The first one is where people write."""
    line: Line = field(init=False)
    pooler: PgBouncer | None = None
    store: ObjectStore | None = None
    """Where files are, if not in a folder."""
    store_line: Line | None = None
    bucket: str = ""
    _standbys: int = 0

    def build(self) -> "Site":
        """Everything up, the tables made, the role with its rights."""
        first = Server(self.disk.path if self.disk else self.directory / "server", max_connections=str(SEATS)).start()
        self.servers = [first]
        first.do(f"CREATE ROLE {ROLE} LOGIN", f"CREATE DATABASE {DATABASE}")
        self.line = Line(first.url(DATABASE, ROLE)).start()
        if self.way == "PgBouncer":
            # Else it asks a server that has refused no more for 15 seconds (server_login_retry).
            self.pooler = PgBouncer(self.line.address, server_login_retry="1").start()
        if self.way == "several hosts":
            self.stands_by()
        if self.way == "a line":
            self.store = ObjectStore()
            self.bucket = self.store.fresh()
            self.store_line = Line(self.store.environment["AWS_ENDPOINT_URL"]).start()
        return self

    async def tables(self) -> None:
        """Make them, as their owner."""
        database = Database(self.owners)
        await migrate(database, SEAL)
        await database.close()
        await each_told(self.owners)

    def rights(self) -> None:
        """Give the role what it needs, and no more."""
        self.server.do(*RIGHTS, database=DATABASE)

    @property
    def server(self) -> Server:
        """The one where people write."""
        return self.servers[0]

    @property
    def owners(self) -> str:
        """The plain address of the database past everything that stands in between, for its owner."""
        return self.server.url(DATABASE)

    @property
    def url(self) -> str:
        """What DATABASE_URL says."""
        if self.pooler:
            return self.pooler.url
        if self.way == "several hosts":
            hosts = ",".join(f"127.0.0.1:{one.port}" for one in self.servers)
            return f"postgresql://{ROLE}@{hosts}/{DATABASE}?target_session_attrs=read-write"
        return self.line.address

    @property
    def settings(self) -> dict[str, str]:
        """What the processes are told to find it all."""
        told = {"DATABASE_URL": self.url}
        if self.store and self.store_line:
            endpoint = f"http://127.0.0.1:{self.store_line.port}"
            told |= self.store.environment | {"FILES_URL": self.bucket, "AWS_ENDPOINT_URL": endpoint}
        return told

    def look_after(self) -> None:
        """What an operator does when the server has ended on a full disk, and there is room again."""
        if not self.server.runs():
            self.server.start()

    def stands_by(self) -> None:
        """There is a standby, in step with the server."""
        if len(self.servers) == 1:
            self._standbys += 1
            self.servers.append(self.server.copied(self.directory / f"standby{self._standbys}"))

    def fail_over(self) -> None:
        """The standby takes the place of the server, which is gone; a line leads there from now on."""
        gone = self.servers.pop(0)
        self.server.promote()
        self.line.to(self.server.url(DATABASE, ROLE))
        gone.close()

    def close(self) -> None:
        """Leave nothing."""
        if self.pooler:
            self.pooler.stop()
        if self.store and self.store_line:
            self.store_line.stop()
            self.store.close()
        self.line.stop()
        for one in self.servers:
            one.close()
        if self.disk:
            self.disk.close()
