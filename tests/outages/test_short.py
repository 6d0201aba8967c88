"""Two outages of a few seconds, of those that once stopped everything for good or threw answers away; what is counted is answers, and no time."""

import asyncio
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.outages.ground import Ground
from tests.outages.kinds import OUTAGES
from tests.outages.site import Site
from tests.outages.table import table

SHORT = ("what is open goes silent, for good", "no rights on drafts")


async def test_two_web_and_two_worker_processes_serve_again_and_have_lost_nothing(tmp_path: Path) -> None:
    chosen = [replace(one, seconds=min(one.seconds, 6)) for one in OUTAGES if one.name in SHORT]
    # Where its own user finds it: pytest's folders are for whoever runs the tests.
    place = Path(tempfile.mkdtemp(prefix="outages-"))
    site = await asyncio.to_thread(Site(place, "a line").build)
    try:
        async with Ground(site, tmp_path, people=6) as ground:
            outcomes = [await ground.pass_over(one) for one in chosen]
    finally:
        await asyncio.to_thread(site.close)
        shutil.rmtree(place, ignore_errors=True)
    print(table(outcomes))
    assert [line for one in outcomes for line in one.broken] == []
    assert all(one.served.all for one in outcomes), (
        "served again without a restart, however long it took on a busy machine"
    )
    assert all(one.acknowledged > 30 for one in outcomes)
    assert outcomes[-1].refused, "it was an outage"
