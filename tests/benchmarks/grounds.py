"""The servers that contenders stand on, started when first needed, on the driver's core; perhaps with slow flushes."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.contender import OURS
from tests.benchmarks.redis import Redis
from tests.benchmarks.stored import fill
from tests.house import SECRET
from tests.postgres import Postgres

SHIM = Path(__file__).parent / "slow_flush.c"


class Grounds:
    """A PostgreSQL that flushes what it commits, and a Redis in memory. With `delay`, each flush here and of every contender takes that many
    microseconds more.
    """

    def __init__(self, delay: int = 0) -> None:
        os.sched_setaffinity(0, OURS)
        self._postgres: Postgres | None = None
        self._redis: Redis | None = None
        self._folder = Path(tempfile.mkdtemp())
        self._folder.chmod(0o755)  # PostgreSQL runs as another user than root
        if delay:
            library = self._folder / "slow_flush.so"
            subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, SHIM, "-ldl"], check=True)
            os.environ |= {"LD_PRELOAD": str(library), "FLUSH_DELAY_US": str(delay)}

    def postgres(self) -> str:
        """The plain address of a new, migrated, empty database."""
        self._postgres = self._postgres or Postgres(durable=True)
        return self._postgres.fresh()

    def migrated_by(self, tree: Path) -> str:
        """The plain address of a new, empty database with the tables of the program in another tree: ours refuse the names that an older one writes."""
        self._postgres = self._postgres or Postgres(durable=True)
        url = self._postgres.bare()
        settings = {"DATABASE_URL": url, "SECRET_KEY": SECRET, "PYTHONPATH": str(tree)}
        subprocess.run([sys.executable, "-m", "bot", "migrate"], cwd=tree, env=os.environ | settings, check=True)
        return url

    def stored(self, database: str, drafts: int) -> str:
        """The plain address of a new database, "sqlite" or "postgres", in which so many drafts lie. Minutes for a million."""
        url = self.postgres() if database == "postgres" else f"sqlite:///{self._folder}/stored-{drafts}.sqlite3"
        fill(url, drafts)
        return url

    def redis(self) -> str:
        """The address of the Redis server. FileNotFoundError when this machine has none."""
        self._redis = self._redis or Redis()
        return self._redis.url

    def close(self) -> None:
        """Stop everything."""
        for name in ("LD_PRELOAD", "FLUSH_DELAY_US"):
            os.environ.pop(name, None)
        if self._postgres:
            self._postgres.close()
        if self._redis:
            self._redis.close()
        shutil.rmtree(self._folder)
