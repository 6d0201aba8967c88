"""Contact persons on the web: who sees whom, who invites and deactivates whom, whose links are shown once, who is away."""

import asyncio
import re
from datetime import timedelta

from storage.database.tables import desk_drafts
from storage.database.tables import staff as crew
from storage.people import staff
from storage.people.people import best_address
from tests.clock import now
from tests.ways import number_of, rows
from tests.web.conftest import Served
from tests.web.staff_visitor import administrator, id_of, staff_visitor
from tests.web.visitor import Visitor

NEW = {"name.text": "Eva Ny", "role.choice": "contact_person", "email.email": "eva@example.se"}


async def test_everybody_reads_who_is_there_and_administrators_do_more(served: Served) -> None:
    async with await administrator(served) as nadia, await staff_visitor(served, "Bo") as bo:
        page = await bo.open("/queue/people")
        assert "Nadia Administrator" in page.text
        assert "Bo (you) Contact person" in page.text
        assert "Deactivate" not in page.text
        assert "Invite a contact person" not in page.text
        page = await nadia.open("/queue/people")
        assert "Invite a contact person" in page.text
        assert f"/queue/people/{await id_of(served, 'Bo')}/deactivate" in page.html
        assert f"/queue/people/{await id_of(served, 'Nadia')}/deactivate" not in page.html
    assert await number_of(served.turns.database, desk_drafts) == 0, "looking begins nothing"


async def test_the_links_are_shown_once_and_admit_once(served: Served) -> None:
    async with await administrator(served) as nadia:
        await nadia.open("/queue/people")
        page = await nadia.fill("send", NEW)
        assert "For \u2068Eva Ny\u2069, each good once" in page.text
        link = re.search(r"/sign-in/[A-Za-z0-9_-]{32}", page.html)
        assert link
        assert link[0] not in page.url
        page = await nadia.open("/queue/people")
        assert "/sign-in/" not in page.html
        assert "Eva Ny" in page.text
    async with Visitor(served.url) as eva:
        assert "Eva Ny" in (await eva.post(link[0], {})).text
        assert (await eva.post(link[0], {})).status == 404
    async with served.turns.database.read() as connection:
        address = await best_address(connection, await id_of(served, "Eva Ny"), ("mail",))
    assert address
    assert address.address == "eva@example.se"


async def test_a_form_that_is_sent_twice_invites_once(served: Served) -> None:
    async with await administrator(served) as nadia:
        page = await nadia.open("/queue/people")
        await asyncio.gather(*(nadia.fill("send", NEW, page=page) for _twice in range(2)))
    async with served.turns.database.read() as connection:
        found = (
            await connection.exec_driver_sql("SELECT count(*) FROM invitations WHERE used_at IS NULL")
        ).scalar_one()
    assert found == 2, "one for the queue, one for Telegram"


async def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(served: Served) -> None:
    async with await administrator(served) as nadia:
        await nadia.open("/queue/people")
        page = await nadia.fill("send", NEW | {"name.text": "", "email.email": "eva@"})
        assert page.status == 422
        assert 'value="contact_person" id="f-role.choice" checked' in page.html or "checked" in page.html
        assert 'value="eva@"' in page.html
        page = await nadia.fill("send", {"name.text": "Eva Ny", "email.email": ""})
        assert "For \u2068Eva Ny\u2069" in page.text


async def test_deactivating_asks_first_and_ends_everything(served: Served) -> None:
    async with await administrator(served) as nadia, await staff_visitor(served, "Bo") as bo:
        path = f"/queue/people/{await id_of(served, 'Bo')}/deactivate"
        page = await nadia.open(path)
        assert "Deactivate \u2068Bo\u2069?" in page.text
        assert (await bo.open("/queue/people")).status == 200
        page = await nadia.post(path, {})
        assert "Bo Deactivated" in page.text
        gone = await bo.open("/queue/people")
        assert gone.status == 404
        assert "your sign-in has ended" in gone.text
        assert 'href="/queue"' in gone.html
        assert "draft" not in gone.text, "who works here has none"
        assert (await nadia.open(path)).status == 404
        assert (await nadia.post(path, {})).status == 404


async def test_the_role_is_taken_after_a_question_and_the_log_says_by_whom(served: Served) -> None:
    async with await administrator(served) as nadia, await administrator(served, "Bo") as bo:
        path = f"/queue/people/{await id_of(served, 'Bo')}/demote"
        assert path in (await nadia.open("/queue/people")).html
        assert "goes on as a contact person" in (await nadia.open(path)).text
        page = await nadia.post(path, {})
        assert "Bo Administrator" not in page.text
        log = (await nadia.open("/queue/people/log")).text
        for words in (
            "\u2068Nadia\u2069 took the administrator’s role from \u2068Bo\u2069.",
            "\u2068Bo\u2069 came in by a link: On the web.",
        ):
            assert words in log, log
        assert (await bo.open("/queue/people/log")).status == 404
        assert (await bo.open("/queue/people")).status == 200


async def test_sessions_and_chats_can_be_ended_and_the_log_says_so(served: Served) -> None:
    """One's own, but for the browser at hand; a colleague's by an administrator, who is no less a colleague for it."""
    async with (
        await administrator(served) as nadia,
        await staff_visitor(served, "Nadia") as elsewhere,
        await staff_visitor(served, "Bo") as bo,
    ):
        page = await nadia.post("/queue/close-others", {})
        assert "The sessions and chats are ended." in page.text
        assert (await elsewhere.open("/queue/people")).status == 404
        assert (await nadia.open("/queue/people")).status == 200
        path = f"/queue/people/{await id_of(served, 'Bo')}/close"
        assert f'href="{path}"' in (await nadia.open("/queue/people")).html
        assert "comes in again only by a new link" in (await nadia.open(path)).text
        assert (await bo.open("/queue/people")).status == 200, "a question ends nothing"
        page = await nadia.post(path, {})
        assert "\u2068Nadia\u2069 ended the sessions and chats of \u2068Bo\u2069." in page.text, "it says whose"
        assert (await bo.open("/queue/people")).status == 404
        log = (await nadia.open("/queue/people/log")).text
        assert "\u2068Nadia\u2069 ended the sessions and chats of \u2068Bo\u2069." in log
        assert "Bo Contact person" in (await nadia.open("/queue/people")).text
    async with served.turns.database.read() as connection:
        assert [one.name for one in await staff.active(connection)] == ["Bo", "Nadia"]


async def test_who_may_not_finds_nothing(served: Served) -> None:
    async with (
        await administrator(served) as nadia,
        await staff_visitor(served, "Bo") as bo,
        Visitor(served.url) as stranger,
    ):
        nadias, missing = await id_of(served, "Nadia"), await bo.open("/queue/nothing")
        for path in (f"/queue/people/{nadias}/deactivate", "/queue/people/99999/deactivate"):
            for page in (
                await bo.open(path),
                await bo.post(path, {}),
                await nadia.open(path),
                await nadia.post(path, {}),
            ):
                assert (page.status, page.text) == (404, missing.text), path
        assert (await bo.post("/queue/people", dict(NEW, press="send"))).status == 404
        for path in ("/queue/people", "/queue/absence", "/queue/start", f"/queue/people/{nadias}/deactivate"):
            assert (await stranger.open(path)).status == 404
            assert (await stranger.post(path, {"press": "send"})).status == 404
        assert (await stranger.post("/queue/absence/over", {})).status == 404
    assert {one.name: one.active for one in await rows(served.turns.database, crew)} == {"Nadia": True, "Bo": True}


async def test_away_and_back(served: Served) -> None:
    async with await staff_visitor(served) as nadia, await staff_visitor(served, "Bo") as bo:
        await nadia.open("/queue/absence")
        assert "I am back" not in nadia.page.text
        since, until = (staff.today(now() + timedelta(days)) for days in (0, 9))
        absence = {"since.date": since, "until.date": until, "deputy.choice": f"p{await id_of(served, 'Bo')}"}
        page = await nadia.fill("send", absence)
        assert "that day included" in page.text
        assert "Bo\u2069 stands in." in (await bo.open("/queue/people")).text
        page = await nadia.post("/queue/absence/over", {})
        assert "that day included. " not in page.text
        assert "stands in" not in (await bo.open("/queue/people")).text


async def test_an_absence_without_a_deputy_is_not_noted(served: Served) -> None:
    async with await staff_visitor(served) as nadia:
        page = await nadia.open("/queue/absence")
        assert "There is no colleague yet" in page.text
        async with await staff_visitor(served, "Bo"):
            await nadia.open("/queue/absence")
            page = await nadia.fill("send", {"since.date": "2020-01-01", "until.date": "", "deputy.choice": "p999"})
            assert page.status == 422
            assert "3 things are not right yet" in page.text.translate({0x2068: None, 0x2069: None})
    assert (await rows(served.turns.database, crew, name="Nadia"))[0].away_since == ""


async def test_another_language_stays_on_the_page(served: Served) -> None:
    async with await administrator(served) as nadia:
        for path in ("/queue/people", "/queue/absence", "/queue/start", "/queue/overview"):
            page = await nadia.post("/queue/language", {"language": "en", "back": path})
            assert page.url.endswith(path)
        page = await nadia.post("/queue/language", {"language": "en", "back": "//example.com/queue/people"})
        assert page.url == f"{served.url}/queue"
