"""Papers of a served program: it makes none itself, and stays as small as it was."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.process.blocking_visitor import BlockingVisitor
from tests.process.program import Program
from tests.process.walk import reference_in, to_the_review

MAKERS = ("typst", "lxml")


def loaded(program: Program) -> str:
    """Every library that its process has taken in."""
    return Path(f"/proc/{program.pid}/maps").read_text()


@pytest.fixture
def program(sqlite_url: str, tmp_path: Path) -> Iterator[Program]:
    running = Program(tmp_path, DATABASE_URL=sqlite_url, SECRET_KEY="a secret of the tests, long enough").start()
    yield running
    running.stop()


def test_it_takes_in_nothing_of_what_makes_papers(program: Program) -> None:
    visitor, desk = BlockingVisitor(program.url), BlockingVisitor(program.url)
    with closing(visitor), closing(desk):
        to_the_review(visitor)
        visitor.press(visitor.see(), "send")
        reference = reference_in(visitor.press(visitor.see(), "sure"))
        assert visitor.get(f"/receipt/{reference}.pdf").startswith(b"%PDF")
        assert visitor.get("/export").startswith(b"PK")
        link = re.search(r"/sign-in/\S+", program.run("invite", "Nadia"))
        assert link
        desk.post(link[0])
        assert desk.get(f"/queue/{reference}/package").startswith(b"PK")
    assert not [maker for maker in MAKERS if maker in loaded(program)]
    assert f"the package of {reference}" in program.run("export", reference)
    assert (program.directory / f"{reference}.zip").read_bytes().startswith(b"PK")
