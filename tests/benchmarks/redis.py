"""A Redis server for the contenders that need one: Debian's `redis-server`, in memory alone, as long as the run."""

import shutil
import socket
import subprocess
import time

from tests.ports import free_port


class Redis:
    """One server. FileNotFoundError when there is none on this machine."""

    def __init__(self) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise FileNotFoundError("redis-server is not installed: apt install redis-server")
        self._port = free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self._process = subprocess.Popen(
            [program, "--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
        )
        self._wait()

    def close(self) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.wait()

    def _wait(self) -> None:
        for _attempt in range(200):
            try:
                socket.create_connection(("127.0.0.1", self._port), 1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError("redis-server does not listen")
