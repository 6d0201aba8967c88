"""The receipt as a PDF on the web: the way to it, and who gets it."""

import pytest

from bot.operations.rate_limit import RateLimit
from tests.documents.soundness import assert_sound, text_of
from tests.web.conftest import Served
from tests.web.visitor import Visitor
from tests.web.walk import send, sent

ACTS = 60
"""More than it takes to send something."""


async def test_the_receipt_and_what_was_sent_lead_to_the_pdf(served: Served, visitor: Visitor) -> None:
    reference = await sent(visitor)
    link = f'href="/receipt/{reference}.pdf" download'
    assert link in visitor.page.html
    assert link in (await visitor.press("status")).html
    async with visitor.session.get(f"{served.url}/receipt/{reference}.pdf") as answer:
        content = await answer.read()
        assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{reference}.pdf"'
        assert answer.headers["Cache-Control"] == "no-store"
    assert_sound(content, "en")
    assert reference in text_of(content)
    async with Visitor(served.url) as stranger:
        assert (await stranger.open(f"/receipt/{reference}.pdf")).status == 404
        await send(stranger)
        assert (await stranger.open(f"/receipt/{reference}.pdf")).status == 404, "who writes another case"


async def test_a_press_from_an_old_page_is_answered_with_the_link(served: Served, visitor: Visitor) -> None:
    reference = await sent(visitor)
    page = await visitor.post("/", {"press": "receipt:1"})
    assert page.html.count(f'href="/receipt/{reference}.pdf"') == 1


async def test_it_is_in_the_language_that_the_person_has_now(served: Served, visitor: Visitor) -> None:
    reference = await sent(visitor)
    await visitor.post("/", {"press": "lang:ar"})
    async with visitor.session.get(f"{served.url}/receipt/{reference}.pdf") as answer:
        content = await answer.read()
    assert_sound(content, "ar")
    assert "طلبكم" in text_of(content)


@pytest.mark.house(limits={"rate_limit": RateLimit(ACTS, 0.001)})
async def test_whoever_asks_too_often_waits(served: Served, visitor: Visitor) -> None:
    reference = await sent(visitor)
    answers = []
    for _press in range(ACTS + 1):
        async with visitor.session.get(f"{served.url}/receipt/{reference}X.pdf") as answer:
            answers.append(answer.status)
    assert set(answers) == {404, 429}
    assert answers == sorted(answers)
