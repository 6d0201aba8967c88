"""No secret and nothing that anybody wrote reaches a log, in either form, whoever logs it."""

import asyncio
import io
import json
import logging
import sys
import warnings
from collections.abc import Callable, Iterator

import pytest

from bot.operations import logs
from bot.operations.logs import Format, Redacting, act, frames, numbered, set_up, uncaught_in_loop
from tests.telegram.stage import STAFF_TOKEN

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz0123456"
NAME = "Anna-Lisa Planterad"
KNOWN = 'hush-"hush"\\'
FORMS: tuple[Format, ...] = ("text", "json")


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    """Logging, warnings and hooks as they were."""
    root = logging.getLogger()
    handlers, level, hook, warned = root.handlers[:], root.level, sys.excepthook, warnings.showwarning
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook, warnings.showwarning = hook, warned
    for name in logs.OURS:
        logging.getLogger(name).setLevel(logging.NOTSET)


def told(form: Format, does: Callable[[], object], level: str = "DEBUG") -> str:
    """What is in the log after that."""
    stream = io.StringIO()
    set_up(level, (KNOWN, STAFF_TOKEN), form, stream)
    does()
    return stream.getvalue()


def raising(kind: type[Exception] = ValueError) -> Exception:
    """An error whose text, cause and locals hold everything that must not be seen."""
    name, token = NAME, TOKEN
    try:
        try:
            dict[object, int]()[name, token, KNOWN]
        except KeyError as cause:
            raise kind(f"{name} {token} {KNOWN}") from cause
    except kind as error:
        raised = error
    return raised


def by_us() -> None:
    logging.getLogger("bot.x").error("it is %s at https://api.telegram.org/bot%s/getMe", KNOWN, TOKEN)
    logging.getLogger("bot.x").error("GET /back/%s /join/%s /sign-in/%s?x", "tok3n", "tok3n", "tok3n")
    logging.getLogger("storage").error("smtp://me:%s@mail.example.se", "tok3n")
    logging.getLogger("bot.x").error("broken", exc_info=raising())
    logging.getLogger("bot.x").error("not %d numbers", NAME)
    logging.getLogger("bot.x").warning("placed", stack_info=True)


def by_libraries() -> None:
    for library in ("aiogram.dispatcher", "httpx", "asyncio", "telegram.ext", "sqlalchemy.pool", "aiohttp.server"):
        logger = logging.getLogger(library)
        for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
            logger.log(level, "update %s of %s by %s", NAME, KNOWN, TOKEN)
        logger.error("broken", exc_info=raising())
        logger.error(raising())
        logger.error("said %(name)s", {"name": NAME})


def by_nobody() -> None:
    error = raising()
    sys.excepthook(type(error), error, error.__traceback__)
    warnings.showwarning(f"{NAME} {TOKEN}", UserWarning, "somewhere.py", 7)

    async def loop() -> None:
        asyncio.get_running_loop().set_exception_handler(uncaught_in_loop)
        future = asyncio.get_running_loop().create_future()
        future.set_exception(raising(RuntimeError))
        del future
        asyncio.get_running_loop().call_soon(lambda: int(NAME))
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    asyncio.run(loop())


def by_mishap() -> None:
    class Unwritable(io.StringIO):
        def write(self, text: str) -> int:
            raise UnicodeEncodeError("ascii", NAME, 0, 1, "no")

    root = logging.getLogger()
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(Unwritable())
    logging.getLogger("bot.x").error("unwritable %s", NAME)
    handler.setStream(before)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("does", [by_us, by_libraries, by_nobody, by_mishap])
def test_nothing_planted_gets_through(
    form: Format, does: Callable[[], None], capfd: pytest.CaptureFixture[str]
) -> None:
    said = told(form, does) + "".join(capfd.readouterr())
    for planted in (NAME, "Planterad", TOKEN, STAFF_TOKEN, KNOWN, "hush", "tok3n"):
        assert planted not in said
    assert said.count("\n") >= 1, "something is said all the same"


def test_a_library_is_heard_from_warnings_on_and_says_what_its_author_wrote() -> None:
    lines = [json.loads(line) for line in told("json", by_libraries).splitlines()]
    assert {line["level"] for line in lines} == {"warning", "error"}
    assert {line["event"] for line in lines} == {"update %s of %s by %s", "broken", "ValueError", "said %(name)s"}


def test_an_error_is_its_kind_and_its_places() -> None:
    line = json.loads(told("json", lambda: logging.getLogger("bot.x").error("broken", exc_info=raising())))
    assert (line["event"], line["level"], line["logger"]) == ("broken", "error", "bot.x")
    assert line["exception"].splitlines()[1::2] == ["KeyError", "ValueError"]
    assert "test_logs.py" in line["exception"]
    assert frames(raising()).endswith("ValueError")


def test_a_terminal_gets_lines_to_read_and_a_file_gets_json() -> None:
    def hello() -> None:
        logging.getLogger("bot.x").info("hello %s", 3)

    assert json.loads(told("auto", hello))["event"] == "hello 3"
    assert "hello 3" in told("text", hello)
    assert "{" not in told("text", hello)


def test_every_handler_redacts() -> None:
    stray = logging.StreamHandler(io.StringIO())
    logging.getLogger("stray").addHandler(stray)
    told("json", lambda: None)
    of_others = [one for name in logging.root.manager.loggerDict for one in logging.getLogger(name).handlers]
    assert of_others == [], "no library has a door of its own"
    assert all(any(isinstance(one, Redacting) for one in door.filters) for door in logging.getLogger().handlers)


def test_what_belongs_together_has_one_number() -> None:
    log = logging.getLogger("bot.x")

    @numbered
    async def inner() -> None:
        log.info("inner")

    async def both() -> None:
        log.info("before")
        with act():
            log.info("outer")
            await inner()
        await inner()

    before, outer, inner_one, alone = (
        json.loads(line) for line in told("json", lambda: asyncio.run(both())).splitlines()
    )
    assert "turn" not in before
    assert outer["turn"] == inner_one["turn"] != alone["turn"]
