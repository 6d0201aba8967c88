"""Matrices that are spread over a run: each row and each column at least once, and with WHOLE=1 (`make test-all`) every pair of them."""

import os
from collections.abc import Sequence
from typing import TypeVar

WHOLE = os.environ.get("WHOLE", "") not in ("", "0")
"""Whether everything is tried with everything."""
Row = TypeVar("Row")
Column = TypeVar("Column")


def spread(rows: Sequence[Row], columns: Sequence[Column], *, whole: bool = WHOLE) -> list[tuple[Row, Column]]:
    """Pairs, the same every time: all of them row by row, or one for each of whatever there is more of, in turn.

    ValueError where there are no rows or no columns: nothing would be tried.
    """
    if not rows or not columns:
        raise ValueError("nothing to spread")
    if whole:
        return [(row, column) for row in rows for column in columns]
    pairs = range(max(len(rows), len(columns)))
    return [(rows[one % len(rows)], columns[one % len(columns)]) for one in pairs]
