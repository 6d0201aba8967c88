"""The overview, the access log and the package on the web: who gets them, and what is in them."""

import io
import zipfile

from storage.cases import cases
from storage.database.tables import openings
from storage.people import staff
from tests.clock import now
from tests.house import SEAL
from tests.ways import rows
from tests.web.cases import busy, signed_in
from tests.web.conftest import Served
from tests.web.staff_visitor import staff_visitor
from tests.web.visitor import Visitor
from tests.web.walk import sent, walk

MONTH = f"{now():%Y-%m}"


async def happened(served: Served, reference: str, what: str, by: str, **data: object) -> None:
    async with served.turns.database.write() as connection:
        case = await cases.case(connection, reference)
        assert case
        person = await staff.contact_person(connection, by, now())
        await cases.happened(connection, SEAL, case.id, what, person, data, now())


async def test_the_overview_says_and_shows_and_counts(served: Served, visitor: Visitor) -> None:
    await sent(visitor)
    async with await staff_visitor(served) as nadia:
        page = await nadia.open("/queue/overview")
        assert page.status == 200
        assert "Öster: 1 case. Not taken yet: 1." in page.text.translate({0x2068: None, 0x2069: None})
        assert "<svg" in page.html
        assert f'<option value="{MONTH}">{MONTH}</option>' in page.html
        assert "&lt;svg" not in page.html
        page = await nadia.open("/queue/overview.csv")
        assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert page.headers["Content-Disposition"] == 'attachment; filename="overview.csv"'
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert "Öster;1;1;" in page.html
        page = await nadia.open("/queue/overview.svg")
        assert page.headers["Content-Type"].startswith("image/svg+xml")
        assert "sandbox" in page.headers["Content-Security-Policy"]
        assert page.html.startswith("<svg")


async def test_a_period_whichever_way_round_and_whatever_is_asked(served: Served, visitor: Visitor) -> None:
    await sent(visitor)
    async with await staff_visitor(served) as nadia:
        for query, count in (
            (f"first={MONTH}&last=2001-01", 1),
            ("first=2001-01&last=2001-12", 0),
            ("first=2001-13&last=%27", 1),
            (f"last={MONTH}", 1),
            ("first=9999-12", 0),
        ):
            page = await nadia.open(f"/queue/overview.csv?{query}")
            assert (page.status, "Öster;1" in page.html) == (200, bool(count)), query
            assert (await nadia.open(f"/queue/overview?{query}")).status == 200


async def test_a_protected_case_is_in_nobodys_overview_but_theirs_who_are_named(
    served: Served, visitor: Visitor
) -> None:
    reference = await sent(visitor)
    await happened(served, reference, "protect", "Nadia", named={"ids": []})
    async with await staff_visitor(served) as nadia, await staff_visitor(served, "Bo") as bo:
        assert "Öster;1;" in (await nadia.open("/queue/overview.csv")).html
        assert "Öster;0" in (await bo.open("/queue/overview.csv")).html


async def test_an_unsent_draft_is_only_counted(served: Served, visitor: Visitor) -> None:
    await walk(visitor, "challenges")
    async with await staff_visitor(served) as nadia:
        page = await nadia.open("/queue/overview")
        assert "1 draft has been begun in the whole city" in page.text.translate({0x2068: None, 0x2069: None})
        assert "None yet from" in page.text
        assert "Öster;0" in (await nadia.open("/queue/overview.csv")).html


async def test_strangers_and_applicants_find_nothing(served: Served, visitor: Visitor) -> None:
    reference = await sent(visitor)
    missing = await visitor.open("/queue/nothing")
    paths = (
        "overview",
        "overview.csv",
        "overview.svg",
        *(f"{reference}/{one}" for one in ("log", "package", "meeting.ics")),
    )
    async with Visitor(served.url) as stranger:
        for who in (visitor, stranger):
            for path in paths:
                page = await who.open(f"/queue/{path}")
                assert (page.status, page.text) == (404, missing.text), path


async def test_the_log_is_for_who_has_the_case(served: Served, visitor: Visitor) -> None:
    reference = await sent(visitor)
    async with await staff_visitor(served) as nadia, await staff_visitor(served, "Bo") as bo:
        assert (await nadia.open(f"/queue/{reference}/log")).status == 404
        await nadia.open(f"/queue/{reference}")
        await nadia.post(f"/queue/{reference}/take", {})
        await nadia.session.get(f"{served.url}/queue/{reference}/package")
        page = await nadia.open(f"/queue/{reference}/log")
        assert page.status == 200
        assert "Nadia the package for the registry" in page.text
        assert (await bo.open(f"/queue/{reference}/log")).status == 404
        async with served.turns.database.write() as connection:
            await staff.contact_person(connection, "Bo", now(), administrator=True)
        assert (await bo.open(f"/queue/{reference}/log")).status == 200


async def test_the_package_is_a_zip_and_written_down(served: Served, visitor: Visitor) -> None:
    reference = await sent(visitor)
    async with await staff_visitor(served) as nadia:
        answer = await nadia.session.get(f"{served.url}/queue/{reference}/package")
        names = zipfile.ZipFile(io.BytesIO(await answer.read())).namelist()
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{reference}.zip"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert {"arende.pdf", "arende.json", "manifest.json"} <= set(names)
    assert [one.what for one in await rows(served.turns.database, openings) if one.what == "package"] == ["package"]


async def test_of_a_protected_case_there_is_nothing_for_who_is_not_named(served: Served, visitor: Visitor) -> None:
    reference = await sent(visitor)
    await happened(served, reference, "protect", "Nadia", named={"ids": []})
    async with await staff_visitor(served, "Bo") as bo:
        async with served.turns.database.write() as connection:
            await staff.contact_person(connection, "Bo", now(), administrator=True)
        for path in ("log", "package", "meeting.ics"):
            assert (await bo.open(f"/queue/{reference}/{path}")).status == 404
    assert [one.what for one in await rows(served.turns.database, openings) if one.what == "package"] == []


async def test_the_meeting_for_the_calendar_of_either_side(served: Served, visitor: Visitor) -> None:
    reference = await sent(visitor)
    assert (await visitor.open(f"/meeting/{reference}.ics")).status == 404
    await happened(
        served,
        reference,
        "times",
        "Nadia",
        times={"times": ["2026-12-03T14:00", "2026-12-04T10:00"]},
        place="Stadshuset",
    )
    assert (await visitor.open(f"/meeting/{reference}.ics")).status == 404, "nothing is agreed yet"
    await happened(served, reference, "time_chosen", "Nadia", time="2026-12-04T10:00")
    page = await visitor.open(f"/meeting/{reference}.ics")
    assert page.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART:20261204T090000Z" in page.html
    assert "Stadshuset" in page.html
    async with Visitor(served.url) as stranger, Visitor(served.url) as other, await staff_visitor(served) as nadia:
        assert (await stranger.open(f"/meeting/{reference}.ics")).status == 404
        await other.open("/")
        await other.press("accept")
        assert (await other.open(f"/meeting/{reference}.ics")).status == 404
        assert "Rosengård" in (await nadia.open(f"/queue/{reference}/meeting.ics")).html
        assert "Rosengård" not in page.html


async def test_the_calendar_file_of_a_meeting_is_in_the_log(served: Served) -> None:
    """It says of whom the case is, where and when."""
    reference = await busy(served)
    async with await signed_in(served) as nadia:
        async with nadia.session.get(f"{nadia.url}/queue/{reference}/meeting.ics") as answer:
            assert answer.status == 200
        assert "the meeting for the calendar" in (await nadia.open(f"/queue/{reference}/log")).text
    assert len([one for one in await rows(served.turns.database, openings) if one.what == "calendar"]) == 1
