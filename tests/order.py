"""In what order the tests are dealt to several workers: what waits much begins first, beside what reckons, and the end is short."""

import pytest

from tests.reach import folder

LONGEST = ("outages", "crash", "siege")
"""Folders whose tests take longest."""


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The tests in an order whose first share, of `workers` equal ones, begins with the browser's, and whose others with those that start processes.

    Nothing is left out. For fewer than two workers it is the order that they have. (`--dist worksteal` gives each worker one share, and whoever
    is through takes from the end of another's.)
    """
    if workers < 2:
        return items
    waits = sorted((one for one in items if one.get_closest_marker("process")), key=_length)
    browser = [one for one in items if one.get_closest_marker("browser") and not one.get_closest_marker("process")]
    begun = set(waits) | set(browser)
    rest = iter([one for one in items if one not in begun])
    shares = [browser, *(waits[number :: workers - 1] for number in range(workers - 1))]
    for share in shares:
        while len(share) < -(-len(items) // workers) and (one := next(rest, None)):
            share.append(one)
    return [one for share in shares for one in share]


def _length(item: pytest.Item) -> int:
    return LONGEST.index(folder(item.nodeid)) if folder(item.nodeid) in LONGEST else len(LONGEST)
