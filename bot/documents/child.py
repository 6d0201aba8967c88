"""The process that makes one paper: `python -m bot.documents.child MEMORY SECONDS`.

Law: it limits itself before it reads anything, and does not outlive the process that started it.

Standard input brings a job of our own making, pickled, after its length (8 bytes); standard output is the file that it makes.
The exit status is 0, or 1 when the job failed: then the file says what kind of error it was and where, and nothing else.
"""

import os
import pickle
import shutil
import sys
import threading
from pathlib import Path

KINDER = 10
"""How far others take precedence over it (nice)."""
LARGEST = 4_000_000_000
"""The most bytes of the file that it makes."""


def main(memory: int, seconds: int) -> None:
    """Make the paper of the job on standard input, with `memory` bytes and `seconds` of processor time."""
    _bounded(memory, seconds)
    # What a library prints must not end up in the paper.
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    target = os.fdopen(out, "w+b")
    try:
        job = pickle.loads(_read())  # noqa: S301 from the process that started us, over a pipe that is nobody else's
        threading.Thread(target=_with_parent, daemon=True).start()
        job.make(target, Path.cwd())
        target.flush()
    except BaseException as error:  # a library's panic as well: whatever it is, its kind is all that gets out
        os.ftruncate(out, 0)
        os.lseek(out, 0, os.SEEK_SET)
        os.write(out, _place(error).encode())
        os._exit(1)
    os._exit(0)  # without waiting for the thread, which waits for the parent


def _bounded(memory: int, seconds: int) -> None:
    """Set the limits that this system has (none on Windows)."""
    try:
        import resource
    except ImportError:
        return
    os.nice(KINDER)
    for limit, most in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, LARGEST),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(limit)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (allowed, allowed))


def _read() -> bytes:
    return sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(8)))


def _with_parent() -> None:
    """End when the parent does, which closes its end of the pipe. The working folder is deleted as well."""
    os.read(0, 1)
    shutil.rmtree(Path.cwd(), ignore_errors=True)
    os._exit(1)


def _place(error: BaseException) -> str:
    """The kind of an error and where it arose, without its text, which may quote what somebody wrote."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{where}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
