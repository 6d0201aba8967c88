"""One job, one child process. Law: papers and archives are made nowhere else, so that one that is too much takes nobody with it."""

import asyncio
import pickle
import re
import signal
import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from bot.documents.export import OwnData
    from bot.documents.overview_svg import OverviewPicture
    from bot.documents.package import Package
    from bot.documents.receipt import ReceiptPaper

    Job = Package | ReceiptPaper | OwnData | OverviewPicture

ROOT = Path(__file__).parents[2]
CHILD = ("-P", "-m", "bot.documents.child")
ENVIRONMENT = {"PYTHONPATH": str(ROOT)}
"""All that a child gets from us: no token, no key, no address of the database."""
TROUBLE = re.compile(rb"[A-Za-z]+( [\w.-]+:\d+)?", re.ASCII)
"""What a child says about its failure: the kind of the error, and the file and line."""
LONGEST_TROUBLE = 200
"""Bytes that are read of that."""


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What one child may use: bytes of its own memory, seconds of processor time, and seconds in all."""

    memory: int
    processor: int
    seconds: float


LIMITS = ChildLimits(memory=256_000_000, processor=30, seconds=60)
"""A receipt takes 60 MB; one of 260,000 characters takes 160 MB."""
WITH_PICTURES = ChildLimits(memory=512_000_000, processor=30, seconds=60)
"""The most pictures that one paper may show take up to 500 MB."""


class Unmade(Exception):
    """A child did not make its paper. The text is the kind of error, the signal or "time", and nothing that anybody wrote."""

    @property
    def passes(self) -> bool:
        """Whether the machine was at fault, for example with a full disk, so that the same job may succeed later."""
        return str(self).startswith("OSError")


async def made(job: "Job", limits: ChildLimits) -> BinaryIO:
    """The file that a job makes, open at its beginning. It has no name, so it is gone when it is closed or this process ends, in whatever way.

    Unmade when the child fails or takes more than its limits. The child ends with this call in any case, even if the call is cancelled.
    """
    try:
        with ExitStack() as closing:
            target = closing.enter_context(TemporaryFile())
            with TemporaryDirectory(prefix="samverkansguiden-") as scratch:
                code = await _status(pickle.dumps(job), target, scratch, limits)
            if code:
                raise Unmade(_trouble(code, target))
            target.seek(0)
            closing.pop_all()
            return target
    except OSError as error:
        raise Unmade(f"OSError {error.errno}") from None


async def _status(job: bytes, target: BinaryIO, scratch: str, limits: ChildLimits) -> int:
    """The exit status of a child that was given this job."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *CHILD,
        str(limits.memory),
        str(limits.processor),
        stdin=asyncio.subprocess.PIPE,
        stdout=target,
        stderr=asyncio.subprocess.DEVNULL,  # a library's last words may quote what somebody wrote
        cwd=scratch,
        env=ENVIRONMENT,
        start_new_session=True,  # Ctrl-C is for us: work under way may end
    )
    try:
        async with asyncio.timeout(limits.seconds):
            if child.stdin is not None:
                with suppress(ConnectionError):  # it has ended already; its status says how
                    child.stdin.write(len(job).to_bytes(8) + job)
                    await child.stdin.drain()
            return await child.wait()
    except TimeoutError:
        raise Unmade("time") from None
    finally:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()


def _trouble(code: int, target: BinaryIO) -> str:
    if code < 0:
        return signal.Signals(-code).name
    target.seek(0)
    # If the child could not even say what was wrong, this is the beginning of a paper: nothing for a log.
    told = TROUBLE.fullmatch(target.read(LONGEST_TROUBLE))
    return told[0].decode() if told else f"status {code}"
