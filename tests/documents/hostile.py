"""Jobs that go wrong in a child, each in its own way. They stand in a module of their own: a child imports it."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from bot.documents.spawn import Job


@dataclass(frozen=True, slots=True)
class Hungry:
    """Takes more and more memory."""

    def make(self, target: BinaryIO, scratch: Path) -> None:
        taken = []
        while True:
            taken.append(bytearray(10_000_000))


@dataclass(frozen=True, slots=True)
class Busy:
    """Never has done with reckoning."""

    def make(self, target: BinaryIO, scratch: Path) -> None:
        while True:
            pass


@dataclass(frozen=True, slots=True)
class Aborts:
    """Ends as a library does that finds itself lost."""

    def make(self, target: BinaryIO, scratch: Path) -> None:
        os.abort()


@dataclass(frozen=True, slots=True)
class Fails:
    """Raises an error that quotes somebody, in the middle of its file."""

    words: str

    def make(self, target: BinaryIO, scratch: Path) -> None:
        target.write(b"half a paper of " + self.words.encode())
        raise ValueError(self.words)


@dataclass(frozen=True, slots=True)
class Overflows:
    """Writes more than the disk takes, which is found out at the end."""

    words: str

    def make(self, target: BinaryIO, scratch: Path) -> None:
        target.write(self.words.encode())
        target.seek(5_000_000_000)
        target.write(b".")


@dataclass(frozen=True, slots=True)
class Speechless:
    """Ends with a status of its own in the middle of its file."""

    words: str

    def make(self, target: BinaryIO, scratch: Path) -> None:
        target.write(self.words.encode())
        target.flush()
        os._exit(1)


@dataclass(frozen=True, slots=True)
class Tells:
    """Says what it knows and may, after a library has printed something."""

    def make(self, target: BinaryIO, scratch: Path) -> None:
        import resource

        print("a library's remark", flush=True)
        core, files = resource.getrlimit(resource.RLIMIT_CORE), resource.getrlimit(resource.RLIMIT_FSIZE)
        told = (dict(os.environ), os.nice(0), core[1], files[1], list(scratch.iterdir()))
        target.write(repr(told).encode())


@dataclass(frozen=True, slots=True)
class Sleeps:
    """Says who it is in a file, leaves something in its folder, and sleeps."""

    told: Path

    def make(self, target: BinaryIO, scratch: Path) -> None:
        (scratch / "picture").write_bytes(b"of somebody")
        written = self.told.with_suffix(".new")
        written.write_text(f"{os.getpid()} {scratch}")
        written.rename(self.told)
        time.sleep(60)


def job(one: object) -> "Job":
    """As one of the jobs that the program has."""
    return cast("Job", one)
