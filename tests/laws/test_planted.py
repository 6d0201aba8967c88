"""The reader of every log finds what it is to find."""

import logging

from tests.planted import PLANTED, Planted


def found_in(name: str, message: str, *values: object, error: Exception | None = None) -> list[str]:
    reader = Planted()
    reader._make = logging.LogRecord
    trace = (type(error), error, None) if error else None
    reader._read(name, logging.INFO, __file__, 1, message, values, trace)
    return reader.found


def test_every_planted_value_is_found_in_a_line_of_ours() -> None:
    for kind, values in PLANTED.items():
        for value in values:
            (line,) = found_in("bot.turns.turns", "said: %s", value)
            assert line.startswith(f"{kind} in the log of bot.turns")
            assert value not in line
            assert found_in("bot.turns.turns", f"said: {value}")


def test_a_line_that_says_nothing_of_anybody() -> None:
    assert found_in("bot.turns.turns", "a turn took %s ms", 5) == []


def test_what_was_written_reaches_no_line_with_an_error_or_by_a_library() -> None:
    assert found_in("bot.turns.turns", "failed", error=ValueError("Sara Ali")) == []
    assert (
        found_in("httpx", "GET %s", "https://api.telegram.org/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1") == []
    )
    assert found_in("httpx", "it was Sara Ali") != []
