"""In what order the tests are dealt to several workers: what waits much begins first, beside what reckons, and what is over soonest ends."""

from collections.abc import Iterator

import pytest

from tests.reach import folder

LONGEST = ("outages", "crash", "siege")
"""Folders whose tests take longest."""
SOON_OVER = ("dialogs", "laws", "speech", "settings", "pictures")
"""Folders whose tests need no database and no server, and take milliseconds."""


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The tests in an order whose first share, of `workers` equal ones, begins with the browser's, the next with those that start processes,
    about half of all, and the others with what reckons meanwhile; each ends with tests that are over at once.

    Nothing is left out. For fewer than two workers it is the order that they have. (`--dist worksteal` gives each worker one share, and whoever
    is through takes from the end of another's.)
    """
    if workers < 2:
        return items
    waits = sorted((one for one in items if one.get_closest_marker("process")), key=_length)
    browser = [one for one in items if one.get_closest_marker("browser") and not one.get_closest_marker("process")]
    begun = set(waits) | set(browser)
    rest = [one for one in items if one not in begun]
    waiting = min(workers - 1, workers // 2 + 1)
    shares = [browser, *(waits[number::waiting] for number in range(waiting)), *([[]] * (workers - 1 - waiting))]
    kinds = [one for one in rest if not _is_soon_over(one)], [one for one in rest if _is_soon_over(one)]
    return [one for share in _filled(shares, *kinds) for one in share]


def _filled(
    shares: list[list[pytest.Item]], long: list[pytest.Item], short: list[pytest.Item]
) -> Iterator[list[pytest.Item]]:
    """The shares, made equally many by what is left, and with equally many of the long ones among that."""
    for number, begun in enumerate(shares):
        left = len(long) + len(short)
        room = (left + sum(map(len, shares[number:]))) // (len(shares) - number) - len(begun)
        room = min(max(0, room), left)
        many = -(-room * len(long) // max(1, left))
        few = room - many
        yield [*begun, *long[:many], *short[:few]]
        long, short = long[many:], short[few:]


def _is_soon_over(item: pytest.Item) -> bool:
    """Whether a test asks nothing of a database, a server or a clock: its end is near once it has begun."""
    return folder(item.nodeid) in SOON_OVER


def _length(item: pytest.Item) -> int:
    return LONGEST.index(folder(item.nodeid)) if folder(item.nodeid) in LONGEST else len(LONGEST)
