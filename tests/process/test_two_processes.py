"""Several processes on one PostgreSQL."""

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import SECRET
from tests.letterbox import Letterbox
from tests.process.blocking_visitor import BlockingVisitor
from tests.process.program import Program
from tests.process.walk import reference_in, to_the_review
from tests.web.page import Page


@pytest.fixture
def two(postgres_url: str, tmp_path: Path) -> Iterator[tuple[Program, Program]]:
    pair = tuple(Program(tmp_path, "web", DATABASE_URL=postgres_url, SECRET_KEY=SECRET).start() for _ in range(2))
    yield pair  # type: ignore[misc]
    for one in pair:
        one.stop()


def test_two_presses_on_send_at_the_same_instant(
    two: tuple[Program, Program], tmp_path: Path, postgres_url: str
) -> None:
    for turn in range(3):
        visitor = BlockingVisitor(two[0].url)
        asked = visitor.press(to_the_review(visitor), "send")
        gate, receipts = threading.Barrier(2), list[Page]()

        def press(
            at: str,
            visitor: BlockingVisitor = visitor,
            asked: Page = asked,
            gate: threading.Barrier = gate,
            receipts: list[Page] = receipts,
        ) -> None:
            gate.wait()
            receipts.append(visitor.press(asked, "sure", at=at))

        pressing = [threading.Thread(target=press, args=(one.url,)) for one in two]
        for thread in pressing:
            thread.start()
        for thread in pressing:
            thread.join()
        references = {reference_in(page) for page in receipts}
        assert len(receipts) == 2
        assert len(references) == 1, references
        assert references.pop().endswith(f"{turn + 1:04}"), "no number was used for nothing"
        visitor.close()


def test_web_and_worker_share_the_work(two: tuple[Program, Program], tmp_path: Path, postgres_url: str) -> None:
    letterbox = Letterbox().start()
    settings = {
        "DATABASE_URL": postgres_url,
        "SECRET_KEY": SECRET,
        "SMTP_URL": letterbox.url,
        "CONTACT_MAILBOX": "box@example.se",
    }
    web, worker = Program(tmp_path, "web", **settings).start(), Program(tmp_path, "worker", **settings).start()
    visitor = BlockingVisitor(web.url)
    reference = reference_in(visitor.press(visitor.press(to_the_review(visitor), "send"), "sure"))
    letterbox.wait_for(2)
    assert sorted(letterbox.recipients) == ["box@example.se", "sara@malmo.se"]
    assert all(reference in letter.get_content() for letter in letterbox.letters)
    assert worker.stop() == 0
    assert web.stop() == 0
    visitor.close()
    letterbox.stop()


def test_the_embedded_database_is_for_one_process(tmp_path: Path) -> None:
    program = Program(tmp_path, "web")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        program.run("web")
    assert "SQLite is for one process" in refused.value.stderr
