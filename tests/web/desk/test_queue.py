"""The contact persons' queue: who comes in, what they read, what they never can."""

import io
import json
import re
import zipfile
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from bot.main.case_commands import take_down
from bot.speech.catalogs import say
from bot.turns import colleagues
from bot.turns.contact_person import at_work
from bot.worker.delivery import LADDER
from dialogs.desk.labels import STATES
from dialogs.language.replies import Tell
from storage.cases import cases, openings
from storage.database.tables import staff as crew
from storage.outbox import leases, outbox
from storage.outbox.outbox import About
from storage.people import staff
from storage.people.people import Address
from tests.clock import now
from tests.house import SEAL, folder_of
from tests.samples import PDF
from tests.ways import rows
from tests.web.cases import applied, case_of, did, fields, nadia, posted, took
from tests.web.conftest import Served
from tests.web.page import Page
from tests.web.staff_visitor import staff_visitor
from tests.web.visitor import Visitor
from tests.web.walk import send, walk


async def sent_with_a_file(visitor: Visitor) -> Page:
    await walk(visitor, "papers")
    await visitor.press("add", files=(("enkät å.pdf", PDF),))
    await visitor.press("done")
    return await send(visitor)


async def test_a_link_lets_in_once_and_only_by_a_press(served: Served) -> None:
    token = await served.link()
    async with Visitor(served.url) as visitor:
        for _preview in range(3):
            assert "Set-Cookie" not in (await visitor.open(f"/sign-in/{token}")).headers
        async with visitor.session.post(f"{served.url}/sign-in/{token}", allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, "/queue")
            for flag in ("HttpOnly", "SameSite=Lax", "Path=/queue", "Max-Age=43200"):
                assert flag in answer.headers["Set-Cookie"]
        await visitor.post("/queue/language", {"language": "en"})
        assert "The queue is empty" in visitor.page.text
    async with Visitor(served.url) as second:
        page = await second.post(f"/sign-in/{token}", {})
        assert page.status == 404
        assert "used already or is too old" in page.text


async def test_the_whole_case(served: Served, visitor: Visitor) -> None:
    await sent_with_a_file(visitor)
    async with await staff_visitor(served) as nadia:
        page = await nadia.open("/queue")
        assert "Rosengård" in page.text
        assert say(STATES["sent"], "en") in page.text
        assert "less than a day" in page.text
        reference = re.search(r"SAM-\d{4}-\d{4}", page.text)
        assert reference
        page = await nadia.open(f"/queue/{reference[0]}")
        for words in (
            "Trygg Malmö",
            "Amiralsgatan",
            "sara@example.se",
            "The application arrived.",
            "Public land, says the group",
        ):
            assert words in page.text
        assert 'lang="en">Vi vill göra torget' in page.html
        page = await nadia.post(f"/queue/{reference[0]}/take", {})
        assert "Taken by" in page.text
        assert "took the case." in page.text
        assert "/take" not in page.html
    page = await visitor.open("/")
    assert "has taken your case" in page.text


async def test_the_second_to_take_it_sees_who_was_quicker(served: Served, visitor: Visitor) -> None:
    await send(visitor)
    async with await staff_visitor(served) as nadia, await staff_visitor(served, "Bo") as bo:
        reference = re.findall(r"/queue/(SAM-[\d-]+)", (await nadia.open("/queue")).html)[0]
        await nadia.post(f"/queue/{reference}/take", {})
        assert "You have it." in nadia.page.text
        page = await bo.post(f"/queue/{reference}/take", {})
        assert "\u2068Nadia\u2069 was quicker" in page.text
        assert "You have it." not in page.text


async def test_a_file_that_is_missing_is_said_and_the_package_can_be_had_without_it(
    served: Served, visitor: Visitor
) -> None:
    await sent_with_a_file(visitor)
    files = folder_of(served.turns.files)
    async with await staff_visitor(served) as nadia:
        reference = re.findall(r"/queue/(SAM-[\d-]+)", (await nadia.open("/queue")).html)[0]
        path = re.findall(r'href="(/queue/[^"]+/files/[0-9a-f]{64})"', (await nadia.open(f"/queue/{reference}")).html)[
            0
        ]
        files.path(path[-64:]).unlink()
        page = await nadia.open(path)
        assert (page.status, "Files are missing" in page.text, "enkät å.pdf" in page.text) == (404, True, True)
        assert "mistyped" not in page.text
        page = await nadia.open(f"/queue/{reference}/package")
        assert (page.status, "Files are missing" in page.text) == (404, True)
        without = re.findall(r'href="(/queue/[^"]+/package\?without)"', page.html)[0]
        async with nadia.session.get(served.url + without) as answer:
            packed = zipfile.ZipFile(io.BytesIO(await answer.read()))
        assert [one["sent_as"] for one in json.loads(packed.read("manifest.json"))["missing"]] == ["enkät å.pdf"]
    case = await case_of(served, reference)
    async with served.turns.database.read() as connection:
        opened = [one.what for one in await openings.of(connection, case.id)]
    assert opened == ["package", "case"], "what was not had is not in the access log"


async def test_files_of_a_case_are_given_to_save(served: Served, visitor: Visitor) -> None:
    await sent_with_a_file(visitor)
    async with await staff_visitor(served) as nadia:
        await nadia.open("/queue/" + re.findall(r"/queue/(SAM-[\d-]+)", (await nadia.open("/queue")).html)[0])
        path = re.findall(r'href="(/queue/[^"]+/files/[0-9a-f]{64})"', nadia.page.html)[0]
        async with nadia.session.get(served.url + path) as answer:
            assert await answer.read() == PDF
            assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''enk%C3%A4t%20%C3%A5.pdf"
            assert answer.headers["Content-Type"] == "application/pdf"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in answer.headers["Content-Security-Policy"]
        for wrong in (path[:-64] + "0" * 64, path[:-64] + "..%2f..%2fguide.sqlite3", path.replace("-0001", "-0002")):
            assert (await nadia.open(wrong)).status == 404
    async with Visitor(served.url) as stranger:
        assert (await stranger.open(path)).status == 404
    assert (await visitor.open(path)).status == 404  # the applicant's own cookie opens no door here


async def test_a_file_of_a_draft_that_was_not_sent_is_out_of_reach(served: Served, visitor: Visitor) -> None:
    await walk(visitor, "papers")
    await visitor.press("add", files=(("eget.pdf", PDF + b"draft"),))
    sha256 = next(path for path in folder_of(served.turns.files).directory.glob("*/*"))
    await visitor.press("meeting")
    await visitor.press("skip")
    await visitor.press("no")
    await visitor.press("done", name="Sara Ali", email="sara@example.se")
    await visitor.press("send")
    await visitor.press("sure")
    async with await staff_visitor(served) as nadia:
        page = await nadia.open("/queue")
        assert "First meeting" in page.text
        reference = re.findall(r"/queue/(SAM-[\d-]+)", page.html)[0]
        assert "Trygg Malmö" not in (await nadia.open(f"/queue/{reference}")).text
        assert (await nadia.open(f"/queue/{reference}/files/{sha256.parent.name}{sha256.name}")).status == 404


async def test_a_draft_let_go_along_is_read_as_a_copy(served: Served, visitor: Visitor) -> None:
    await walk(visitor, "papers")
    await visitor.press("add", files=(("delad.pdf", PDF + b"shared"),))
    await visitor.press("done")
    await visitor.press("meeting")
    await visitor.press("skip")
    await visitor.press("yes")
    await visitor.press("done", name="Sara Ali", email="sara@example.se")
    await visitor.press("send")
    await visitor.press("sure")
    async with await staff_visitor(served) as nadia:
        reference = re.findall(r"/queue/(SAM-[\d-]+)", (await nadia.open("/queue")).html)[0]
        page = await nadia.open(f"/queue/{reference}")
        assert "shared by the applicants" in page.text
        assert "Trygg Malmö" in page.text
        path = re.findall(r'href="(/queue/[^"]+/files/[0-9a-f]{64})"', page.html)[0]
        async with nadia.session.get(served.url + path) as answer:
            assert await answer.read() == PDF + b"shared"


@pytest.mark.parametrize("path", ["/queue/SAM-2026-0001", "/queue/SAM-1999-0001", "/queue/nonsense", "/queue/language"])
async def test_strangers_learn_nothing(served: Served, visitor: Visitor, path: str) -> None:
    await send(visitor)
    async with Visitor(served.url) as stranger:
        assert (await stranger.open(path)).status in (404, 405)
        page = await stranger.open("/queue")
        assert "one-time link" in page.text
        assert "SAM-" not in page.text
        assert (await stranger.post("/queue/SAM-2026-0001/take", {})).status == 404


async def test_the_longest_wait_stands_on_top_and_is_said_in_days(served: Served) -> None:
    for _group in range(2):
        async with Visitor(served.url) as visitor:
            await send(visitor)
    async with served.turns.database.write() as connection:
        await connection.exec_driver_sql(
            "UPDATE cases SET waiting_since = ? WHERE reference LIKE '%-0002'",
            ((now() - timedelta(days=9)).strftime("%Y-%m-%d %H:%M:%S.%f"),),
        )
    async with await staff_visitor(served) as nadia:
        page = await nadia.open("/queue")
        assert re.findall(r"/queue/SAM-\d+-(\d+)", page.html) == ["0002", "0001"]
        assert "9 days" in page.text


async def test_a_session_ends(served: Served) -> None:
    async with await staff_visitor(served) as nadia:
        assert "empty" in (await nadia.open("/queue")).text
        await nadia.post("/queue/sign-out", {})
        assert "one-time link" in (await nadia.open("/queue")).text
    async with await staff_visitor(served) as nadia:
        async with served.turns.database.write() as connection:
            await connection.exec_driver_sql(
                "UPDATE addresses SET expires_at = ?", ((now() - timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S.%f"),)
            )
        assert "one-time link" in (await nadia.open("/queue")).text
    async with await staff_visitor(served) as nadia:
        async with served.turns.database.write() as connection:
            assert await staff.deactivate(connection, "Nadia", now())
        assert "one-time link" in (await nadia.open("/queue")).text


async def test_the_contact_persons_own_language(served: Served) -> None:
    async with await staff_visitor(served) as nadia:
        await nadia.post("/queue/language", {"language": "ar", "back": "/queue"})
        assert '<html lang="ar" dir="rtl">' in (await nadia.open("/queue")).html
        await nadia.post("/queue/language", {"language": "tlh", "back": "https://evil.example/queue"})
        assert nadia.page.url.startswith(served.url)
        assert '<html lang="ar"' in nadia.page.html


async def aged(served: Served, reference: str, days: int, **more: str) -> None:
    """The copy of a case for the list is made older, or another one."""
    values = {"waiting_since": (now() - timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S.%f"), **more}
    names = ", ".join(f"{name} = ?" for name in values)
    async with served.turns.database.write() as connection:
        await connection.exec_driver_sql(f"UPDATE cases SET {names} WHERE reference = ?", (*values.values(), reference))


def listed(page: Page) -> list[str]:
    return re.findall(r'<td[^>]*class="which">.*?/queue/(SAM-\d+-\d+)"', page.html, re.DOTALL)


async def test_every_filter_finds_what_it_says(served: Served) -> None:
    first, second, third = [await applied(served, name) for name in ("a", "b", "c")]
    who = await nadia(served)
    await took(served, second, who)
    await took(served, third, await nadia(served, "Bo Ek"))
    await aged(served, first, 40, district="norr", scope="partly", locale="ar", sought="sam\ndammfri")
    await aged(served, second, 3)
    await did(served, third, await nadia(served, "Bo Ek"), "write", posted(fields(served)["write"]))
    async with await staff_visitor(served) as visitor:
        await visitor.open(f"/queue/{second}")
        await visitor.post(f"/queue/{third}/follow", {})
        bo = (await nadia(served, "Bo Ek")).id
        for query, found in (
            ("", [first, second, third]),
            ("state=sent", [first]),
            ("state=taken", [second, third]),
            ("words=DAMM", [first]),
            ("words=%25", []),
            ("district=norr", [first]),
            ("has=me", [second]),
            ("has=nobody", [first]),
            (f"has=p{bo}", [third]),
            ("waits=applicants", [third]),
            ("days=4", [first]),
            ("days=3", [first, second]),
            ("locale=ar", [first]),
            ("scope=partly", [first]),
            ("unread=1", [first]),
            ("followed=1", [third]),
            ("sort=newest", [third, second, first]),
            ("state=taken&has=me&unread=1", []),
            ("state=nonsense&district=%00&days=x&sort=&has=p0&page=9", [first, second, third]),
        ):
            values = dict(parse_qsl(query))
            words = "words" in values
            page = await (visitor.post("/queue", values) if words else visitor.open(f"/queue?{query}"))
            assert (page.status, listed(page)) == (200, found), query
            assert "DAMM" not in page.url


async def test_what_did_not_arrive_is_marked_and_found(served: Served) -> None:
    first, _second = [await applied(served, name) for name in ("a", "b")]
    async with served.turns.database.write() as connection:
        about = About((await case_of(served, first)).id)
        await outbox.put(
            connection, Address("telegram", "1"), None, about, Tell((), title=STATES["taken"]), "en", now()
        )
        (post,) = await leases.lease(connection, ("telegram",), now(), LADDER)
        await outbox.failed(connection, post.id, "blocked")
    async with await staff_visitor(served) as visitor:
        page = await visitor.open("/queue?trouble=1")
        assert listed(page) == [first]
        assert "Not delivered" in page.text
        page = await visitor.open(f"/queue/{first}")
        assert "did not reach an applicant on Telegram" in page.text


async def test_the_case_leads_on_in_the_list_one_came_from(served: Served) -> None:
    first, second, third = [await applied(served, name) for name in ("a", "b", "c")]
    async with await staff_visitor(served) as visitor:
        await visitor.open("/queue?sort=newest&unread=1")
        page = await visitor.open(f"/queue/{second}")
        assert f'href="/queue/{third}" data-by="k"' in page.html
        assert f'href="/queue/{first}" data-by="j"' in page.html
        await visitor.open("/queue?state=taken")
        assert "data-by" not in (await visitor.open(f"/queue/{second}")).html


async def test_counts_are_links_that_keep_the_rest_of_the_filter(served: Served) -> None:
    one, _two = [await applied(served, name) for name in ("a", "b")]
    await took(served, one, await nadia(served))
    async with await staff_visitor(served) as visitor:
        page = await visitor.post("/queue", {"words": "möll", "state": "sent"})
        assert '<a href="/queue?sought=1"><strong>2</strong> All</a>' in page.html
        assert '<a href="/queue?state=taken&amp;sought=1"><strong>1</strong> Taken</a>' in page.html
        assert "With the words \u2068möll\u2069" in page.text
        assert '<a class="clear" href="/queue">' in page.html
        assert "No case fits." in (await visitor.post("/queue", {"words": "zzz"})).text


async def test_the_words_that_are_looked_for_stand_in_no_address_and_no_cookie(served: Served) -> None:
    """They are often names. Everybody has their own."""
    await applied(served)
    async with await staff_visitor(served) as nadia_, await staff_visitor(served, "Bo") as bo:
        page = await nadia_.post("/queue", {"words": "Zebrafinken", "waits": "city"})
        assert page.url.endswith("/queue?waits=city&sought=1")
        kept = [one.value for one in nadia_.session.cookie_jar]
        assert not [one for one in kept if "Zebra" in one]
        assert "With the words \u2068Zebrafinken\u2069" in page.text
        assert not [one for one in re.findall(r'href="([^"]*)"', page.html) if "Zebra" in one]
        assert "Zebrafinken" not in (await bo.open("/queue?sought=1")).text
        assert len(listed(await nadia_.open("/queue?words=Zebrafinken"))) == 1, "an old bookmark looks for nothing"


@pytest.mark.parametrize("way", ["taken down", "deactivated", "out"])
async def test_the_words_that_are_looked_for_go_with_who_looked_and_with_what_they_may_name(
    served: Served, way: str
) -> None:
    reference, parts, vera = await applied(served), served.turns, await nadia(served, "Vera", administrator=True)
    async with await staff_visitor(served) as visitor:
        await visitor.post("/queue", {"words": "Zebrafinken"})
    (looked,) = [row for row in await rows(parts.database, crew) if row.sought]
    if way == "taken down":
        assert isinstance(await take_down(parts.database, parts.seal, reference, "Illegal.", now()), set)
    else:
        async with at_work(parts, vera) as work:
            end = colleagues.deactivate if way == "deactivated" else colleagues.close_doors
            assert await end(work, looked.person_id)
    assert not [row for row in await rows(parts.database, crew) if row.sought]


async def test_the_filter_is_there_when_one_comes_back(served: Served) -> None:
    reference = await applied(served)
    async with await staff_visitor(served) as visitor:
        await visitor.post("/queue", {"state": "sent", "words": "mölle v", "junk": "1"})
        page = await visitor.open(f"/queue/{reference}")
        assert 'href="/queue?state=sent&amp;sought=1" data-back' in page.html
        await visitor.post(f"/queue/{reference}/take", {})
        assert 'href="/queue?state=sent&amp;sought=1" data-back' in visitor.page.html
        await visitor.open("/queue")
        assert 'href="/queue" data-back' in (await visitor.open(f"/queue/{reference}")).html
        visitor.session.cookie_jar.update_cookies(
            {"list": 'x"onclick=1'}, response_url=served.server.make_url("/queue")
        )
        assert 'href="/queue" data-back' in (await visitor.open(f"/queue/{reference}")).html


async def test_a_page_holds_fifty_and_leads_to_the_others(served: Served) -> None:
    async with served.turns.database.write() as connection:
        for number in range(1, 54):
            case = await cases.new(connection, now())
            data = {"reference": f"SAM-2026-{number:04}", "title": f"Torg {number}", "locale": "sv"}
            await cases.happened(
                connection, SEAL, case, "application_sent", None, data, now() + timedelta(seconds=number)
            )
    async with await staff_visitor(served) as visitor:
        page = await visitor.open("/queue?sort=newest")
        assert "53 cases · shown: 1 to 50" in page.text
        assert len(listed(page)) == 50
        assert 'rel="next" href="/queue?sort=newest&amp;page=2"' in page.html
        page = await visitor.open("/queue?sort=newest&page=2")
        assert listed(page) == ["SAM-2026-0003", "SAM-2026-0002", "SAM-2026-0001"]
        assert "shown: 51 to 53" in page.text


async def test_a_protected_case_is_in_nobody_elses_list_or_count(served: Served) -> None:
    reference = await applied(served)
    await took(served, reference, await nadia(served))
    await did(served, reference, await nadia(served), "protect", posted({"named.ids": []}))
    async with await staff_visitor(served) as visitor, await staff_visitor(served, "Bo Ek") as bo:
        page = await visitor.open("/queue")
        assert listed(page) == [reference]
        assert "Protected" in page.text
        for query in ("", "sought=1", "state=taken", "unread=1"):
            page = await bo.open(f"/queue?{query}")
            assert reference not in page.text
            assert "<strong>1</strong>" not in page.html


async def test_the_wait_weighs_more_the_longer_it_is_and_says_so(served: Served) -> None:
    references = [await applied(served, str(days)) for days in (0, 2, 8, 30)]
    for reference, days in zip(references, (0, 2, 8, 30), strict=True):
        await aged(served, reference, days)
    async with await staff_visitor(served) as visitor:
        page = await visitor.open("/queue")
        assert listed(page) == references[::-1]
        assert re.findall(r'class="wait city (w\d)"', page.html) == ["w5", "w3", "w1", "w0"]
        assert re.findall(r'class="days">([^<]+)<', page.html) == ["30 days", "8 days", "2 days", "less than a day"]
