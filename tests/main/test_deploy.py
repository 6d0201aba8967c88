"""A rolling deploy while people write: old and new side by side behind a balancer, a migration in between, and nobody is refused or loses a word."""

import asyncio
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession

from storage.database.database import Database
from storage.database.tables import submissions
from storage.migrations import revision
from tests.main.balancer import Balancer
from tests.ports import free_port
from tests.process import program
from tests.process.program import ROOT, Program
from tests.process.telegram import APPLICANTS, settings
from tests.storage.migrations.revisions import versions
from tests.telegram.bot_api import BotApi
from tests.telegram.phone import Phone
from tests.ways import rows

PEOPLE = 2
NEXT = '''"""What the next program brings."""
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{head}"

def upgrade() -> None:
    op.add_column("drafts", sa.Column("colour", sa.String(8), server_default="", nullable=False))
    op.create_table("colours", sa.Column("name", sa.String(8), primary_key=True))
'''


@pytest.fixture
def next_program(tmp_path: Path) -> Path:
    """The program of tomorrow: this one, and one more migration."""
    root = tmp_path / "next"
    for part in ("bot", "dialogs", "storage", "locales"):
        shutil.copytree(ROOT / part, root / part)
    (root / "storage/migrations/versions/9999_next.py").write_text(NEXT.format(head=versions()[-1]))
    return root


@pytest.fixture
async def balancer() -> AsyncIterator[Balancer]:
    made = Balancer()
    await made.start()
    yield made
    await made.stop()


async def test_a_rolling_deploy_under_load(
    api: BotApi,
    postgres_url: str,
    next_program: Path,
    balancer: Balancer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shared = settings(
        api,
        DATABASE_URL=postgres_url,
        PUBLIC_URL=f"http://127.0.0.1:{balancer.port}",
        FILES_DIR=str(tmp_path / "files"),
        ERASED_LOG=str(tmp_path / "erased.jsonl"),
        DRAIN_SECONDS="1",
    )

    monkeypatch.setattr(program, "PATIENCE", 180)  # three programs start on a machine that is busy with people

    def process(command: str, root: Path) -> Program:
        made = Program(tmp_path, command, **shared, METRICS_PORT=str(free_port()))
        made.environment["PYTHONPATH"] = str(root)
        return made

    async def started(command: str, root: Path) -> Program:
        made = await asyncio.to_thread(process(command, root).start)
        async with asyncio.timeout(180), ClientSession() as session:  # of a worker, too
            while True:
                with suppress(ClientError):
                    async with session.get(f"http://127.0.0.1:{made.environment['METRICS_PORT']}/readyz") as answer:
                        if answer.status == 200:
                            return made
                await asyncio.sleep(0.1)

    old, old_worker = await started("web", ROOT), await started("worker", ROOT)
    balancer.processes = [old.port]
    await ready(balancer, old)
    await hooked(api)
    over = asyncio.Event()
    writing = [asyncio.create_task(one_after_the_other(api, 500 + number, over)) for number in range(PEOPLE)]
    await asyncio.sleep(3)

    await asyncio.to_thread(process("migrate", next_program).run, "migrate")
    new = await started("web", next_program)
    balancer.processes.append(new.port)
    await ready(balancer, new)
    assert old.port in balancer.ready, "the old one goes on beside the newer tables"
    await asyncio.sleep(2)
    old.signal(signal.SIGTERM)
    assert await asyncio.to_thread(old.stop) == 0
    new_worker = await started("worker", next_program)
    assert await asyncio.to_thread(old_worker.stop) == 0
    await asyncio.sleep(1)
    over.set()
    async with asyncio.timeout(240):
        sent = sum(await asyncio.gather(*writing))

    assert balancer.refused == 0
    assert set(balancer.statuses) == {200}, balancer.statuses
    assert sent >= PEOPLE
    assert balancer.statuses[200] >= sent * 25, (
        "an interview has 31 updates, and an answer may be one of several on a line"
    )
    for one in (new, new_worker):
        assert await asyncio.to_thread(one.stop) == 0
    database = Database(postgres_url)
    assert await revision(database) == "9999"
    assert len(await rows(database, submissions)) == sent
    await database.close()


class Unhurried(Phone):
    """Somebody who reads before they write."""

    async def read(self) -> str:
        """Read, and think."""
        said = await super().read()
        await asyncio.sleep(0.2)
        return said


async def one_after_the_other(api: BotApi, first: int, over: asyncio.Event) -> int:
    """People who each write an application and send it, one after the other until it is `over`. How many got their receipt."""
    sent = 0
    while not over.is_set():
        phone = Unhurried(api.account(APPLICANTS), first + PEOPLE * sent, "en", "Sara")
        await phone.walk("")
        await phone.tap("send")
        await phone.read()
        await phone.tap("sure")
        await phone.expect("SAM-", 60)
        sent += 1
    return sent


async def ready(balancer: Balancer, process: Program) -> None:
    """Wait until the balancer sends people to this process."""
    async with asyncio.timeout(60):
        while process.port not in balancer.ready:
            await asyncio.sleep(0.05)


async def hooked(api: BotApi) -> None:
    """Wait until Telegram knows where to bring updates."""
    async with asyncio.timeout(60):
        while not api.account(APPLICANTS).webhook:
            await asyncio.sleep(0.05)
