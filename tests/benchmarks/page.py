"""docs/performance.md, written from what was measured last."""

import os
import platform
import sqlite3
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tests.benchmarks.contender import ROOT
from tests.benchmarks.demands import demands
from tests.benchmarks.last_measured import kept
from tests.benchmarks.measured import median, ratio
from tests.benchmarks.parts import results

PAGE = ROOT / "docs" / "performance.md"
REMARKS = Path(__file__).parent / "remarks.md"
"""What a person has to say about the numbers; stands in the page as it is."""
LIBRARIES = (
    "aiogram",
    "aiogram-dialog",
    "aiohttp",
    "aiosqlite",
    "asyncpg",
    "pydantic",
    "python-telegram-bot",
    "redis",
    "SQLAlchemy",
)
INTRODUCTION = """# Performance

What a turn costs, beside what others would use for the same conversation. `make bench` measures everything again and writes this page; `python -m tests.benchmarks turns`
measures one part and writes it again, and `python -m tests.benchmarks.load --quick` prints the ratios of a few contenders in a minute or two.

Ratios count. Updates a second and milliseconds are those of one machine at one hour; a ratio is the median over rounds in which everybody was measured within seconds of each other.

## How it is measured

Forty people at a time, each on a connection of their own, hold a whole interview through the webhook over HTTP on loopback: the ready group's application, from /start to the receipt, 31 updates,
20 of them presses. Everybody is asked the same questions with the same buttons, which are taken from our own dialog before each run. A person's next update goes out when the whole answer to the
last one has arrived at a Bot API server, and a press is that of a button which the bot has sent. They begin one after the other, a step apart, so that each is at another place of the interview.
A person whose interview has ended makes room for somebody new, in a chat of their own, so that nobody comes near our own flood limit (60 at once, then one a second). The contender has a core to itself; driver and Bot API server (one process without a framework), PostgreSQL and Redis share the other one.

- **echo** is the framework's floor: aiogram as its documentation has it, which says back what it hears, and stops the spinner of a press as ours does. It stores nothing. **echo-texts** gets the same words as texts alone, with no press among them.
- **raw-sqlite**, **raw-postgres** are the floors of storage: one draft of 1.5 kB written and committed an update, by the driver alone, without HTTP or any bot.
- **fsm** is aiogram's finite state machine on Redis, with a state and a handler for each question. **dialog** is aiogram_dialog on Redis, with a window for each question; it answers the webhook after its work, since it stores where a person is only after it has asked them. Redis keeps nothing on disk.
- **conversation** is python-telegram-bot's ConversationHandler with PicklePersistence, beside 100, 1,000 and 10,000 conversations that others have begun. It writes once a minute, so a round is a minute.
- **ours** is `python -m bot serve` with its own defaults, on SQLite (`synchronous=FULL`) and on PostgreSQL (`fsync` on): each update is committed before it is confirmed. None of the others is durable. It brings its own event loop (uvloop); the others have asyncio's, as their documentation has it.

CPU is that of the contender's own processes, without the databases'. Memory is the share of pages (PSS) of a process after the rounds. The start is cold: from the command to the first answer in the first chat, an empty database brought up to date included.
"""


def write() -> None:
    """Write the page."""
    parts = [INTRODUCTION, _machine(), _demands(), *(section() for section in SECTIONS)]
    if REMARKS.exists():
        parts.append(REMARKS.read_text())
    PAGE.write_text("\n".join(part.rstrip() + "\n" for part in parts if part))
    print(f"{PAGE.relative_to(ROOT)} is written")


def _machine() -> str:
    model = next((row for row in Path("/proc/cpuinfo").read_text().splitlines() if row.startswith("model name")), ": ?")
    libraries = ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)
    return f"""## The machine

{os.cpu_count()} cores, {model.partition(": ")[2]}; {platform.system()} {platform.release()}; Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {libraries}.
"""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"


def _demands() -> str:
    rows = [(one.what, one.allowed, one.found, "yes" if one.holds else "**no**") for one in demands()]
    return "## What is demanded\n\n" + _table(("", "allowed", "found", "holds"), rows) if rows else ""


def _side(part: str, title: str, text: str, floor: str, *, more: bool = False) -> Callable[[], str]:
    def section() -> str:
        there = kept(part)
        if not there:
            return ""
        found = results(there["found"])
        rows = []
        for name, one in found.items():
            middle, base = median(one.samples), found[floor].samples
            row = [name, f"{ratio(one.samples, base):.2f}", f"{ratio(one.samples, base, 'cpu'):.2f}"]
            row += [f"{middle.rate:,.0f}", f"{middle.p50:.1f}", f"{middle.p99:.1f}", f"{middle.cpu:,.0f}"]
            if more:
                row += [f"{one.memory:.0f}" if one.memory else "–", f"{one.start:.1f}" if one.start else "–"]
            rows.append(tuple(row))
        heads = [
            "",
            f"updates/s, times {floor}",
            "CPU an update, times",
            "updates/s",
            "p50 ms",
            "p99 ms",
            "CPU µs an update",
        ]
        heads += ["MB a process", "cold start s"] if more else []
        rounds = len(next(iter(found.values())).samples)
        busiest = max(median(one.samples).driver for one in found.values())
        about = f"{_about(there)}, {rounds} rounds; the driver used {busiest:.0%} of its core at most."
        return f"## {title}\n\n{text}\n\n{_table(tuple(heads), rows)}\n{about}\n"

    return section


def _stored() -> str:
    there = kept("stored")
    if not there:
        return ""
    found = results(there["found"])
    rows = []
    for name, one in found.items():
        database, _dash, drafts = name.partition("-")
        base = next(other for other_name, other in found.items() if other_name.startswith(f"{database}-")).samples
        middle = median(one.samples)
        against = tuple(f"{ratio(one.samples, base, of):.2f}" for of in ("p50", "p99", "cpu"))
        rows.append(
            (database, f"{int(drafts):,}", *against, f"{middle.p50:.1f}", f"{middle.p99:.1f}", f"{middle.cpu:,.0f}")
        )
    heads = ("", "drafts stored", "p50, times", "p99, times", "CPU, times", "p50 ms", "p99 ms", "CPU µs an update")
    return f"""## Many drafts

Ours, with drafts of others in the database, all half way through the application; the same forty people talk. Times the fewest.

{_table(heads, rows)}
{_about(there)}, {len(next(iter(found.values())).samples)} rounds.
"""


def _desk() -> str:
    there = kept("desk")
    if not there:
        return ""
    pages: dict[str, Any] = there["found"]["pages"]
    rows = [
        (page, *(f"{pages[name][page][0]:.0f} ({pages[name][page][1]:.0f})" for name in pages))
        for page in next(iter(pages.values()))
    ]
    return f"""## The queue with {there["found"]["cases"]:,} cases

Milliseconds of the whole request over HTTP, one after the other: the median of 14 requests (the longest). The PostgreSQL here runs without `fsync`; a page writes an access log at most.

{_table(("", *pages), rows)}
{_about(there)}.
"""


def _memory() -> str:
    there = kept("memory")
    if not there:
        return ""
    names = list(there["found"])
    looks = zip(*(there["found"][name] for name in names), strict=False)
    rows = [(f"{one[0][0]:,}", *(f"{value:.0f}" for _count, value in one)) for one in looks]
    heads = ("updates answered, about", *(f"{name}, MB a process" for name in names))
    return f"## Memory over a long day\n\n{_table(heads, rows)}\n{_about(there)}.\n"


def _profile() -> str:
    there = kept("profile")
    if not there:
        return ""
    text = "## Where the time goes\n\nThe main thread under cProfile while the crowd talks, waiting left out; cProfile makes many small calls look dearer than they are.\n"
    for name, (packages, functions) in there["found"].items():
        where = ", ".join(f"{package} {share:.0%}" for package, share in packages)
        rows = [(function, f"{share:.1%}") for function, share in functions]
        text += f"\n### {name}\n\n{where}.\n\n{_table(('function, by itself', 'share'), rows)}\n"
    return f"{text}{_about(there)}.\n"


SECTIONS: tuple[Callable[[], str], ...] = (
    _side("turns", "Side by side", "Everybody answers by a call of the Bot API.", "echo", more=True),
    _side("flushes", "The same with slow flushes", "Every `fsync` and `fdatasync` takes a millisecond more, in the contenders and in PostgreSQL.", "echo"),
    _side("within", "Answers inside the webhook's response", "aiogram's echo and FSM can answer so; aiogram_dialog and ConversationHandler cannot, and ours sends nothing but from its outbox, after the commit.", "echo"),
    _side("pickle", "ConversationHandler and its conversations", "A minute a round.", "ours-sqlite"),
    _side("processes", "Two processes", "Two processes share both cores with the driver and the database, so neither can double.", "echo"),
    _stored,
    _desk,
    _memory,
    _profile,
)  # fmt: skip


def _about(there: dict[str, Any]) -> str:
    return f"Measured {there['at']} at {there['commit']}; load average {there['busy']:.1f}"


def _table(heads: tuple[str, ...], rows: list[Any]) -> str:
    lines = [heads, ("---", *("---:" for _head in heads[1:])), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines) + "\n"
