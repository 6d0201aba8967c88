"""The pace at which files are taken in."""

from bot.operations.pace import Pace


def test_what_comes_slowly_never_waits() -> None:
    at = [0.0]
    pace = Pace(100, clock=lambda: at[0])
    for _second in range(50):
        assert pace.wait(100) == 0
        at[0] += 1


def test_what_comes_faster_waits_for_all_before_it() -> None:
    pace = Pace(100, clock=lambda: 10.0)
    assert [pace.wait(100) for _time in range(5)] == [0, 0, 1, 2, 3], "two seconds' worth at once"


def test_somebody_slow_saves_nothing_up() -> None:
    at = [1000.0]
    pace = Pace(100, clock=lambda: at[0])
    pace.wait(1)
    at[0] += 500
    assert [pace.wait(200), pace.wait(100)] == [0, 1]
