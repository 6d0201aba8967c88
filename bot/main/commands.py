"""What the operator's commands do and print: packages, protected cases, the chain of events, backups."""

import argparse
import json
import shutil
import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.documents.package import missing_in
from bot.documents.spawn import Unmade
from bot.main import backup, case_commands, restore
from bot.settings.settings import Settings
from storage.cases.verify import ChainNote, still, verify

if TYPE_CHECKING:
    from bot.main.program import Program


LONGEST_REASON = 200
READ = "every contact person reads it at /queue/retention, and it stays in the history of the case"
REFUSED: dict[case_commands.Refused, str] = {
    "unknown": "There is no case {reference}.",
    "unsent": "Nothing has been sent in {reference} yet, so there is nothing to export.",
    "protected": "{reference} is protected: only who is named may see it. To export it all the same, add --protected.",
    "open": "{reference} is not protected: every contact person may see it.",
    "no_such_person": "There is no active contact person called {name}.",
    "disposed": "{reference} was disposed of before: there is nothing left in it.",
    "somebody_is_left": "Somebody who may see {reference} is still there: they can hand it over, or end the protection.",
}


async def export(program: "Program", reference: str, file: str, protected: bool) -> None:
    """Write the package of a case to a new file."""
    reference = reference.upper()
    path = free(file or f"{reference}.zip")
    if refused := await case_commands.takes_out(program.database, reference, program.clock.now(), protected):
        sys.exit(REFUSED[refused].format(reference=reference))
    try:
        async with program.turns.papers.package(0, reference) as made:
            if made is None:
                sys.exit(REFUSED["unknown"].format(reference=reference))
            size = written(path, made)
            missing = missing_in(made)
    except Unmade as unmade:
        sys.exit(f"The package of {reference} could not be made: {unmade}.")
    print(f"{path}: the package of {reference}, {size} bytes")
    if missing:
        sys.exit("Missing in it, for they are not in the files' store:\n" + "\n".join(f"  {one}" for one in missing))


def free(name: str) -> Path:
    """The path, if nothing is there yet; otherwise the command ends and says so."""
    path = Path(name)
    try:
        taken = path.exists()
    except OSError as error:
        sys.exit(f"{path} cannot be written: {error.strerror}")
    if taken:
        sys.exit(f"{path} is there already. Name another file.")
    return path


def written(path: Path, content: BinaryIO) -> int:
    """Write a new file and return its size in bytes; if that fails, end the command and say why."""
    try:
        with path.open("xb") as file:
            shutil.copyfileobj(content, file)
            return file.tell()
    except OSError as error:
        sys.exit(f"{path} cannot be written: {error.strerror}")


async def name(program: "Program", reference: str, person: str) -> None:
    """Let a contact person see a protected case that nobody can see any more."""
    reference = reference.upper()
    if refused := await case_commands.name(program.database, program.seal, reference, person, program.clock.now()):
        sys.exit(REFUSED[refused].format(reference=reference, name=person))
    print(f"{person} may see {reference} from now on.")


async def dispose(program: "Program", reference: str, reason: str, really: bool) -> None:
    """Take a case down for a recorded reason, once the operator has read what that means."""
    reference, reason = reference.upper(), " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        sys.exit(f"Name the reason, and nobody in it: {READ}.")
    if not really:
        sys.exit(
            f"Everything that was sent and written in {reference} would be gone for good, with its files; its number, its days, what is counted, "
            f"what the committee decided and this reason would stay: {reason}\nName nobody in the reason: {READ}.\nNothing is done yet. To do it, add --really."
        )
    done = await case_commands.take_down(program.database, program.seal, reference, reason, program.clock.now())
    if isinstance(done, str):
        sys.exit(REFUSED[done].format(reference=reference))
    await program.files.drop(done)
    if not await program.database.wipe():
        print(
            "The database's log still holds it, because somebody reads it just now: it goes at the next start, or with the next deletion."
        )
    print(f"{reference} is taken down.")


async def check(program: "Program", note: str, against: str) -> None:
    """Walk the chain of every case's events, and report what was changed behind the program's back; the exit status is then 1."""
    path, noted = free(note) if note else None, noted_in(against) if against else None
    async with program.database.read() as connection:
        await still(connection)
        verdict = await verify(connection, program.seal, noted)
    for one in verdict.findings:
        print(f"{one.where}: {one.what}")
    if path:
        written(path, BytesIO(json.dumps(verdict.note).encode()))
    if verdict.findings:
        sys.exit(f"{len(verdict.findings)} findings in {verdict.events} events of {verdict.cases} cases.")
    print(f"{verdict.events} events of {verdict.cases} cases are as they were written.")


def noted_in(name: str) -> ChainNote:
    """What an earlier `verify --note` wrote."""
    try:
        noted = json.loads(Path(name).read_bytes())
        return {str(int(case)): [int(events), str(chain)] for case, (events, chain) in noted.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        sys.exit(f"{name} is no note of an earlier verify.")


async def back_up(settings: Settings, folder: str, at: datetime) -> None:
    """Make a backup, and say what is in it. Damaged files are reported loudly; the backup is made all the same."""
    made = await backup.backup(settings, Path(folder), at)
    print(
        f"{made.path}: the database and {made.files} files, {made.bytes} bytes; {made.linked} of them shared with the backup before"
    )
    if made.erased:
        print(f"{len(made.erased)} files were deleted with their drafts meanwhile.")
    if made.lost:
        print(
            "Missing in the files' store, and here from the backup before:\n"
            + "\n".join(f"  {sha256}" for sha256 in made.lost)
        )
    if made.lost and not made.damaged:
        sys.exit("Put them back into the store: docs/operations.md, “Files”")
    if made.damaged:
        sys.exit("Missing or damaged in the files' store:\n" + "\n".join(f"  {sha256}" for sha256 in made.damaged))


async def put_back(settings: Settings, arguments: argparse.Namespace, at: datetime) -> None:
    """Restore a backup, and say what to check."""
    ledgers = tuple(Path(one) for one in arguments.erased)
    done = await restore.restore(settings, Path(arguments.backup), at, arguments.force, ledgers)
    print(
        f"As it was at {done.made_at}: the database and {done.files} files. {done.erased} rows deleted since then are deleted again."
    )
    if done.moved is not None:
        print(f"From SQLite to PostgreSQL: {done.moved} rows.")
    print(done.secret)
    print(
        "Contact persons: " + (", ".join(done.staff) or "none") + ". They sign in anew: python -m bot invite NAME. "
        "Whoever has left, and what was protected, is known as far as the register goes; look whether it is right."
    )
