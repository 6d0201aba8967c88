"""Ports for the servers of the tests: each worker has its own, and none is one that the system gives to whoever calls somebody."""

import os
import socket
from itertools import cycle
from random import SystemRandom

FIRST, EACH = 20_000, 1_000
"""Below what systems give to outgoing connections (32768 on Linux, 49152 elsewhere); so many for each of a dozen workers."""


def mine(worker: str) -> range:
    """The ports of a worker by its name in PYTEST_XDIST_WORKER, "gw0" and so on; "" is a run without workers."""
    number = int(worker.removeprefix("gw") or 0) if worker else 11
    return range(FIRST + number % 12 * EACH, FIRST + (number % 12 + 1) * EACH)


_MINE = mine(os.environ.get("PYTEST_XDIST_WORKER", ""))
_NEXT = cycle(_MINE)
for _skipped in range(SystemRandom().randrange(EACH)):  # another run on this machine begins elsewhere
    next(_NEXT)


def free_port() -> int:
    """A port on loopback that nobody listens on, another one at each call. OSError when none of this worker's is free."""
    for _one in _MINE:
        port = next(_NEXT)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no port is free")
