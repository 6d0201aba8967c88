"""Whether this process is alive, and whether it can serve, for machines that ask. The answers hold numbers and our own words only."""

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.main.readiness import OK, Found, look
from bot.settings.clock import Clock
from storage.database.database import Database
from storage.database.sqlstate import kind
from storage.files.files import Files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.operations.loops import Loop

log = logging.getLogger(__name__)
PATIENCE = 5.0
"""Seconds that the database has to answer."""
FRESH = 1.0
"""Seconds for which an answer is reused: asking more often costs nothing."""


class Health:
    """The health of this process, as its health endpoints report it."""

    def __init__(
        self, database: Database, clock: Clock, files: Files | None = None, fingerprints: tuple[str, ...] = ()
    ) -> None:
        self.database, self.clock, self.files, self.fingerprints = database, clock, files, fingerprints
        self.draining = False
        self._loops: Sequence[Loop] = ()
        """The loops that this process runs for as long as it lives."""
        self._asking = asyncio.Lock()
        self._found: Found | None = None
        self._until = 0.0

    def watch(self, loops: "Sequence[Loop]") -> None:
        """From now on this process counts as alive as long as these loops keep going round."""
        self._loops = loops

    def drain(self) -> None:
        """This process was told to stop: it still answers, and is no longer ready for more."""
        self.draining = True

    async def found(self) -> Found:
        """What the checks found, at most FRESH seconds ago."""
        async with self._asking:
            if self._found is None or time.monotonic() >= self._until:
                self._found = await self._look()
                self._until = time.monotonic() + FRESH
            return self._found

    async def _look(self) -> Found:
        try:
            async with asyncio.timeout(PATIENCE):
                found = await look(self.database, self.files, self.fingerprints, self.clock.now())
        except Exception as error:  # the world's: the database is away
            found = Found({"database": kind(error)}, None)
        if wrong := [f"{name}: {said}" for name, said in found.checks.items() if said != OK]:
            log.warning("not ready: %s", "; ".join(wrong))
        if found.store != OK:
            log.warning("the store of files is %s", found.store)
        return found

    async def alive(self, _request: web.Request) -> web.Response:
        """GET /healthz on the public port: 200 while the event loop turns and every loop goes round, 503 when one is stuck.

        It asks nothing outside the process, and a loop that fails and tries again is not stuck, so a database that is away gets nothing restarted.
        """
        return _alive("something stands" if self._standing() else "")

    async def alive_explained(self, _request: web.Request) -> web.Response:
        """GET /healthz on the internal port: the same, with the names of the loops that are stuck, a line each."""
        return _alive("\n".join(f"{name}: stands" for name in self._standing()))

    def _standing(self) -> list[str]:
        return [one.name for one in self._loops if one.stands]

    async def ready(self, _request: web.Request) -> web.Response:
        """GET /readyz on the public port: 200 when this process can serve, 503 when not. A stranger learns no more than that."""
        return _answer({"ready": all(said == OK for said in (await self._checks()).values())})

    async def explained(self, _request: web.Request) -> web.Response:
        """GET /readyz on the internal port: the same, with the checks that say why not. A full outbox, a wrong clock and an unreachable store of
        files are reported, but make no process unready.
        """
        checks, found = await self._checks(), await self.found()
        answer: dict[str, Any] = {"ready": all(said == OK for said in checks.values()), "checks": checks}
        answer["files_store"] = found.store
        answer["clock_offset_seconds"] = round(self.clock.difference.total_seconds(), 1)
        if found.outbox is not None:
            answer["outbox"] = {
                "due": sum(one.due for one in found.outbox),
                "oldest_seconds": round(max((one.seconds for one in found.outbox), default=0.0), 1),
                "failed": sum(one.failed for one in found.outbox),
            }
        return _answer(answer)

    async def _checks(self) -> dict[str, str]:
        return (await self.found()).checks | {"draining": "stopping" if self.draining else OK}

    def routes(self) -> list[web.RouteDef]:
        """GET /healthz and /readyz, as strangers may ask for them."""
        return [web.get("/healthz", self.alive), web.get("/readyz", self.ready)]


def _answer(said: dict[str, Any]) -> web.Response:
    return web.json_response(said, status=200 if said["ready"] else 503, headers={"Cache-Control": "no-store"})


def _alive(trouble: str) -> web.Response:
    return web.Response(text=trouble or OK, status=503 if trouble else 200, headers={"Cache-Control": "no-store"})
