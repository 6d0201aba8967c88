"""The contact persons' queue: who comes in, what they read, what they never can."""

import re
from datetime import timedelta

import pytest

from bot.clock import now
from bot.speech import say
from dialogs.desk.labels import STATES
from storage import staff
from tests.web.conftest import Served
from tests.web.test_chat import send, walk
from tests.web.test_uploads import PDF
from tests.web.visitor import Page, Visitor


async def staff_visitor(served: Served, name: str = "Nadia") -> Visitor:
    visitor = Visitor(served.url)
    visitor.session.cookie_jar.update_cookies(
        {"desk": await served.session(name)}, response_url=served.server.make_url("/queue")
    )
    await visitor.post("/queue/language", {"language": "en"})
    return visitor


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
    sha256 = next(path for path in served.turns.files.directory.glob("*/*"))
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
            assert await staff.deactivate(connection, "Nadia")
        assert "one-time link" in (await nadia.open("/queue")).text


async def test_the_contact_persons_own_language(served: Served) -> None:
    async with await staff_visitor(served) as nadia:
        await nadia.post("/queue/language", {"language": "ar", "back": "/queue"})
        assert '<html lang="ar" dir="rtl">' in (await nadia.open("/queue")).html
        await nadia.post("/queue/language", {"language": "tlh", "back": "https://evil.example/queue"})
        assert nadia.page.url.startswith(served.url)
        assert '<html lang="ar"' in nadia.page.html
