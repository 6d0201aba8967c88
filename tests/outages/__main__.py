"""The laboratory of outages: python -m tests.outages, or make outages. Each kind once, on each way to the database that it is for;
a table at the end, and exit status 1 when a promise did not hold.
"""

import argparse
import asyncio
import signal
import sys
import tempfile
from pathlib import Path

from tests.crash.disk import OF_A_SERVER, Disk
from tests.crash.table import machine
from tests.outages.ground import Ground
from tests.outages.kinds import OUTAGES, Outage, full
from tests.outages.outcome import Outcome
from tests.outages.site import WAYS, Site, Way
from tests.outages.table import row, table, write


def main() -> None:
    """Read what is wanted, let the outages pass over, print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.outages", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=9, help="in each outage")
    parser.add_argument("--only", default="", help="outages whose name holds this")
    parser.add_argument("--way", default="", help="ways to the database whose name holds this")
    parser.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    wanted = parser.parse_args()
    outcomes: list[Outcome] = []
    for way in WAYS:
        chosen = [one for one in OUTAGES if way in one.ways and wanted.only in one.name and wanted.way in way]
        if chosen:
            outcomes += asyncio.run(_passed(way, chosen, wanted))
    text = f"`make outages`, {wanted.people} people in each: {machine()}.\n\n{table(outcomes)}"
    print(f"\n{text}")
    if wanted.write:
        write(text)
    sys.exit(any(one.late or one.broken for one in outcomes))


async def _passed(way: Way, outages: list[Outage], wanted: argparse.Namespace) -> list[Outcome]:
    """What became of these, one after the other on the same processes."""
    task = asyncio.current_task()
    assert task
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)  # whoever ends us leaves nothing running
    directory, outcomes = Path(tempfile.mkdtemp(prefix="outages-")), list[Outcome]()
    fills = any(one.happens is full for one in outages)
    site = await asyncio.to_thread(Site(directory, way, Disk(directory / "disk", OF_A_SERVER) if fills else None).build)
    try:
        async with Ground(site, directory, wanted.seed, wanted.people) as ground:
            for one in outages:
                if one.happens is full and not (site.disk and site.disk.real):
                    print(f"Left out, since no file system could be mounted here: {one.name}.", flush=True)
                    continue
                outcomes.append(await ground.pass_over(one))
                _told(outcomes[-1])
    finally:
        await asyncio.to_thread(site.close)
        print(f"logs: {directory}", flush=True)
    return outcomes


def _told(outcome: Outcome) -> None:
    print(row(outcome), flush=True)
    for said, times in outcome.reasons.most_common(3):
        print(f"  /readyz, {times} times: {said}")
    for said, times in outcome.dead.most_common(3):
        print(f"  /healthz, {times} times: {said}")
    for line in [*outcome.late, *outcome.broken]:
        print(f"  BROKEN {line}", flush=True)


if __name__ == "__main__":
    main()
