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


@pytest.mark.parametrize("workers", [1, 2, 3, 4, 9])
def test_each_test_is_dealt_once(request: pytest.FixtureRequest, workers: int) -> None:
    items = list(request.session.items)
    assert sorted(one.nodeid for one in dealt(items, workers)) == sorted(one.nodeid for one in items)


def test_shares_begin_with_the_browser_and_with_what_starts_processes(request: pytest.FixtureRequest) -> None:
    items = [one for one in request.session.items if isinstance(one, pytest.Function)]
    waits = [one for one in items if one.get_closest_marker("process")]
    found, share = dealt(list(items), 3), -(-len(items) // 3)
    begin = [*found[share:][: -(-len(waits) // 2)], *found[2 * share :][: len(waits) // 2]]
    assert set(begin) == set(waits)


def test_each_worker_has_ports_of_its_own() -> None:
    found = [mine(one) for one in ("", *(f"gw{number}" for number in range(11)))]
    assert len({port for ports in found for port in ports}) == sum(map(len, found))
    assert max(map(max, found)) < 32768, "none that the system gives to an outgoing connection"
    assert free_port() != free_port()
