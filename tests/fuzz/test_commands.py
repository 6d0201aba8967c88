"""Every command of the command line with every argument: it says what is wrong, and nothing is lost."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from random import Random

from storage.database.tables import case_events, drafts, submissions
from tests.fuzz.conftest import TIMES
from tests.fuzz.making import WORDS, words
from tests.house import SECRET, Caller, Composed, compose
from tests.process.program import ROOT, Program
from tests.ways import BEGUN, SENT, WISHED, goes, rows

WITH_ARGUMENTS = ("invite", "deactivate", "export", "name", "verify", "seal", "talk", "migrate")
ENDLESS = ("serve", "web", "worker")
OPTIONS = ("--administrator", "--email", "--protected", "--note", "--against", "--nonsense", "-h", "--", "-")


def lines(chance: Random, reference: str) -> list[list[str]]:
    """Command lines, the endless ones only with what they do not take."""
    arguments = [
        *(one for one in WORDS if "\x00" not in one),
        reference,
        reference.lower(),
        "\udcff",
        "/",
        ".",
        "/etc/passwd",
        "note.json",
    ]
    made = [
        [command, argument] for command in (*WITH_ARGUMENTS, "", "nonsense") for argument in chance.sample(arguments, 8)
    ]
    made += [[command] for command in (*WITH_ARGUMENTS, "")] + [[command, "more"] for command in ENDLESS] + [[]]
    for _time in range(40 * TIMES):
        drawn = [
            chance.choice((*arguments, *OPTIONS, words(chance).replace("\x00", "")))
            for _one in range(chance.randrange(5))
        ]
        made.append([chance.choice(WITH_ARGUMENTS), *drawn])
    return made


def test_every_command_with_every_argument(sqlite_url: str, tmp_path: Path, chance: Random) -> None:
    program = Program(tmp_path, DATABASE_URL=sqlite_url, SECRET_KEY=SECRET, FILES_DIR=str(tmp_path / "files"))

    async def lived(parts: Composed) -> None:
        await goes(Caller(parts.turns, "sara"), *WISHED, *SENT)
        await goes(Caller(parts.turns, "planted"), *BEGUN, "partly")

    async def kept(parts: Composed) -> list[list[tuple[object, ...]]]:
        tables = (drafts, submissions, case_events)
        return [[tuple(row)[:-2] for row in await rows(parts.database, table)] for table in tables]

    async def done(parts: Composed, begins: bool) -> list[list[tuple[object, ...]]]:
        if begins:
            await lived(parts)
        found = await kept(parts)
        await parts.close()
        return found

    before = asyncio.run(done(compose(sqlite_url, tmp_path), True))
    given = lines(chance, "SAM-2026-0001")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.run_commands"],
        cwd=tmp_path,
        env=program.environment | {"PYTHONPATH": str(ROOT)},
        input=json.dumps(given).encode(),
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    ended = zip(given, json.loads(ran.stdout), strict=True)
    assert [(line, said) for line, (status, said) in ended if status not in (0, 1, 2) or "Traceback" in said] == []
    assert asyncio.run(done(compose(sqlite_url, tmp_path), False)) == before
