"""Runs PostgreSQL's own programs on a database's address: one alone, or two in a pipe, where the second succeeds only if the first did."""

import asyncio
import shutil
import tempfile
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import cast

from storage.database.address import server

CHUNK = 1 << 16
"""Bytes that pass between the two programs at a time."""


class Unusable(Exception):
    """Something that cannot be done. The text explains it to the people who run the program."""


@asynccontextmanager
async def address_for(plain: str) -> AsyncIterator[str]:
    """The address for PostgreSQL's own programs. The password is in a temporary file, because everybody can see what is on a command line."""
    there = server(plain)
    if not there.password:
        yield there.libpq()
        return
    with tempfile.TemporaryDirectory() as directory:
        passwords = Path(directory) / "passwords"
        password = there.password.replace("\\", "\\\\").replace(":", "\\:")
        passwords.touch(mode=0o600)
        passwords.write_text(f"*:*:*:*:{password}\n")
        yield there.libpq(passfile=str(passwords))


async def run(program: str, *arguments: str) -> str:
    """Run one of PostgreSQL's own programs, and return what it prints. Unusable when it is missing or fails."""
    running = await _begun(program, *arguments, stdin=DEVNULL)
    printed, said = await running.communicate()
    _well(program, running, said)
    return printed.decode(errors="replace")


async def in_one_transaction(address: str, before: str, script: tuple[str, ...], after: str) -> None:
    """Let psql run the statements `before`, then what the program `script` prints, then `after`, all of it or nothing. Unusable when it is nothing.

    Law: the COMMIT is sent only when `script` has succeeded. If any process is killed before that, ours included, the database is unchanged.
    """
    wanted = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={address}", "--file=-")
    source = await _begun(*script, stdin=DEVNULL)
    try:
        psql = await _begun("psql", *wanted, stdin=PIPE, stdout=DEVNULL)
    except Unusable:
        await _ended(source)
        raise
    printed, taken = cast("StreamReader", source.stdout), cast("StreamWriter", psql.stdin)
    said = asyncio.create_task(cast("StreamReader", source.stderr).read())
    theirs = asyncio.create_task(cast("StreamReader", psql.stderr).read())
    try:
        with suppress(ConnectionError):  # psql has met an error, and says so
            taken.write(f"BEGIN;\n{before}\n".encode())
            while chunk := await printed.read(CHUNK):
                taken.write(chunk)
                await taken.drain()
            await source.wait()
            _well(script[0], source, await said)
            taken.write(f"{after}\nCOMMIT;\n".encode())
            await taken.drain()
            taken.close()
        await psql.wait()
        _well("psql", psql, await theirs)
    finally:
        await _ended(source)
        await _ended(psql)
        await asyncio.gather(said, theirs)


async def _begun(program: str, *arguments: str, stdin: int, stdout: int = PIPE) -> Process:
    found = shutil.which(program)
    if found is None:
        raise Unusable(
            f"{program} is not there. It comes with PostgreSQL's client programs (Debian: postgresql-client), of the server's version or newer"
        )
    return await asyncio.create_subprocess_exec(found, *arguments, stdin=stdin, stdout=stdout, stderr=PIPE)


async def _ended(running: Process) -> None:
    """Kill a program that still runs: the server rolls back what it has not committed."""
    with suppress(ProcessLookupError):
        if running.returncode is None:
            running.kill()
    if running.stdout:
        await running.stdout.read()
    await running.wait()


def _well(program: str, running: Process, said: bytes) -> None:
    if running.returncode:
        raise Unusable(f"{program} ended with {running.returncode}: {said.decode(errors='replace').strip()[-500:]}")
