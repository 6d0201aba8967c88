"""In the chat on the web, what is known already stands above two buttons; "Change" opens the form with it."""

import re

import pytest

from storage.database.tables import submissions
from tests.house import Caller
from tests.ways import rows
from tests.web.cases import applied, case_of, did, fields, nadia, posted, took
from tests.web.conftest import Served
from tests.web.visitor import Visitor

TOKEN = "sara" * 8
DARK = "Dark in the evening."


async def asked(served: Served, locale: str = "en") -> tuple[Visitor, int]:
    """An applicant who was asked to complete two answers opens the first; and the case."""
    reference, who = await applied(served, TOKEN, locale), await nadia(served)
    await took(served, reference, who)
    await did(served, reference, who, "ask", posted(fields(served)["ask"] | {"keys.ids": ["challenges", "contact"]}))
    case = (await case_of(served, reference)).id
    await Caller(served.turns, served.keys.hash(TOKEN), locale).taps(f"complete:{case}")
    visitor = Visitor(served.url)
    visitor.session.cookie_jar.update_cookies({"chat": TOKEN}, response_url=served.server.make_url("/"))
    await visitor.open("/")
    return visitor, case


async def test_what_was_sent_is_shown_and_confirmed(served: Served) -> None:
    visitor, _case = await asked(served)
    async with visitor:
        page = visitor.page
        assert DARK in page.text
        assert "From: your application, " in page.text
        assert "<textarea" not in page.html, "it is a question of yes or change"
        await visitor.press("change:challenges")
        assert visitor.page.form_with("done").fields["text"] == [DARK]
        assert "From: " not in visitor.page.text
        await visitor.press("done", text=f"{DARK} Three lamps are broken.")
        assert visitor.page.question == "contact"
        right = next(act for act in visitor.page.acts if act.startswith("right:"))
        await visitor.press(right)
        await visitor.press("send")
        await visitor.press("sure")
    record = (await rows(served.turns.database, submissions))[-1].record
    said = {entry["key"]: entry["value"] for entry in record["entries"]}
    assert said["challenges"] == f"{DARK} Three lamps are broken."
    assert said["contact"]["name"] == "Sara Ali"


@pytest.mark.parametrize("locale", ["ar"])
async def test_from_right_to_left_the_value_keeps_its_own_direction(served: Served, locale: str) -> None:
    visitor, _case = await asked(served, locale)
    async with visitor:
        assert f'<html lang="{locale}" dir="rtl"' in visitor.page.html
        (known,) = re.findall(r'(?s)<div class="known" id="known">(.*?)</div>', visitor.page.html)
        assert re.search(rf'<p class="own\s*" dir="auto" lang="{locale}">{DARK}</p>', known)


async def test_what_the_contact_person_asks_stands_above_each_answer_and_no_change_is_told(served: Served) -> None:
    visitor, _case = await asked(served)
    async with visitor:
        for _answer in range(2):
            (body,) = re.findall(r'(?s)<div class="body">(.*?)</div>', visitor.page.html)
            assert "Nadia" in body
            assert "Please say more." in body
            assert re.search(r'class="button main"[^>]*value="change:', visitor.page.html)
            await visitor.press(next(act for act in visitor.page.acts if act.startswith("right:")))
        assert "You have not changed anything that the contact person asks about." in visitor.page.text
        await visitor.press("change:challenges")
        assert "Please say more." in visitor.page.text
        await visitor.press("done", text=f"{DARK} Three lamps are broken.")
        assert "You have not changed anything" not in visitor.page.text


async def test_a_button_of_an_older_value_confirms_nothing(served: Served) -> None:
    visitor, _case = await asked(served)
    async with visitor:
        form, value = visitor.page.pressing(next(act for act in visitor.page.acts if act.startswith("right:")))
        fake = {name: values[0] for name, values in form.fields.items()} | {
            "press": f"right:0000000000 {value.split()[1]}"
        }
        await visitor.post("/", fake)
        await visitor.open("/")
        assert visitor.page.question == "challenges"
        assert "What is known about this has changed since." in visitor.page.text
