"""PostgreSQL's own programs: run, with the address of a database; and two of them in a row, of which the second ends well only when the first did."""

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
"""Bytes that pass at a time."""


class Unusable(Exception):
    """What cannot be done, said to whoever runs the program."""


@asynccontextmanager
async def address_for(plain: str) -> AsyncIterator[str]:
    """The address for PostgreSQL's own programs. The password lies in a file that goes again: what stands on a command line is seen by everybody."""
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
    """What one of PostgreSQL's own programs prints."""
    running = await _begun(program, *arguments, stdin=DEVNULL)
    printed, said = await running.communicate()
    _well(program, running, said)
    return printed.decode(errors="replace")


async def in_one_transaction(address: str, before: str, script: tuple[str, ...], after: str) -> None:
    """Let psql carry out statements, then what the program `script` prints, then statements, all of it or nothing. Unusable when it is nothing.

    Law: the COMMIT is sent when `script` has ended well. Whoever is killed before that, us included, leaves what there was.
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
    """No more of it: what it has not committed is taken back by the server."""
    with suppress(ProcessLookupError):
        if running.returncode is None:
            running.kill()
    if running.stdout:
        await running.stdout.read()
    await running.wait()


def _well(program: str, running: Process, said: bytes) -> None:
    if running.returncode:
        raise Unusable(f"{program} ended with {running.returncode}: {said.decode(errors='replace').strip()[-500:]}")
