"""Metrics: what a scrape shows of a running program, and that nothing of anybody is in it."""

import asyncio
import contextlib
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.main import metrics_page
from bot.operations import metrics
from bot.operations.metrics import watched
from bot.turns.origin import Origin
from storage.database.database import Database
from storage.people.people import Address
from tests.house import SECRET
from tests.ports import free_port
from tests.process.blocking_visitor import BlockingVisitor
from tests.process.program import Program
from tests.process.walk import reference_in, to_the_review

Samples = dict[tuple[str, tuple[str, ...]], float]


def scraped(text: str) -> Samples:
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_running_program(tmp_path: Path, database_url: str) -> None:
    port = free_port()
    program = Program(tmp_path, DATABASE_URL=database_url, SECRET_KEY=SECRET, METRICS_PORT=str(port)).start()
    visitor = BlockingVisitor(program.url)
    reference = reference_in(visitor.press(visitor.press(to_the_review(visitor), "send"), "sure"))
    time.sleep(1.1)  # an answer holds for a second
    text = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    found = scraped(text)
    assert found["samverkansguiden_database_up", ()] == 1
    assert found["samverkansguiden_requests_total", ("2xx",)] > 20
    assert found["samverkansguiden_turns_total", ("web", "taken")] > 20
    assert found["samverkansguiden_turn_seconds_count", ("web",)] > 20
    assert found["samverkansguiden_loop_lag_seconds_count", ()] > 0
    assert found["samverkansguiden_database_seconds_count", ()] > 40
    assert found["samverkansguiden_database_pool_size", ()] >= 10
    assert 0 <= found["samverkansguiden_database_pool_in_use", ()] <= found["samverkansguiden_database_pool_size", ()]
    assert abs(found["samverkansguiden_clock_offset_seconds", ()]) < 5
    for loop in ("alarms", "delivery", "lag", "ledger", "reminders", "timekeeper"):
        assert found["samverkansguiden_loop_beat_age_seconds", (loop,)] < 30
        assert found["samverkansguiden_loop_restarts_total", (loop,)] == 0
    assert any(name == "process_resident_memory_bytes" for name, _labels in found)
    assert any(name == "python_gc_collections_total" for name, _labels in found)
    assert any(name == "samverkansguiden_build_info" for name, _labels in found)
    for planted in (reference, "Sara", "sara@malmo.se", "Träd", "Möllevångstorget", SECRET):
        assert planted not in text
    assert httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
    assert httpx.get(f"{program.url}/metrics").status_code == 404, "people's port has none"
    assert program.stop() == 0
    visitor.close()


def test_a_worker_is_watched_as_well(tmp_path: Path, postgres_url: str) -> None:
    port = free_port()
    worker = Program(tmp_path, "worker", DATABASE_URL=postgres_url, SECRET_KEY=SECRET, METRICS_PORT=str(port)).start()
    last = time.monotonic() + 30
    while True:
        try:
            ready = httpx.get(f"http://127.0.0.1:{port}/readyz")
            break
        except httpx.TransportError:
            assert time.monotonic() < last, worker.log
            time.sleep(0.1)
    assert ready.status_code == 200
    assert worker.stop() == 0


class Taking:
    """Takes turns, or does not."""

    def __init__(self, does: Any) -> None:
        self.does = does

    @watched
    async def take(self, origin: Origin, event: Any) -> Any:
        if isinstance(self.does, BaseException):
            raise self.does
        return self.does


@pytest.mark.parametrize(
    ("does", "outcome"),
    [
        (None, "taken"),
        (True, "taken"),
        (False, "unknown"),
        (OSError(), "later"),
        (KeyError("x"), "failed"),
        (asyncio.CancelledError(), "cut"),
    ],
)
async def test_how_a_turn_went(does: Any, outcome: str) -> None:
    def count() -> float:
        return scraped(metrics.text(None).decode()).get(("samverkansguiden_turns_total", ("web", outcome)), 0)

    before = count()
    with contextlib.suppress(Exception, asyncio.CancelledError):
        await Taking(does).take(Origin(Address("web", "an address of somebody"), "sv"), None)
    assert count() == before + 1
    assert "an address of somebody" not in metrics.text(None).decode()


def test_labels_are_a_few_words_of_ours() -> None:
    for channel in ("web", "mail", "Anna Ek", "another"):
        metrics.delivered(channel, "delivered")
        metrics.skipped(channel)
    for code in (0, 429, 12345, 999):
        metrics.trouble(code)
    text = metrics.text(None).decode()
    assert "Anna" not in text
    assert "another" not in text
    assert "12345" not in text
    assert ("samverkansguiden_api_troubles_total", ("other",)) in scraped(text)


def test_what_the_database_refuses_is_counted_by_its_code() -> None:
    for code in ("25006", "42501", "42804", "", "hush!", "42501 for Anna", "0100C"):
        metrics.database_error(code)
    found = scraped(metrics.text(None).decode())
    codes = {labels[0] for name, labels in found if name == "samverkansguiden_database_errors_total"}
    assert {"25006", "42501", "42xxx", "01xxx", "none", "other"} <= codes
    assert all(len(code) == 5 or code == "none" for code in codes)


async def test_connections_in_use_are_those_that_are_out(database: Database) -> None:
    metrics_page.measure(database)

    def in_use() -> float:
        return scraped(metrics.text(None).decode())["samverkansguiden_database_pool_in_use", ()]

    before = in_use()
    async with database.read() as one, database.read() as other:
        await one.exec_driver_sql("SELECT 1")
        await other.exec_driver_sql("SELECT 1")
        assert in_use() == before + 2
    assert in_use() == before
