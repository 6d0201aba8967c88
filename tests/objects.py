"""An object store for the tests: moto's server, which speaks S3 over a socket like a real one."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from urllib.request import Request, urlopen

KNOWN = {
    "AWS_ACCESS_KEY_ID": "of-the-tests",
    "AWS_SECRET_ACCESS_KEY": "secret-of-the-tests",
    "AWS_REGION": "eu-north-1",
}


class ObjectStore:
    """One server. `fresh` makes a bucket of its own."""

    def __init__(self, port: int = 0) -> None:
        # Half a second of a processor, for whoever asks for none.
        from moto.moto_server.threaded_moto_server import ThreadedMotoServer

        logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for each request otherwise
        self._server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
        self._server.start()
        self.port = self._server.get_host_and_port()[1]
        self._numbers = count(1)

    @property
    def environment(self) -> dict[str, str]:
        """What a program is told to find it."""
        return KNOWN | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}"}

    @property
    def known(self) -> dict[str, str]:
        """The same for Objects."""
        return {name.lower(): value for name, value in self.environment.items()}

    def fresh(self) -> str:
        """The address of a place with nothing in it, in a bucket of its own."""
        # Of a name that nobody else has: all servers of one process share what moto remembers.
        name = f"bucket-{next(self._numbers)}-{secrets.token_hex(4)}"
        with urlopen(Request(f"http://127.0.0.1:{self.port}/{name}", method="PUT")):
            return f"s3://{name}/guide"

    def close(self) -> None:
        """Stop it. Whoever asks is refused from now on."""
        self._server.stop()


@contextmanager
def object_store() -> Iterator[ObjectStore]:
    """A server as long as the context lasts."""
    server = ObjectStore()
    try:
        yield server
    finally:
        server.close()
