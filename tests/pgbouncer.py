"""A PgBouncer in front of a PostgreSQL of the tests; as `python -m tests.pgbouncer`: installed where that can be done without asking, else said loudly."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.ports import free_port

PLACES = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")
"""Where packages put it, often beside the PATH."""
PATIENCE = 20
"""Seconds for a start on a busy machine."""
LEFT_OUT = "PgBouncer is not here (Debian: apt install pgbouncer)"


def found() -> str | None:
    """The path of a PgBouncer."""
    return shutil.which("pgbouncer", path=os.pathsep.join((os.environ.get("PATH", ""), *PLACES)))


def install() -> None:
    """Debian as root: the distribution's. Its service is not wanted, and stopped."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    # A service of the machine's own is none of the tests' business: policy-rc.d is asked by Debian's packages before they start one.
    policy = Path("/usr/sbin/policy-rc.d")
    ours = not policy.exists()
    if ours:
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
    try:
        command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "pgbouncer"]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    finally:
        if ours:
            policy.unlink()


class PgBouncer:
    """A PgBouncer before the server of the plain address `url`, for every database on it; `mode` is transaction or session.

    Its settings are the defaults but for what is given by name. Everybody who comes in is the user of `url`. Start with `start`; then
    `url` is the same database through it, and `log` what it has said. Without one on this machine the test is left out.
    """

    def __init__(self, url: str, mode: str = "transaction", **settings: str) -> None:
        if not found():
            pytest.skip(LEFT_OUT)
        self._there = make_url(url)
        self.port = free_port()
        self._place = Path(tempfile.mkdtemp(prefix="pgbouncer-"))
        self._user = self._whose()
        self._process: subprocess.Popen[bytes] | None = None
        default = {
            "listen_addr": "127.0.0.1",
            "listen_port": str(self.port),
            "unix_socket_dir": "",
            "auth_type": "any",
            "pool_mode": mode,
            "logfile": str(self._place / "log"),
        }
        lines = [f"{name} = {value}" for name, value in (default | settings).items()]
        config = self._place / "pgbouncer.ini"
        config.write_text("\n".join(("[databases]", f"* = {self._server()}", "[pgbouncer]", *lines, "")))
        if self._user:
            for one in (self._place, config):
                os.chown(one, pwd.getpwnam(self._user).pw_uid, -1)

    @property
    def url(self) -> str:
        """The database's plain address through it."""
        return self.address(self._there.render_as_string(hide_password=False))

    def address(self, url: str) -> str:
        """The plain address of another database on the same server, through it."""
        through = make_url(url).difference_update_query(["host", "port"]).set(host="127.0.0.1", port=self.port)
        return through.render_as_string(hide_password=False)

    @property
    def log(self) -> str:
        """What it has said."""
        written = self._place / "log"
        return written.read_text() if written.exists() else ""

    def start(self) -> "PgBouncer":
        """Start, and wait until it listens."""
        self._process = subprocess.Popen(
            [str(found()), "-q", str(self._place / "pgbouncer.ini")],
            user=self._user,
            extra_groups=[] if self._user else None,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        last = time.monotonic() + PATIENCE
        while time.monotonic() < last and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.02)
        raise TimeoutError(self.log)

    def halt(self) -> None:
        """End it at once: SIGTERM is "immediate shutdown" for this one, every connection is cut. `start` starts it again."""
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=PATIENCE)

    def stop(self) -> None:
        """The same, and leave nothing."""
        self.halt()
        shutil.rmtree(self._place, ignore_errors=True)

    def _whose(self) -> str | None:
        """As whom it runs: it refuses to be root, and a socket in a directory of somebody's is for its owner."""
        if os.geteuid() != 0:
            return None
        host = str(self._there.query.get("host", ""))
        owner = pwd.getpwuid(Path(host).stat().st_uid).pw_name if host.startswith("/") else "nobody"
        return owner if owner != "root" else "nobody"

    def _server(self) -> str:
        asked = {name: str(value) for name, value in self._there.query.items() if name in ("host", "port")}
        there = {
            "host": asked.get("host", self._there.host or "127.0.0.1"),
            "port": asked.get("port", str(self._there.port or 5432)),
            "user": self._there.username or pwd.getpwuid(os.geteuid()).pw_name,
        } | ({"password": str(self._there.password)} if self._there.password else {})
        return " ".join(f"{name}='{value.replace(chr(39), chr(39) * 2)}'" for name, value in there.items())


if __name__ == "__main__":
    if not found():
        print("No PgBouncer here; installing one for the tests of poolers …", flush=True)
        install()
    if not found():
        print(f"\n*** NO PGBOUNCER: the tests that need one are LEFT OUT. {LEFT_OUT}. ***\n", flush=True)
