"""What is counted, for Prometheus. Law: no label takes more than a few values of our own choosing, so nothing personal and no unbounded set."""

import functools
import platform
import re
import time
from collections.abc import Awaitable, Callable, Container
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeVar

from prometheus_client import (
    GC_COLLECTOR,
    PROCESS_COLLECTOR,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    generate_latest,
)

from bot.operations.logs import act
from dialogs.language.channels import CHANNELS
from storage.database.trouble import passing
from storage.outbox.backlog import Backlog

REGISTRY = CollectorRegistry()
REGISTRY.register(PROCESS_COLLECTOR)
REGISTRY.register(GC_COLLECTOR)
CODES = frozenset(("0", "400", "401", "403", "404", "409", "413", "429", "500", "502", "503", "504"))
"""The codes with which the Bot API answers; 0 when it was not reached."""
OTHER = "other"
SQLSTATES = frozenset(
    (
        *(
            "08000",
            "08001",
            "08003",
            "08006",
            "22021",
            "22P05",
            "23505",
            "25006",
            "25P02",
            "25P03",
            "26000",
            "28000",
            "08P01",
        ),
        *("28P01", "3D000", "40001", "40P01", "42501", "42703", "42P01", "42P05", "53000", "53100", "53200", "53300"),
        *("55P03", "57014", "57P01", "57P02", "57P03", "57P05", "58030", "3F000", "42883"),
    )
)
"""The codes by which PostgreSQL reports trouble with an installation (PostgreSQL, appendix A). Any other code is counted by its class."""
STATE = re.compile("[0-9A-Z]{5}")
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


def _name(name: str) -> str:
    return f"samverkansguiden_{name}"


TURNS = Counter(
    _name("turns"), "Events of people that were dealt with, or not", ["channel", "outcome"], registry=REGISTRY
)
TURN_SECONDS = Histogram(
    _name("turn_seconds"), "From an event to its commit", ["channel"], registry=REGISTRY, buckets=SECONDS
)
SKIPPED = Counter(
    _name("messages_skipped"), "Messages given up after failing each time", ["channel"], registry=REGISTRY
)
DELIVERIES = Counter(
    _name("deliveries"), "What carriers said of what they were to bring", ["channel", "outcome"], registry=REGISTRY
)
TROUBLES = Counter(_name("api_troubles"), "Calls that Telegram did not carry out", ["code"], registry=REGISTRY)
REQUESTS = Counter(_name("requests"), "Web requests answered", ["status"], registry=REGISTRY)
UNDER_WAY = Gauge(_name("requests_under_way"), "Web requests that are being answered", registry=REGISTRY)
DUE = Gauge(_name("outbox_due"), "Messages that are due to be sent", ["channel"], registry=REGISTRY)
OLDEST = Gauge(
    _name("outbox_oldest_seconds"), "How long the oldest of them has been due", ["channel"], registry=REGISTRY
)
FAILED = Gauge(_name("outbox_failed"), "Messages that did not arrive, for good", ["channel"], registry=REGISTRY)
DATABASE_UP = Gauge(_name("database_up"), "Whether the database answered this time", registry=REGISTRY)
DATABASE_SECONDS = Histogram(
    _name("database_seconds"), "How long a statement takes, the way included", registry=REGISTRY, buckets=SECONDS
)
DATABASE_ERRORS = Counter(
    _name("database_errors"), "What the database refused, by SQLSTATE", ["code"], registry=REGISTRY
)
POOL_IN_USE = Gauge(_name("database_pool_in_use"), "Connections to the database that are in use", registry=REGISTRY)
POOL_SIZE = Gauge(_name("database_pool_size"), "Connections that this process may have", registry=REGISTRY)
LOOP_LAG = Histogram(
    _name("loop_lag_seconds"), "How late a timer of the event loop rings", registry=REGISTRY, buckets=SECONDS
)
ALARMS = Counter(
    _name("alarms"), "Alarms, told or held back because one was told within the hour", ["kind"], registry=REGISTRY
)
BEAT_AGE = Gauge(
    _name("loop_beat_age_seconds"), "How long ago a loop has gone round or got on", ["loop"], registry=REGISTRY
)
RESTARTS = Counter(
    _name("loop_restarts"), "Loops that ended or stood, and were started anew", ["loop"], registry=REGISTRY
)
CLOCK_OFFSET = Gauge(
    _name("clock_offset_seconds"), "How far the database's clock is ahead of this machine's", registry=REGISTRY
)
BUILD = Info(_name("build"), "What is running", registry=REGISTRY)


def built() -> str:
    """The version of the program; "unknown" when it was not installed as a package."""
    try:
        return version("samverkansguiden")
    except PackageNotFoundError:
        return "unknown"


BUILD.info({"version": built(), "python": platform.python_version()})
Take = TypeVar("Take", bound=Callable[..., Awaitable[Any]])


def watched(take: Take) -> Take:
    """Decorates a method `(self, origin, event, …)` that takes a turn: counts it, times it, and gives it a number in the log.

    Outcomes: taken, unknown (nobody invited is there), later (the world's fault: the event comes again), failed (our own bug), cut (cancelled).
    """

    @functools.wraps(take)
    async def watching(self: Any, origin: Any, event: Any, *more: Any) -> Any:
        outcome, since = "cut", time.perf_counter()
        try:
            with act():
                done = await take(self, origin, event, *more)
            outcome = "unknown" if done is False else "taken"
        except Exception as error:
            outcome = "later" if passing(error) else "failed"
            raise
        else:
            return done
        finally:
            channel = _known(origin.address.channel, CHANNELS)
            TURNS.labels(channel, outcome).inc()
            TURN_SECONDS.labels(channel).observe(time.perf_counter() - since)

    return watching  # type: ignore[return-value]


def skipped(channel: str) -> None:
    """Count a message that was given up, because it failed each time for a reason of our own."""
    SKIPPED.labels(_known(channel, CHANNELS)).inc()


def delivered(channel: str, outcome: str) -> None:
    """Count how a carrier says a delivery went: delivered, wait, gone, failed, or bug."""
    DELIVERIES.labels(_known(channel, CHANNELS), outcome).inc()


def trouble(code: int) -> None:
    """Count a call to the Bot API that was not carried out."""
    TROUBLES.labels(_known(str(code), CODES)).inc()


def database_error(code: str) -> None:
    """Count a refusal by the database, or a failure to reach it. `code` is the SQLSTATE, "" when there is none."""
    known = code if code in SQLSTATES else f"{code[:2]}xxx" if STATE.fullmatch(code) else OTHER if code else "none"
    DATABASE_ERRORS.labels(known).inc()


def answered(status: int) -> None:
    """Count a web request that was answered."""
    REQUESTS.labels(f"{status // 100}xx").inc()


def alarmed(kind: str) -> None:
    """Count an alarm: something calls for a person."""
    ALARMS.labels(kind).inc()


def loop(name: str, age: Callable[[], float]) -> None:
    """Add a loop of this process, under a name of our own choosing. `age` returns the seconds since its last beat."""
    BEAT_AGE.labels(name).set_function(age)
    RESTARTS.labels(name)


def restarted(name: str) -> None:
    """Count a loop that was started anew."""
    RESTARTS.labels(name).inc()


def failures() -> float:
    """How many events this process could not deal with, by its own fault: skipped messages, and forms that ended in an apology."""
    skipped = sum(
        REGISTRY.get_sample_value(f"{_name('messages_skipped')}_total", {"channel": one}) or 0 for one in CHANNELS
    )
    apologies = sum(
        REGISTRY.get_sample_value(f"{_name('turns')}_total", {"channel": one, "outcome": "failed"}) or 0
        for one, channel in CHANNELS.items()
        if channel.way == "kept"
    )
    return skipped + apologies


def text(backlog: list[Backlog] | None) -> bytes:
    """All metrics in Prometheus' text format, with the current outbox; `backlog` is None when the database did not answer."""
    for gauge in (DUE, OLDEST, FAILED):
        gauge.clear()
    DATABASE_UP.set(backlog is not None)
    for one in backlog or ():
        channel = _known(one.channel, CHANNELS)
        DUE.labels(channel).set(one.due)
        OLDEST.labels(channel).set(one.seconds)
        FAILED.labels(channel).set(one.failed)
    return generate_latest(REGISTRY)


def _known(value: str, values: Container[str]) -> str:
    return value if value in values else OTHER
