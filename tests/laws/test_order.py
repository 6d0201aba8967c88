"""What is dealt to several workers is every test once, and what waits begins first."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.order import dealt
from tests.ports import free_port, mine
from tests.reach import MARKERS, Starters, folder

ROOT = Path(__file__).parent.parent.parent


def _starts() -> None:
    subprocess.run([sys.executable, "-c", ""], check=True)


class _Ground:
    @property
    def door(self) -> None:
        _starts()


def _by_another() -> None:
    print(_Ground())


def _by_none() -> None:
    print(ROOT)


@pytest.mark.parametrize(("one", "starts"), [(_starts, True), (_Ground, True), (_by_another, True), (_by_none, False)])
def test_who_starts_processes_is_read_off_the_code(one: object, starts: bool) -> None:
    assert Starters().reach(one) is starts


def test_what_a_test_stands_on_is_known(request: pytest.FixtureRequest) -> None:
    items = {item.nodeid: item for item in request.session.items}
    mine = [item for id, item in items.items() if folder(id) == "laws" and "test_order" in id]
    assert mine
    assert not {mark.name for item in mine for mark in item.iter_markers()} & {"browser", "postgresql"}
    assert {mark.name for mark in items[request.node.nodeid].iter_markers()} <= set(MARKERS)


@pytest.mark.parametrize("workers", [1, 2, 3, 4, 5, 9])
def test_each_test_is_dealt_once(request: pytest.FixtureRequest, workers: int) -> None:
    items = list(request.session.items)
    assert sorted(one.nodeid for one in dealt(items, workers)) == sorted(one.nodeid for one in items)


class _Dealt(pytest.Item):
    """A test of which only its folder and its markers are asked for."""

    def runtest(self) -> None:
        """Nothing to do."""


@pytest.fixture
def among(request: pytest.FixtureRequest) -> list[pytest.Item]:
    """Tests of a run: of the browser, of processes, of a database, of the machine."""
    found: list[pytest.Item] = []
    for name, marker, many in (
        ("web", "browser", 20),
        ("process", "process", 60),
        ("turns", "", 300),
        ("laws", "", 200),
    ):
        for number in range(many):
            one = _Dealt.from_parent(request.session, name=str(number), nodeid=f"tests/{name}/test_it.py::{number}")
            if marker:
                one.add_marker(marker)
            found.append(one)
    return found


@pytest.mark.parametrize(("workers", "waiting"), [(2, 1), (3, 2), (4, 3), (5, 3), (10, 6)])
def test_what_waits_has_half_of_the_workers_and_every_share_ends_with_what_is_over_at_once(
    among: list[pytest.Item], workers: int, waiting: int
) -> None:
    found = dealt(among, workers)
    begins: list[str] = []
    while found:
        mine = len(found) // (workers - len(begins))  # as xdist deals them
        share, found = [folder(one.nodeid) for one in found[:mine]], found[mine:]
        assert share == sorted(share, key=("web", "process", "turns", "laws").index)
        assert share[-1] == "laws"
        begins.append(share[0])
    assert begins == ["web", *["process"] * waiting, *["turns"] * (workers - 1 - waiting)]


def test_each_worker_has_ports_of_its_own() -> None:
    found = [mine(one) for one in ("", *(f"gw{number}" for number in range(11)))]
    assert len({port for ports in found for port in ports}) == sum(map(len, found))
    assert max(map(max, found)) < 32768, "none that the system gives to an outgoing connection"
    assert free_port() != free_port()
