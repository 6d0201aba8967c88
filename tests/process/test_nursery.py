"""The interpreter that the tests' processes are forked from has imported what they would."""

import subprocess
import sys

from tests.process.program import ROOT

ELSEWHERE = ("bot.documents.child", "storage.migrations.env", "storage.migrations.versions.")
"""What only a child of the program imports, and what Alembic reads."""


def test_it_has_imported_every_module_of_the_program() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import sys, tests.process.nursery as one; one.imports(); print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (
        path.relative_to(ROOT) for folder in ("bot", "dialogs", "storage") for path in (ROOT / folder).rglob("*.py")
    )
    names = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths}
    assert {one for one in names - set(said.stdout.split()) if not one.startswith(ELSEWHERE)} == set()
