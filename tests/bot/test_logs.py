"""No secret reaches a log."""

import logging

from bot.logs import Redacting

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz0123456"


def written(message: str, *args: object, error: Exception | None = None, known: tuple[str, ...] = ()) -> str:
    record = logging.LogRecord(
        "x", logging.INFO, __file__, 1, message, args, (type(error), error, None) if error else None
    )
    Redacting(known).filter(record)
    return logging.Formatter("%(message)s").format(record)


def test_a_bot_token_in_an_address() -> None:
    said = written("HTTP Request: POST %s", f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert TOKEN not in said
    assert "getMe" in said


def test_links_and_passwords() -> None:
    for secret, line in [
        ("tok3n", "GET /back/tok3n"),
        ("tok3n", "POST /sign-in/tok3n?x"),
        ("pw", "smtp://me:pw@mail.example.se"),
    ]:
        assert secret not in written(line)


def test_known_secrets_and_tracebacks() -> None:
    assert "hush-hush" not in written("it is %s", "hush-hush", known=("hush-hush",))
    assert TOKEN not in written("broken", error=ValueError(TOKEN))
