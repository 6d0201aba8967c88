"""Two web and one worker process whose disks have nothing in common: they serve each other's files from one object store."""

import asyncio
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import ClientError
from sqlalchemy import func, select

from storage.database.database import Database
from storage.database.tables import files
from storage.files.files import LOCK, Files
from storage.files.objects import Objects
from tests.answers import went_on
from tests.house import SECRET
from tests.objects import ObjectStore
from tests.process.blocking_visitor import STEPS, BlockingVisitor
from tests.process.program import PATIENCE, Program
from tests.process.walk import reference_in
from tests.ways import number_of
from tests.web.page import Page

PDF = b"%PDF-1.4\n" + b"only on one web process's line " * 50 + b"\n%%EOF\n"


@dataclass
class Place:
    """One database and one object store; every process that is started gets a machine with nothing on it."""

    directory: Path
    settings: dict[str, str]
    store: Objects
    running: list[Program] = field(default_factory=list)

    def machine(self, command: str, **more: str) -> Program:
        directory = self.directory / f"machine-{len(self.running)}"
        (directory / "tmp").mkdir(parents=True)
        given = self.settings | {"TMPDIR": str(directory / "tmp")} | more
        self.running.append(Program(directory, command, **given))
        return self.running[-1]

    def lying(self) -> list[str]:
        """What lies in the store."""
        return asyncio.run(self.store.older(time.time() + 10))


@pytest.fixture
def place(postgres_url: str, tmp_path: Path, objects: ObjectStore) -> Iterator[Place]:
    url = objects.fresh()
    settings = {"DATABASE_URL": postgres_url, "SECRET_KEY": SECRET, "FILES_URL": url} | objects.environment
    place = Place(tmp_path, settings, Objects(url, tmp_path, objects.known))
    yield place
    for one in place.running:
        if one.started:
            one.stop()


def to_the_papers(visitor: BlockingVisitor) -> Page:
    """From hello to the question for files."""
    page = visitor.press(visitor.see(), "accept")
    while (asked := page.question) != "papers":
        for act, filled in STEPS[asked]:
            page = visitor.press(page, act, filled)
        went_on(asked, page.question, page.text)
    return page


def sends(visitor: BlockingVisitor, page: Page, act: str) -> Page:
    """Send the form of the papers with a file."""
    return visitor.press(page, act, files=(("enkät.pdf", PDF),))


def to_the_receipt(visitor: BlockingVisitor, page: Page, at: str) -> str:
    """From there to the reference, at another process."""
    visitor.url = at
    while asked := page.question:
        for act, filled in [("done", {})] if asked == "papers" else STEPS[asked]:
            page = visitor.press(page, act, filled)
        went_on(asked, page.question, page.text)
    return reference_in(visitor.press(visitor.press(visitor.see(), "send"), "sure"))


def test_they_serve_each_others_files_and_a_deploy_onto_fresh_disks_loses_nothing(place: Place) -> None:
    one, two, worker = place.machine("web").start(), place.machine("web").start(), place.machine("worker").start()
    visitor = BlockingVisitor(one.url)
    reference = to_the_receipt(visitor, sends(visitor, to_the_papers(visitor), "add"), two.url)
    found = re.search(r"/sign-in/\S+", two.run("invite", "Nadia"))
    assert found
    desk = BlockingVisitor(two.url)
    desk.post(found[0])
    case = desk.see(f"/queue/{reference}").html
    link = re.search(r"/queue/[^\"]+/files/[0-9a-f]{64}", case)
    assert link
    for web in (one, two):
        assert desk.get(web.url + link[0]) == PDF
        assert desk.get(f"{web.url}/queue/{reference}/package").startswith(b"PK")
    assert [ended.stop() for ended in (one, two, worker)] == [0, 0, 0]
    assert [path for path in place.directory.rglob("*") if path.is_file() and PDF in path.read_bytes()] == []

    deployed = place.machine("web").start()
    assert desk.get(deployed.url + link[0]) == PDF
    assert f"the package of {reference}" in deployed.run("export", reference)
    secrets = (place.settings["AWS_SECRET_ACCESS_KEY"], place.settings["AWS_ACCESS_KEY_ID"])
    assert not [word for word in secrets for program in place.running if word in program.log]
    visitor.close()
    desk.close()


def test_a_process_with_another_store_does_not_start_and_says_why(place: Place, objects: ObjectStore) -> None:
    web = place.machine("web").start()
    visitor = BlockingVisitor(web.url)
    sends(visitor, to_the_papers(visitor), "add")
    assert len(place.lying()) == 1
    visitor.close()
    for more in ({"FILES_URL": objects.fresh()}, {"FILES_URL": "files"}):
        with pytest.raises(subprocess.CalledProcessError) as refused:
            place.machine("web", **more).run("worker")
        (line,) = [line for line in refused.value.stderr.splitlines() if "Not done" in line]
        assert "is not the one that the database knows" in line
        assert "Traceback" not in refused.value.stderr
    place.machine("web", FILES_URL=web.environment["FILES_URL"]).start()


def test_a_store_that_is_away_at_the_start_is_said_in_a_line(place: Place) -> None:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        place.machine("web", AWS_ENDPOINT_URL="http://127.0.0.1:9", DATABASE_WAIT_SECONDS="1").run("web")
    assert "the store cannot be reached" in refused.value.stderr
    assert "Traceback" not in refused.value.stderr


async def test_a_kill_between_the_upload_and_its_row_leaves_an_object_that_the_sweep_takes(place: Place) -> None:
    """Whoever holds the lock that a turn with files takes sees the object lie there, and the process die before its row."""
    web = await asyncio.to_thread(place.machine("web").start)
    visitor = BlockingVisitor(web.url)
    page = await asyncio.to_thread(to_the_papers, visitor)
    database = Database(place.settings["DATABASE_URL"])
    async with database.read() as connection:
        await connection.execute(select(func.pg_advisory_lock(LOCK)))
        sending = asyncio.create_task(asyncio.to_thread(sends, visitor, page, "add"))
        async with asyncio.timeout(PATIENCE):
            while not await place.store.older(time.time() + 10):
                await asyncio.sleep(0.05)
        web.kill()
        with pytest.raises(ClientError):
            await sending
        await connection.execute(select(func.pg_advisory_unlock(LOCK)))
    assert await number_of(database, files) == 0
    swept = Files(database, place.store)
    assert await swept.drop(set(await swept.older(time.time() + 10))) == 1
    assert await place.store.older(time.time() + 10) == []
    again = await asyncio.to_thread(place.machine("web").start)
    visitor.url = again.url
    page = await asyncio.to_thread(sends, visitor, await asyncio.to_thread(visitor.see), "add")
    assert "enkät.pdf" in page.text
    assert await number_of(database, files) == 1
    visitor.close()
    await database.close()
