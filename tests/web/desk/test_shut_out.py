"""Whoever is shut out while their form is on its way does nothing by it: who asks counts when all of it is there, and in the transaction."""

from datetime import timedelta

import pytest

from bot.turns.sign_in import SESSION_LASTS
from storage.database.tables import case_events, invitations
from storage.database.tables import cases as case_rows
from storage.database.tables import staff as crew
from tests.ways import rows
from tests.web.conftest import Served
from tests.web.held import held
from tests.web.staff_visitor import administrator, id_of, staff_visitor
from tests.web.visitor import Visitor

EVE = {"name.text": ["Eva Ny"], "role.choice": ["administrator"], "press": ["send"]}
ABSENT = {"since.date": ["2030-01-01"], "until.date": ["2030-01-02"], "deputy.choice": ["p1"], "press": ["send"]}


async def closes(nadia: Visitor, bo: int, _served: Served) -> None:
    assert (await nadia.post(f"/queue/people/{bo}/close", {})).status == 200


async def deactivates(nadia: Visitor, bo: int, _served: Served) -> None:
    assert (await nadia.post(f"/queue/people/{bo}/deactivate", {})).status == 200


async def demotes(nadia: Visitor, bo: int, _served: Served) -> None:
    assert (await nadia.post(f"/queue/people/{bo}/demote", {})).status == 200


async def time_goes_by(_nadia: Visitor, _bo: int, served: Served) -> None:
    clock = served.turns.clock
    clock.at += SESSION_LASTS + timedelta(minutes=1)  # type: ignore[attr-defined]


@pytest.mark.parametrize("shuts_out", [closes, deactivates, demotes, time_goes_by])
async def test_an_administrator_who_is_none_any_more_invites_nobody(served: Served, shuts_out: object) -> None:
    async with await administrator(served) as nadia, await administrator(served, "Bo") as bo:
        page = await bo.open("/queue/people")
        slow = await held(bo, "/queue/people", page.form_with("send").fields | EVE)
        await shuts_out(nadia, await id_of(served, "Bo"), served)  # type: ignore[operator]
        status, head, _body = await slow.finish()
    assert status == 404
    assert "made" not in head, "no link of a new colleague"
    assert {one.name for one in await rows(served.turns.database, crew)} == {"Nadia", "Bo"}
    assert [one for one in await rows(served.turns.database, invitations) if one.used_at is None] == []


async def test_whoever_is_deactivated_leaves_nothing_behind(served: Served) -> None:
    async with await administrator(served) as nadia, await staff_visitor(served, "Bo") as bo:
        forms = []
        for path in ("/queue/absence", "/queue/start"):
            page = await bo.open(path)
            forms.append(await held(bo, path, page.form_with("send").fields | ABSENT))
        forms.append(await held(bo, "/queue/language", {"language": "sv"}))
        await deactivates(nadia, await id_of(served, "Bo"), served)
        statuses = [(await one.finish())[0] for one in forms]
    assert statuses == [404, 404, 303]
    assert await rows(served.turns.database, case_rows) == []
    assert await rows(served.turns.database, case_events) == []
    assert (await rows(served.turns.database, crew, name="Bo"))[0].away_since == ""
