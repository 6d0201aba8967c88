"""The laboratory works: what it measures is what people do, whole interviews with real buttons. How fast that is, no test says."""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.benchmarks.crowd import Stuck
from tests.benchmarks.entries import entries
from tests.benchmarks.grounds import Grounds
from tests.benchmarks.interview import interview
from tests.benchmarks.measured import Sample, ratio
from tests.benchmarks.rounds import measure
from tests.spread import WHOLE


@pytest.fixture
def grounds() -> Iterator[Grounds]:
    """As the laboratory has them, and afterwards all cores again."""
    cores = os.sched_getaffinity(0)
    there = Grounds()
    yield there
    there.close()
    os.sched_setaffinity(0, cores)


@pytest.mark.skipif(not WHOLE, reason="it is what make bench does, and with make test-all")
def test_people_get_answers_from_an_echo_and_from_ours(grounds: Grounds) -> None:
    found = measure(entries(["echo", "ours-sqlite"], grounds), 1, 0.5, lambda _line: None)
    for name, one in found.items():
        assert one.samples[0].rate > 0, name
        assert one.start > 0, name
        assert 20 < one.memory < 1000, name


def test_a_contender_that_asks_for_something_else_stops_the_measuring(
    grounds: Grounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = interview()
    assert steps[0].what == "/start"
    assert {step.verb for step in steps} == {"say", "tap"}
    other = [replace(step, what="no_such_button") if step.verb == "tap" else step for step in steps]
    monkeypatch.setattr("tests.benchmarks.rounds.interview", lambda: other)
    with pytest.raises(Stuck, match="a button is missing"):
        measure(entries(["ours-sqlite"], grounds), 1, 0.5, lambda _line: None)


def test_a_ratio_is_that_of_rounds_and_not_of_medians() -> None:
    slow, quick = Sample(100, 1, 1, 1, 0), Sample(1000, 1, 1, 1, 0)
    assert ratio([slow, quick, quick], [slow, quick, quick]) == 1
    assert ratio([slow, quick], [Sample(50, 1, 1, 1, 0), Sample(0, 0, 0, 0, 0)]) == 2
