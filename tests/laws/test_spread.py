"""What is spread over `make test` leaves out no row and no column, and `make test-all` no pair."""

from itertools import product

import pytest

from bot.speech.catalogs import languages
from tests.spread import DATABASES, covering, its_database, spread
from tests.web.chat.places import PAGES

SIZES = (1, 2, 3, 7, 16, 17, 31)


@pytest.mark.parametrize(("rows", "columns"), list(product(SIZES, SIZES)))
def test_each_row_and_each_column_is_there_at_least_once(rows: int, columns: int) -> None:
    found = spread(range(rows), range(columns), whole=False)
    assert {row for row, _column in found} == set(range(rows))
    assert {column for _row, column in found} == set(range(columns))
    assert len(found) == max(rows, columns), "and no more than that takes"
    assert len(set(found)) == len(found)
    assert found == spread(range(rows), range(columns), whole=False)


@pytest.mark.parametrize(("rows", "columns"), list(product(SIZES, SIZES)))
def test_each_pair_is_there_once_when_it_is_whole(rows: int, columns: int) -> None:
    found = spread(range(rows), range(columns), whole=True)
    assert len(found) == rows * columns
    assert set(found) == set(product(range(rows), range(columns)))


def test_of_pairs_that_do_not_all_occur_each_row_and_each_column_is_there() -> None:
    pairs = [(row, column) for row in range(7) for column in range(5) if (row + column) % 3]
    found = covering(pairs, whole=False)
    assert {row for row, _column in found} == set(range(7))
    assert {column for _row, column in found} == set(range(5))
    assert set(found) < set(pairs)
    assert covering(pairs, whole=True) == pairs


def test_every_page_of_the_chat_and_every_language_is_looked_at() -> None:
    found = spread(PAGES, tuple(languages()), whole=False)
    assert {page for page, _code in found} == set(PAGES)
    assert {code for _page, code in found} == set(languages())


def test_nothing_is_never_spread() -> None:
    with pytest.raises(ValueError, match="nothing"):
        spread((), ("sv",))


def test_each_test_has_one_database_and_half_of_them_each() -> None:
    names = [f"tests/turns/test_{one}.py::test_it[%s-{two}]" for one in range(40) for two in range(5)]
    given = [{its_database(name % database) for database in DATABASES} for name in names]
    assert all(len(one) == 1 for one in given), "whichever it is asked about"
    assert 60 < sum("sqlite" in one for one in given) < 140
