"""What both floors of storage write, and how they are timed."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

UPSERT = "INSERT INTO floor (chat, answers) VALUES ({}, {}) ON CONFLICT (chat) DO UPDATE SET answers = excluded.answers"
ANSWERS = json.dumps({f"answer{number}": "A survey with 120 answers." for number in range(30)})
UPDATES = 31
"""Of one person, before the next one comes."""
_people = count(1)


class People:
    """Somebody's number and answers, for each update. The answers differ each time: SQLite writes nothing when nothing has changed."""

    def __init__(self) -> None:
        self._left, self._now = 0, 0

    def __next__(self) -> tuple[int, str]:
        if not self._left:
            self._left, self._now = UPDATES, next(_people)
        self._left -= 1
        return self._now, f"{self._left:02} {ANSWERS}"


class Measuring:
    """Updates until SECONDS are over."""

    def __init__(self) -> None:
        self._begun = time.perf_counter()
        self._until = self._begun + float(os.environ["SECONDS"])
        self._cpu = time.process_time()
        self._taken: list[float] = []

    @property
    def goes_on(self) -> bool:
        """Whether there is time left."""
        return time.perf_counter() < self._until

    @contextmanager
    def one(self) -> Iterator[None]:
        """One update."""
        begun = time.perf_counter()
        yield
        self._taken.append(time.perf_counter() - begun)

    def report(self) -> str:
        """Updates a second, p50 and p99 in milliseconds, CPU in microseconds an update."""
        seconds, cpu = time.perf_counter() - self._begun, time.process_time() - self._cpu
        taken, number = sorted(self._taken), len(self._taken)
        return json.dumps(
            {
                "rate": number / seconds,
                "p50": taken[number // 2] * 1000,
                "p99": taken[int(number * 0.99)] * 1000,
                "cpu": cpu / number * 1e6,
                "driver": 0.0,
            }
        )


@contextmanager
def measured() -> Iterator[Measuring]:
    """Measure, and print it."""
    measuring = Measuring()
    yield measuring
    print(measuring.report())
