"""A child for each paper: it takes nobody with it, knows no secret, tells no words, and does not outlive who started it."""

import ast
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.documents.spawn import LIMITS, ROOT, ChildLimits, Unmade, made
from tests.documents.hostile import Aborts, Busy, Fails, Hungry, Overflows, Sleeps, Speechless, Tells, job

SMALL = ChildLimits(memory=100_000_000, processor=20, seconds=40)
FOREIGN = {"sqlalchemy", "aiohttp", "aiogram", "telegram", "asyncio", "storage", "pydantic_settings", "structlog"}
PATIENCE = 30


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files lie."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_nothing_else_of_the_program_is_in_a_child() -> None:
    kinds = ("package", "receipt", "export", "overview_svg")
    asked = (
        f"import sys, bot.documents.child, {', '.join(f'bot.documents.{one}' for one in kinds)}; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {name.partition(".")[0] for name in done.stdout.split()} & FOREIGN


async def test_it_knows_no_secret_and_has_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "nobody's business")
    with await made(job(Tells()), SMALL) as file:
        told = file.read().decode()
    environment, nice, core, largest, folder = ast.literal_eval(told)
    assert set(environment) <= {"PYTHONPATH", "LC_CTYPE"}
    assert nice >= 10
    assert (core, largest) == (0, 4_000_000_000)
    assert folder == []
    assert "remark" not in told


@pytest.mark.parametrize(
    ("one", "limits", "trouble"),
    [
        (Hungry(), SMALL, "MemoryError hostile.py:"),
        (Busy(), ChildLimits(100_000_000, 1, 40), "SIG"),
        (Busy(), ChildLimits(100_000_000, 40, 1), "time"),
        (Aborts(), SMALL, "SIGABRT"),
        (Fails("Sara Ali, sara@malmo.se"), SMALL, "ValueError hostile.py:"),
        (Speechless("Sara Ali, sara@malmo.se"), SMALL, "status 1"),
    ],
)
async def test_what_goes_wrong_is_told_by_its_kind_alone_and_leaves_nothing(
    one: object, limits: ChildLimits, trouble: str, scratch: Path
) -> None:
    with pytest.raises(Unmade) as told:
        await made(job(one), limits)
    assert str(told.value).startswith(trouble)
    assert "Sara" not in str(told.value)
    assert not told.value.passes
    assert list(scratch.iterdir()) == []


async def test_a_full_disk_is_the_machines_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unmade, match=r"^OSError child\.py:\d+$") as told:
        await made(job(Overflows("Sara Ali")), SMALL)
    assert told.value.passes
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(Unmade) as told:
        await made(job(Tells()), SMALL)
    assert told.value.passes


async def test_the_file_has_no_name(scratch: Path) -> None:
    with await made(job(Tells()), LIMITS):
        assert list(scratch.iterdir()) == []


async def test_whoever_gives_up_ends_the_child(tmp_path: Path, scratch: Path) -> None:
    told = tmp_path / "told"
    making = asyncio.create_task(made(job(Sleeps(told)), SMALL))
    while not told.exists():
        await asyncio.sleep(0.01)
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making
    assert not is_there(int(told.read_text().split()[0]))
    assert list(scratch.iterdir()) == []


def test_a_child_does_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    told = tmp_path / "told"
    asked = (
        "import asyncio, pathlib; from bot.documents.spawn import LIMITS, made; from tests.documents.hostile import Sleeps, job; "
        f"asyncio.run(made(job(Sleeps(pathlib.Path({str(told)!r}))), LIMITS))"
    )
    parent = subprocess.Popen([sys.executable, "-c", asked], cwd=ROOT)
    assert waited(told.exists)
    child, folder = told.read_text().split()
    assert Path(folder).exists()
    parent.kill()
    parent.wait()
    assert waited(lambda: not is_there(int(child)))
    assert not Path(folder).exists()


def waited(condition: Callable[[], bool]) -> bool:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        if condition():
            return True
        time.sleep(0.01)
    return False


def is_there(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked for is there no more."""
    try:
        os.kill(pid, 0)
        return " Z " not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][:4]
    except (ProcessLookupError, FileNotFoundError):
        return False
