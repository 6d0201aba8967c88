"""What a program shows of a database that is there: `python -m tests.renamed URL FOLDER` in a tree whose questions have other names. JSON on stdout."""

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.documents.build import gathered
from bot.documents.own import own
from bot.speech.catalogs import say
from dialogs.phases.initiation.application import SCOPES
from storage.cases import cases, submissions
from storage.people.people import Address
from tests.web.conftest import Served, serve
from tests.web.staff_visitor import staff_visitor
from tests.web.visitor import Visitor

PAGES = {
    "overview": "/queue/overview",
    "table": "/queue/overview.csv",
    "found": f"/queue?scope={SCOPES[1].id}",
    "by its old name": "/queue?scope=partly",
}
"""What a contact person opens beside the cases."""
TOKENS = {name: name.ljust(32, "-") for name in ("sara", "kim")}
"""What the browsers of those who write keep."""


async def seen(url: str, folder: Path, references: list[str]) -> dict[str, Any]:
    """The pages and papers of these cases, and the chats of Sara and Kim."""
    served = await serve(url, folder)
    try:
        nadia = await staff_visitor(served)
        async with nadia:
            found: dict[str, Any] = {}
            for one in references:
                found[one] = (await nadia.open(f"/queue/{one}")).text
                found[f"{one} assessed"] = (await nadia.open(f"/queue/{one}/do/assessment")).text
                found[f"{one} paper"] = await paper(served, one)
            # Once they have been opened, nothing in them is new.
            found |= {name: (await nadia.open(path)).text for name, path in PAGES.items()}
        for name in TOKENS:
            found |= await chat(served, name)
    finally:
        await served.close()
    return found


async def chat(served: Served, name: str) -> dict[str, Any]:
    """Somebody's chat, and their own data."""
    async with Visitor(served.url) as visitor:
        visitor.session.cookie_jar.update_cookies({"chat": TOKENS[name]}, response_url=served.server.make_url("/"))
        return {name: (await visitor.open("/")).text, f"{name} own": await own_data(served, name)}


async def own_data(served: Served, name: str) -> str:
    """Everything that somebody wrote, as they get it when they ask for it."""
    there = await served.turns.seen(Address("web", served.keys.hash(TOKENS[name])))
    assert there.standing
    writings = await own(served.turns.database, there.standing)
    entries = (entry for one in (*writings.drafts, *writings.sent) for entry in one.record.entries)
    return "\n".join(say(text, "en") for entry in entries for text in (entry.label, *entry.shown))


async def paper(served: Served, reference: str) -> Mapping[str, Any]:
    """The case file from which PDF, JSON and letter are made."""
    async with served.turns.database.read() as connection:
        case = await cases.case(connection, reference)
        assert case
        sent = await submissions.of_case(connection, case.id)
        events = await cases.history(connection, case.id)
    return gathered(case, sent, events, {}, case.sent_at or events[0].at, "test", internal=True).model_dump(mode="json")


if __name__ == "__main__":
    print(json.dumps(asyncio.run(seen(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])), ensure_ascii=False))
