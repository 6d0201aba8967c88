"""Machines whose clocks are wrong: the database's is the one that counts."""

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.operations.timekeeper import Timekeeper
from bot.settings.clock import Clock
from storage.database.database import Database
from tests.house import SECRET
from tests.letterbox import Letterbox
from tests.ports import free_port
from tests.process.blocking_visitor import BlockingVisitor
from tests.process.elsewhere import Ahead
from tests.process.program import Program
from tests.process.walk import reference_in, to_the_review

TWO_DAYS = 2 * 24 * 3600


class Elsewhere(Program):
    """The program on a machine whose clock is ahead by some seconds."""

    ahead: float = 0

    @property
    def module(self) -> tuple[str, ...]:
        """What is run."""
        return ("tests.process.elsewhere", str(self.ahead))


@pytest.mark.parametrize(("web_is", "worker_is"), [(120, 0), (TWO_DAYS, -600), (-120, 120)])
def test_what_one_machine_has_to_say_goes_at_once_from_another(
    tmp_path: Path, postgres_url: str, web_is: float, worker_is: float
) -> None:
    letterbox, port = Letterbox().start(), free_port()
    settings = {
        "DATABASE_URL": postgres_url,
        "SECRET_KEY": SECRET,
        "SMTP_URL": letterbox.url,
        "CONTACT_MAILBOX": "box@example.se",
        "LOG_FORMAT": "json",
    }
    worker = Elsewhere(tmp_path, "worker", **settings)
    web = Elsewhere(tmp_path, "web", **settings, METRICS_PORT=str(port))
    web.ahead, worker.ahead = web_is, worker_is
    worker.begin()
    web.start()
    visitor = BlockingVisitor(web.url)
    reference_in(visitor.press(visitor.press(to_the_review(visitor), "send"), "sure"))
    letterbox.wait_for(2, 60)
    text = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    (offset,) = (line.split()[1] for line in text.splitlines() if line.startswith("samverkansguiden_clock_offset"))
    assert abs(float(offset) + web_is) < 5
    assert httpx.get(f"http://127.0.0.1:{port}/readyz").json()["clock_offset_seconds"] == round(float(offset), 1)
    assert "the database's clock, which counts" in web.log
    assert (worker.stop(), web.stop()) == (0, 0)
    visitor.close()
    letterbox.stop()


async def test_a_clock_that_is_nearly_right_is_right(database: Database) -> None:
    clock = Clock()
    await Timekeeper(database, clock).once()
    assert clock.offset == timedelta()
    assert abs(clock.now() - clock.here()) < timedelta(seconds=5)


async def test_what_is_known_holds_while_the_database_is_away(postgres_url: str) -> None:
    database, clock = Database(postgres_url), Ahead(timedelta(hours=-1).total_seconds())
    await Timekeeper(database, clock).once()
    await database.close()
    known = clock.offset
    assert abs(known - timedelta(hours=1)) < timedelta(seconds=5)
    away = Database("postgresql://nobody:hush@127.0.0.1:1/nothing")
    await Timekeeper(away, clock).once()
    assert clock.offset == known
    await away.close()
