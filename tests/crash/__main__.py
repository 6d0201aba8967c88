"""The long run: python -m tests.crash, or make crash. Every combination, a seed that is printed, a table at the end."""

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.crash.combination import Combination, Plan
from tests.crash.disk import OF_A_SERVER, SIZE, Disk
from tests.crash.outcome import Outcome
from tests.crash.storm import Storm
from tests.crash.table import machine, table, write
from tests.objects import object_store
from tests.pgbouncer import PgBouncer
from tests.postgres import Postgres

COMBINATIONS = (
    Combination("SQLite", "polling"),
    Combination("SQLite", "webhook"),
    Combination("SQLite", "webhook", full=True),
    Combination("PostgreSQL", "polling"),
    Combination("PostgreSQL", "webhook"),
    Combination("PostgreSQL", "webhook", full=True),
    Combination("PostgreSQL", "polling", ("web", "worker", "worker")),
    Combination("PostgreSQL", "webhook", ("web", "web", "worker", "worker")),
    Combination("PostgreSQL", "webhook", ("web", "web", "worker", "worker"), pooled=True, objects=True),
)


def main() -> None:
    """Read what is wanted, let the storms pass, print the table; exit status 1 when a promise did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--people", type=int, default=100, help="in each combination")
    parser.add_argument("--kills", type=int, default=28, help="in each combination")
    parser.add_argument("--only", default="", help="combinations whose name holds this")
    parser.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}", flush=True)
    chosen = [one for one in COMBINATIONS if wanted.only in one.name]
    shared = any(one.database == "PostgreSQL" and not one.full for one in chosen)
    postgres = Postgres(durable=True) if shared else None
    tried = [(one, _stormed(one, wanted, postgres)) for one in chosen]
    if postgres:
        postgres.close()
    outcomes = [outcome for _one, outcome in tried if outcome]
    left_out = [
        f"Left out, since no file system could be mounted here: {one.name}." for one, outcome in tried if not outcome
    ]
    text = f"`make crash SEED={wanted.seed}`: {machine()}.\n\n" + "\n\n".join([table(outcomes), *left_out])
    print(f"\n{text}")
    if wanted.write:
        write(text)
    sys.exit(any(one.broken for one in outcomes))


def _stormed(combination: Combination, wanted: argparse.Namespace, postgres: Postgres | None) -> Outcome | None:
    """One combination; None when it cannot be tried on this machine."""
    # Not below the run's own directory: what a failed run leaves is to be looked at.
    directory = Path(tempfile.mkdtemp(prefix="crash-"))
    embedded = combination.database == "SQLite"
    disk = Disk(directory / "disk", SIZE if embedded else OF_A_SERVER) if combination.full else None
    if disk and not disk.real and not embedded:
        return None
    server = None if embedded else Postgres(durable=True, at=disk.path) if disk else postgres
    url = server.fresh() if server else f"sqlite:///{disk.path if disk else directory}/guide.sqlite3"
    restart = (lambda crash: server.restart(crash=crash)) if server else (lambda _crash: False)
    plan = _plan(wanted, restarts=bool(server))
    with ExitStack() as standing:
        settings = _between(combination, url, standing)
        storm = Storm(combination, plan, url, directory, wanted.seed, restart, disk, **settings)
        outcome = asyncio.run(storm.run())
    if disk:
        if server:
            server.close()
        else:
            shutil.copytree(disk.path, directory / "kept", ignore=shutil.ignore_patterns("ballast"))
        disk.close()
        print("  the full disk was", "a tmpfs" if disk.real else "a limit on the size of files", flush=True)
    _told(outcome, directory)
    return outcome


def _between(combination: Combination, url: str, standing: ExitStack) -> dict[str, str]:
    """What stands between the processes and what they keep, and the settings that lead there; it stands as long as `standing`."""
    settings: dict[str, str] = {}
    if combination.pooled:
        pooler = PgBouncer(url).start()
        standing.callback(pooler.stop)
        settings["DATABASE_URL"] = pooler.url
    if combination.objects:
        store = standing.enter_context(object_store())
        settings |= store.environment | {"FILES_URL": store.fresh()}
    return settings


def _plan(wanted: argparse.Namespace, restarts: bool) -> Plan:
    return Plan(
        wanted.people,
        wanted.kills,
        between=(0.2, 4),
        every=25,
        stall=25,
        think=1,
        patience=30,
        wanted=3,
        restarts=wanted.kills // 12 if restarts else 0,
        ending=600,
    )


def _told(outcome: Outcome, directory: Path) -> None:
    print(table([outcome]).splitlines()[-1], f"{outcome.seconds:.0f} s", dict(outcome.faults), flush=True)
    if outcome.refused:
        print(f"  webhook calls that had to come again: {outcome.refused}")
    if outcome.ended:
        print(f"  ended by themselves, and were started again: {outcome.ended}")
    for one in outcome.broken:
        print(f"  {one}")
    if outcome.broken:
        print(f"  logs and database: {directory}", flush=True)


if __name__ == "__main__":
    main()
