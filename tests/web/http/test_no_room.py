"""Nobody is turned away while connections come back, and whoever waits too long is told so kindly, with what was written."""

from pathlib import Path

import pytest

from tests.web.conftest import serve
from tests.web.visitor import Visitor
from tests.web.walk import walk

LONG = "Träd, bänkar och en fontän: vi har talat med alla på gården. " * 40


async def test_whoever_waits_too_long_for_a_connection_gets_it_back_and_503(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.pool.LIMIT", 0.3)
    served = await serve(postgres_url, tmp_path)
    async with Visitor(served.url) as visitor:
        await walk(visitor, "proposal")
        database = served.turns.database
        taken = [await database.engine.connect() for _each in range(database.engine.pool.size())]  # type: ignore[attr-defined]
        page = await visitor.press("done", text=LONG)
        assert page.status == 503
        assert page.headers["Retry-After"] == "5"
        assert page.forms[0].fields["text"] == [LONG]
        for one in taken:
            await one.close()
        assert (await visitor.open("/")).status == 200
    await served.close()
