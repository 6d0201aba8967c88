"""The template: every message that the source has, as messages.pot keeps it."""

import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog

from locales.message import HERE, read

EXTRACT = (
    "extract",
    "-F",
    str(HERE / "babel.cfg"),
    "-k",
    "_",
    "-k",
    "n_:1,2",
    "--no-location",
    "--sort-output",
    "--omit-header",
)


def write(path: Path) -> None:
    """Write what the source says now into a file. CalledProcessError when pybabel cannot."""
    babel = "from babel.messages.frontend import main; import sys; sys.argv[0] = 'pybabel'; main()"
    command = [sys.executable, "-c", babel, "-q", *EXTRACT, "-o", str(path), "."]
    subprocess.run(command, cwd=HERE.parent, check=True)


def extracted() -> Catalog:
    """The template as the source says it is now."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "messages.pot")
        return read(Path(folder) / "messages.pot")
