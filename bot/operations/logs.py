"""Logging. Law: no token, no secret and no personal data reaches a handler.

Every record, ours or a library's, passes one handler with one filter. Of an error, only its kind and its places in the
code are written, never its text, which may hold what somebody wrote. A library's message is written as its author wrote it,
without the values to be filled in.
"""

import asyncio
import logging
import re
import secrets
import sys
import traceback
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from types import TracebackType
from typing import Any, Literal, TextIO, TypeVar

import structlog
from structlog.contextvars import bound_contextvars, get_contextvars, merge_contextvars
from structlog.typing import EventDict, WrappedLogger

Format = Literal["auto", "text", "json"]
REDACTED = "[redacted]"
SECRETS = (
    re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}"),  # a bot token, also inside a Bot API URL
    re.compile(r"(?<=/back/)[^/\s\"']+"),
    re.compile(r"(?<=/join/)[^/\s\"']+"),
    re.compile(r"(?<=/sign-in/)[^/\s\"']+"),
    re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"),  # user and password of an address
)
OURS = ("bot", "storage", "dialogs")
"""The loggers whose messages we answer for: they name kinds and numbers. LOG_LEVEL is for them; libraries are heard from WARNING on."""


class Redacting(logging.Filter):
    """Removes known secrets, and whatever looks like one, from each record before it is formatted; and all of an error but its kind and place."""

    def __init__(self, known: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.known = tuple(secret for secret in known if secret)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; always True."""
        record.msg, record.args = self.redacted(_said(record)), None
        if record.exc_info and not isinstance(record.exc_info, bool) and record.exc_info[1]:
            record.where = self.redacted(frames(record.exc_info[1]))
        record.exc_info = record.exc_text = record.stack_info = None
        return True

    def redacted(self, text: str) -> str:
        """`text` without secrets."""
        for secret in self.known:
            text = text.replace(secret, REDACTED)
        for pattern in SECRETS:
            text = pattern.sub(REDACTED, text)
        return text


def _ours(name: str) -> bool:
    return name.partition(".")[0] in OURS


def _said(record: logging.LogRecord) -> str:
    written = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    try:
        return record.getMessage() if _ours(record.name) else written
    except Exception:  # the values do not fit the message; the standard library would print all of them
        return written


def frames(error: BaseException) -> str:
    """The kind of an error and of those that led to it, each with its places in the code. No text of theirs, and no value."""
    said: list[str] = []
    one: BaseException | None = error
    seen: set[int] = set()
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        said[:0] = [
            *(f"{place.filename}:{place.lineno} {place.name}" for place in traceback.extract_tb(one.__traceback__)),
            type(one).__name__,
        ]
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n".join(said)


class LogHandler(logging.StreamHandler[TextIO]):
    """The one handler. When a record cannot be written, it says only that, where the standard library would print the record."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Say what kind of trouble it was, if there is anywhere to say it."""
        kind = sys.exc_info()[0]
        if sys.stderr and kind and not issubclass(kind, OSError):
            sys.stderr.write(f"a log line could not be written: {kind.__name__}\n")


def set_up(level: str, secrets: tuple[str, ...], form: Format = "auto", stream: TextIO | None = None) -> None:
    """Put one handler on the root, to standard error: JSON, or readable lines for a terminal. Warnings and uncaught errors go there, too."""
    to = stream or sys.stderr
    readable = form == "text" or (form == "auto" and to.isatty())
    redacting = Redacting(secrets)
    door = LogHandler(to)
    door.setFormatter(_formatter(redacting, readable, to.isatty()))
    door.addFilter(redacting)
    for name in logging.root.manager.loggerDict:
        logging.getLogger(name).handlers.clear()
    logging.basicConfig(level=logging.WARNING, handlers=[door], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    warnings.showwarning = _warned  # type: ignore[assignment]
    sys.excepthook = _uncaught


def _formatter(redacting: Redacting, readable: bool, colours: bool) -> logging.Formatter:
    def clean(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
        return {name: redacting.redacted(value) if isinstance(value, str) else value for name, value in line.items()}

    def placed(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
        if where := getattr(line["_record"], "where", ""):
            line["exception"] = where
        return line

    before: list[Any] = [merge_contextvars, structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name, placed]
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True, key="at")
    after: list[Any] = [stamp, structlog.stdlib.ProcessorFormatter.remove_processors_meta, clean]
    shown: Any = (
        structlog.dev.ConsoleRenderer(colors=colours, timestamp_key="at", pad_event_to=0, sort_keys=False)
        if readable
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before, processors=[*after, shown], pass_foreign_args=False
    )


def _warned(_message: object, category: type[Warning], filename: str, lineno: int, *_more: object) -> None:
    """Log a library's warning: its kind and place."""
    logging.getLogger("bot").warning("%s at %s:%d", category.__name__, filename, lineno)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log an error that nobody caught: its kind and place."""
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("bot").critical("uncaught %s", kind.__name__, exc_info=(kind, error, trace))


def uncaught_in_loop(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Handle the event loop's own errors: asyncio's handler would print futures and their errors, values and all."""
    error = context.get("exception")
    said = "the event loop: %s", type(error).__name__ if error else "trouble without an error"
    logging.getLogger("bot").error(*said, exc_info=error)


@contextmanager
def act() -> Iterator[None]:
    """Give all that is logged inside one random number, so that the lines of one request or update are found together. A nested act keeps the number."""
    if "turn" in get_contextvars():
        yield
        return
    with bound_contextvars(turn=secrets.token_hex(4)):
        yield


Does = TypeVar("Does", bound=Callable[..., Awaitable[Any]])


def numbered(does: Does) -> Does:
    """Decorates an async function or method: all that it logs carries one number, see `act`."""

    @wraps(does)
    async def within(*given: Any, **named: Any) -> Any:
        with act():
            return await does(*given, **named)

    return within  # type: ignore[return-value]
