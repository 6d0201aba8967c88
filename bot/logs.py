"""Logging. Law: no token, no secret and no personal data reaches a handler."""

import logging
import re
import sys

REDACTED = "[redacted]"
SECRETS = (
    re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}"),  # a bot token, also inside a Bot API URL
    re.compile(r"(?<=/back/)[^/\s\"']+"),
    re.compile(r"(?<=/sign-in/)[^/\s\"']+"),
    re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"),  # user and password of an address
)
QUIET = ("httpx", "httpcore", "aiogram.event", "aiohttp.access", "aiosqlite", "telegram", "alembic")
"""Loggers that write addresses or updates at INFO."""


class Redacting(logging.Filter):
    """Takes known secrets, and whatever looks like one, out of each record before it is formatted."""

    def __init__(self, known: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.known = tuple(secret for secret in known if secret)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; always True."""
        record.msg, record.args = self.redacted(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.redacted(record.exc_text)
        return True

    def redacted(self, text: str) -> str:
        """`text` without secrets."""
        for secret in self.known:
            text = text.replace(secret, REDACTED)
        for pattern in SECRETS:
            text = pattern.sub(REDACTED, text)
        return text


def set_up(level: str, secrets: tuple[str, ...]) -> None:
    """One handler on the root, to standard error, redacting."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Redacting(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
