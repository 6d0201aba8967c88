"""The strangers with browsers, in a process of their own and with less of the machine than the program: `python -m tests.siege.strangers URL SEED ADDRESS…`.

It says when it is ready, and when it has brought much.
On SIGTERM it says what came back, as JSON: answers by status, bytes of files that were sent, and what went wrong in the laboratory itself.
"""

import asyncio
import json
import os
import signal
import sys
from collections import Counter

from tests.siege.bombs import ready
from tests.siege.stranger import Stranger

MUCH = 20_000_000
"""Bytes of files."""


async def main(url: str, seed: int, addresses: list[str]) -> None:
    """Rage until told to stop."""
    strangers = [Stranger(url, address, seed) for address in addresses]
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    raging = [asyncio.create_task(one.rage()) for one in strangers]
    waiting = asyncio.create_task(stop.wait())
    brought = asyncio.create_task(_brought(strangers))
    await asyncio.wait((*raging, waiting), return_when=asyncio.FIRST_COMPLETED)
    fell = [repr(one.exception()) for one in raging if one.done()]
    for one in (*raging, waiting, brought):
        one.cancel()
    await asyncio.gather(*raging, waiting, brought, return_exceptions=True)
    answers = sum((one.answers for one in strangers), Counter[int]())
    print(json.dumps({"answers": answers, "sent": sum(one.sent for one in strangers), "fell": fell}), flush=True)


async def _brought(strangers: list[Stranger]) -> None:
    """Say once that files have been brought, MUCH of them."""
    while sum(one.sent for one in strangers) <= MUCH:
        await asyncio.sleep(0.1)
    print("brought", flush=True)


if __name__ == "__main__":
    os.nice(10)
    ready()
    print("ready", flush=True)
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
