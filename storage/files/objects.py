"""Files in an object store (S3, Google Cloud Storage, Azure), by obstore. Law: nobody else gets a link to them; every read goes through us.

Each put is one request, so that a kill leaves a whole object or none; a multipart upload could leave parts that no listing shows.
"""

import asyncio
import hashlib
import mmap
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import from_url

from storage.files.arriving import Arriving, off
from storage.files.store import Away, checked, named

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig

FILES = "files"
AT_ONCE = 4
"""How many contents one process sends at a time, and how many it fetches: up to 20 MB each. Law: a slow reader keeps nobody from writing."""
QUICK, WHOLE = 10.0, 60.0
"""Seconds for a question or one CHUNK of a content, and seconds for a content of at most 20 MB, including all retries and the wait for a slot."""
YOUNG = timedelta(minutes=5)
"""Keeping the content of an older object writes it again, since nothing else makes it young again for the sweep."""
CHUNK = 1 << 20
"""Bytes of a content that are in memory at a time."""
CLIENT: "ClientConfig" = {"connect_timeout": "3s", "timeout": "30s"}
RETRY: "RetryConfig" = {
    "max_retries": 3,
    "retry_timeout": timedelta(seconds=20),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=2), "base": 2},
}


class Objects:
    """An object store; see Store. `url` is s3://bucket/prefix, gs://… or az://…;
    `known` gives its address and keys (obstore, S3Config), in addition to what the environment says.
    """

    def __init__(self, url: str, scratch: Path, known: dict[str, str]) -> None:
        self.where, self.scratch = url, scratch
        client: ClientConfig = CLIENT | {"allow_http": known.get("aws_endpoint_url", "").startswith("http://")}
        config: Any = known
        self._store = from_url(url, config=config or None, client_options=client, retry_config=RETRY)
        self._keeping, self._reading, self._asking = (asyncio.Semaphore(AT_ONCE) for _way in range(3))

    async def keep(self, arriving: Arriving) -> None:
        """Create an object from what has arrived, which is mapped, not read into memory."""
        key = _key(arriving.sha256)
        content = await arriving.read(_mapped)
        async with _asked(WHOLE), self._keeping:
            if not await self._put(key, content) and not await self._young(key):
                await self._put(key, content, over=True)

    async def _put(self, key: str, content: bytes | mmap.mmap, *, over: bool = False) -> bool:
        """Create an object; False when it already exists. With `over`, overwrite it."""
        async with _asked(WHOLE):
            try:
                await self._sent(key, content, over)
            except AlreadyExistsError:
                return False
            except FileNotFoundError:
                raise Away("no such bucket") from None
        return True

    async def _sent(self, key: str, content: bytes | mmap.mmap, over: bool) -> None:
        try:
            await obstore.put_async(
                self._store, key, content, mode="overwrite" if over else "create", use_multipart=False
            )
        except NotImplementedError:
            # The store cannot create conditionally (AWS_CONDITIONAL_PUT=disabled). The same name means the same content.
            await obstore.put_async(self._store, key, content, use_multipart=False)

    async def _young(self, key: str) -> bool:
        try:
            async with _asked(QUICK):
                known = await obstore.head_async(self._store, key)
        except FileNotFoundError:
            return False
        return datetime.now(UTC) - known["last_modified"] < YOUNG

    @asynccontextmanager
    async def at_hand(self, wanted: Collection[str]) -> AsyncIterator[dict[str, Path]]:
        """Copies of these files, each verified as it arrives, and deleted on leaving."""
        with TemporaryDirectory(dir=self.scratch, ignore_cleanup_errors=True) as folder:
            paths = {sha256: Path(folder) / checked(sha256) for sha256 in wanted}
            came = await _each(self._fetched, paths.items())
            yield {sha256: path for (sha256, path), whole in zip(paths.items(), came, strict=True) if whole}

    async def _fetched(self, sha256: str, to: Path) -> bool:
        known = hashlib.sha256()
        try:
            async with _asked(WHOLE), self._reading, asyncio.timeout(QUICK) as pace:
                found = await obstore.get_async(self._store, _key(sha256))
                with to.open("xb") as file:
                    async for chunk in found.stream(min_chunk_size=CHUNK):
                        await off(_add, chunk, file, known)
                        pace.reschedule(asyncio.get_running_loop().time() + QUICK)
        except FileNotFoundError:
            return False
        return known.hexdigest() == sha256

    async def lacking(self, wanted: Collection[str]) -> set[str]:
        """Those of `wanted` that are not here."""
        there = await _each(self._there, ((sha256,) for sha256 in wanted))
        return {sha256 for sha256, one in zip(wanted, there, strict=True) if not one}

    async def _there(self, sha256: str) -> bool:
        try:
            async with _asked(QUICK), self._asking:
                await obstore.head_async(self._store, _key(sha256))
        except FileNotFoundError:
            return False
        return True

    async def delete(self, gone: Collection[str]) -> None:
        """Delete these in one request. If the bucket keeps versions, they remain as old versions."""
        for sha256 in gone:
            checked(sha256)
        try:
            async with _asked(QUICK):
                await obstore.delete_async(self._store, [_key(sha256) for sha256 in gone])
        except FileNotFoundError:  # some stores raise it for a missing object
            return

    async def older(self, than: float) -> list[str]:
        """The SHA-256 of files written before then. Other objects, put there from somebody's console, are not ours, and left out."""
        last = datetime.fromtimestamp(than, UTC)
        async with _asked(WHOLE):
            return [
                name
                async for some in obstore.list(self._store, prefix=FILES)
                for one in some
                if one["last_modified"] < last and named(name := one["path"].removeprefix(f"{FILES}/"))
            ]

    async def empty(self) -> bool:
        """Whether the store holds no files."""
        async with _asked(QUICK):
            async for some in obstore.list(self._store, prefix=FILES, chunk_size=1):
                return not some
        return True

    async def note(self, name: str) -> bytes | None:
        """The note with this name; None when there is none."""
        try:
            async with _asked(QUICK):
                return bytes(await (await obstore.get_async(self._store, name)).bytes_async())
        except FileNotFoundError:
            return None

    async def notes(self, folder: str) -> list[str]:
        """The names of all notes in a folder."""
        async with _asked(WHOLE):
            return sorted([one["path"] async for some in obstore.list(self._store, prefix=folder) for one in some])

    async def write(self, name: str, content: bytes, *, over: bool = False) -> bool:
        """Write a note. In stores that create conditionally, only one of several writers succeeds."""
        return await self._put(name, content, over=over)


def _key(sha256: str) -> str:
    return f"{FILES}/{checked(sha256)}"


def _mapped(file: BinaryIO) -> mmap.mmap:
    return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _add(chunk: bytes, file: BinaryIO, known: "hashlib._Hash") -> None:
    known.update(chunk)
    file.write(chunk)


async def _each(work: Callable[..., Coroutine[None, None, bool]], given: Iterable[tuple[object, ...]]) -> list[bool]:
    """The result of `work` for each of `given`, AT_ONCE at a time: the calls of one caller wait only for slots that other callers hold.
    The first error ends all of them.
    """
    left, made = iter(enumerate(given)), dict[int, bool]()

    async def works() -> None:
        for number, one in left:
            made[number] = await work(*one)

    try:
        async with asyncio.TaskGroup() as together:
            for _place in range(AT_ONCE):
                together.create_task(works())
    except ExceptionGroup as trouble:
        raise trouble.exceptions[0] from None
    return [made[number] for number in sorted(made)]


@asynccontextmanager
async def _asked(seconds: float) -> AsyncIterator[None]:
    """Limit a request to `seconds`, and turn every error into Away, except that something is missing or already exists."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except (Away, FileNotFoundError, AlreadyExistsError):
        raise
    except (BaseError, OSError, ValueError) as error:
        # The error's own text contains addresses, and sometimes the request.
        raise Away(type(error).__name__) from None
