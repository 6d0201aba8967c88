"""The program killed with SIGKILL between any two steps, and in the middle of them, and started again: it goes on where it was."""

import contextlib
import random
import threading
import time
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from aiohttp import ClientError

from tests.answers import went_on
from tests.house import SECRET
from tests.process.blocking_visitor import STEPS, BlockingVisitor
from tests.process.program import Program
from tests.process.walk import reference_in, undisturbed
from tests.web.page import Page


@pytest.fixture
def program(database_url: str, tmp_path: Path) -> Iterator[Program]:
    running = Program(tmp_path, DATABASE_URL=database_url, SECRET_KEY=SECRET).start()
    yield running
    running.stop()


def test_killed_between_any_two_steps(program: Program) -> None:
    visitor = BlockingVisitor(program.url)
    page = visitor.press(visitor.see(), "accept")
    walked: list[str] = []
    while page.question:
        asked = page.question
        assert asked not in walked, "an answer was lost"
        for act, filled in STEPS[asked]:
            page = visitor.press(visitor.see(), act, filled)
        walked.append(asked)
        before = page.question
        program.kill()
        program.start()
        page = visitor.see()
        assert page.question == before
    _sends(program, visitor)


def test_killed_in_the_middle_of_a_step(program: Program) -> None:
    chance = random.Random(20230303)
    after = dict(pairwise(undisturbed(program.url)))
    visitor = BlockingVisitor(program.url)
    page = visitor.press(visitor.see(), "accept")
    kills = 0
    while page.question:
        asked = page.question
        for act, filled in STEPS[asked]:
            if asked not in ("proposal", "contributes", "needs", "area", "contact", "speaks_for"):
                page = visitor.press(visitor.see(), act, filled)
                continue
            page = _killed_while(program, visitor, act, filled, chance.uniform(0, 0.02))
            kills += 1
            assert page.question in (asked, after[asked]), "neither before nor after the step"
            if page.question == asked:
                page = visitor.press(page, act, filled)
        went_on(asked, page.question, page.text)
    assert kills == 6
    _sends(program, visitor)


def _killed_while(
    program: Program, visitor: BlockingVisitor, act: str, filled: Mapping[str, str | list[str]], after: float
) -> Page:
    page = visitor.see()

    def press() -> None:
        with contextlib.suppress(ClientError):  # that is what a kill looks like from outside
            visitor.press(page, act, filled)

    pressing = threading.Thread(target=press)
    pressing.start()
    time.sleep(after)
    program.kill()
    pressing.join()
    program.start()
    return visitor.see()


def _sends(program: Program, visitor: BlockingVisitor) -> None:
    visitor.press(visitor.see(), "send")
    program.kill()
    program.start()
    sent = visitor.see()
    receipt = visitor.press(sent, "sure")
    reference = reference_in(receipt)
    program.kill()
    program.start()
    assert reference in visitor.press(visitor.see(), "status").text
    again = visitor.press(sent, "sure")
    assert reference_in(again) == reference, "the second sending gets the first one's receipt"
    assert "Träd, bänkar" not in program.log
    assert "sara@malmo.se" not in program.log
    visitor.close()
