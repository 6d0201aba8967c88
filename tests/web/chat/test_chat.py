"""The applicants' chat over HTTP, without JavaScript: a form sent is a turn."""

import re
import zipfile
from io import BytesIO

import pytest

from bot.web.pages.pages import Pages
from dialogs.applicants.where import House
from dialogs.phases.initiation.criteria import CRITERIA
from dialogs.phases.steps import DIALOGS
from tests.edited import SENTENCE, edited, without
from tests.house import LANGUAGES
from tests.samples import png
from tests.web.cases import applied, nadia, took
from tests.web.conftest import Served
from tests.web.visitor import Visitor
from tests.web.walk import send, walk

NEWS = 'id="notices"'


async def test_a_ready_group_gets_a_receipt(visitor: Visitor) -> None:
    page = await send(visitor)
    assert "Your application has arrived" in page.text
    assert re.search(r"SAM-\d{4}-0001", page.text)
    assert "SAM-" in (await visitor.open("/")).text  # a reload shows the same
    assert "waits for a contact person" in (await visitor.press("status")).text


async def test_a_reload_shows_the_same_question_with_its_place_and_earlier_answers(visitor: Visitor) -> None:
    before = await walk(visitor, "area")
    after = await visitor.open("/")
    assert before.asked == after.asked == "area"
    assert re.search(r"Earlier answers \(1\d\)", after.text)
    assert re.search(r"\d+ of \d+", after.text)


async def test_a_stranger_reads_the_welcome_and_nothing_is_kept_of_them(served: Served, visitor: Visitor) -> None:
    page = await visitor.open("/")
    assert "Welcome!" in page.text
    assert "Set-Cookie" not in page.headers
    assert not list(visitor.session.cookie_jar)
    async with served.turns.database.read() as connection:
        assert (await connection.exec_driver_sql("SELECT count(*) FROM people")).scalar() == 0


async def test_the_language_comes_from_the_browser_or_the_address(served: Served) -> None:
    async with Visitor(served.url, "fr;q=0.9, ar-SY;q=0.8, en;q=0.1") as visitor:
        assert '<html lang="ar" dir="rtl">' in (await visitor.open("/")).html
        assert '<html lang="en" dir="ltr">' in (await visitor.open("/?language=en")).html
        assert '<html lang="ar"' in (await visitor.open("/?language=tlh")).html
        assert '<html lang="en"' in (await visitor.press("accept", page=await visitor.open("/?language=en"))).html
    async with Visitor(served.url, "q=;;;,,\x09") as visitor:
        assert '<html lang="sv"' in (await visitor.open("/")).html


async def test_another_language_at_any_moment_loses_nothing(visitor: Visitor) -> None:
    await walk(visitor, "proposal")
    page = await visitor.press("lang:ar")
    assert '<html lang="ar" dir="rtl">' in page.html
    assert page.asked == "proposal"
    assert "Trygg Malmö" in page.text


async def test_the_cookie_is_for_the_server_alone(served: Served, visitor: Visitor) -> None:
    await visitor.open("/")
    async with visitor.session.post(served.url + "/", data={"press": "accept"}, allow_redirects=False) as answer_:
        cookie = answer_.headers["Set-Cookie"]
    assert answer_.status == 303
    for flag in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31622400"):
        assert flag in cookie
    assert "Secure" not in cookie
    token = re.search(r"chat=([^;]+)", cookie)
    assert token
    async with served.turns.database.read() as connection:
        stored = (await connection.exec_driver_sql("SELECT address FROM addresses")).scalar()
    assert stored == served.keys.hash(token[1]) != token[1]


async def test_a_browser_that_keeps_no_cookie_is_told(served: Served) -> None:
    async with Visitor(served.url) as visitor:
        await visitor.open("/")
        visitor.session.cookie_jar.clear()
        async with visitor.session.post(served.url + "/", data={"press": "accept"}, allow_redirects=False) as answer_:
            where = answer_.headers["Location"]
        visitor.session.cookie_jar.clear()
        assert "did not keep the cookie" in (await visitor.open(where)).text


async def test_a_made_up_cookie_is_not_taken_over(served: Served, visitor: Visitor) -> None:
    visitor.session.cookie_jar.update_cookies(
        {"chat": "A" * 32}, response_url=visitor.session._base_url or served.server.make_url("/")
    )
    await visitor.open("/")
    await visitor.press("accept")
    assert {cookie.key: cookie.value for cookie in visitor.session.cookie_jar}["chat"] != "A" * 32


async def test_what_somebody_writes_is_escaped_everywhere(served: Served, visitor: Visitor) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> =1+1 \u202e{{7*7}}"
    await walk(visitor, "actors")
    await visitor.press("add", new__name=evil, new__kind="association")
    assert "<script>alert" not in visitor.page.html
    await visitor.press("done")
    await visitor.press("done", text=evil)
    await walk(visitor)
    for page in (visitor.page, await visitor.open("/"), await visitor.press("lang:ar")):
        assert "<script>alert" not in page.html
        assert "<img src=x" not in page.html
        assert "\u202e" not in page.html
        assert "{{7*7}}" in page.text


async def test_a_refused_answer_keeps_what_was_written(visitor: Visitor) -> None:
    await walk(visitor, "proposal")
    long = "å " * 2000
    page = await visitor.press("done", text=long)
    assert page.status == 422
    assert "characters too many" in page.text
    assert page.form_with("done").fields["text"] == [long]
    assert 'aria-invalid="true"' in page.html
    assert (await visitor.press("done", text="kort nog")).asked == "established"


async def test_an_empty_answer_gets_a_friendly_word(visitor: Visitor) -> None:
    await walk(visitor, "actors")
    assert "Please write at least one name" in (await visitor.press("done")).text
    await walk(visitor, "proposal")
    page = await visitor.press("done", text="  ")
    assert "That was empty" in page.text
    assert 'aria-describedby="hint error"' in page.html


async def test_a_refused_contact_keeps_all_three_and_marks_the_wrong_one(visitor: Visitor) -> None:
    await walk(visitor, "contact")
    page = await visitor.press("done", name="Sara", email="sara@", phone="070-123 45 67")
    fields = page.form_with("done").fields
    assert (fields["name"], fields["email"], fields["phone"]) == (["Sara"], ["sara@"], ["070-123 45 67"])
    assert page.html.count('aria-invalid="true"') == 1


async def test_where_nothing_was_chosen_the_choices_say_that_they_are_meant(visitor: Visitor) -> None:
    await walk(visitor, "contributes")
    page = await visitor.press("done", words="We lend our hall.")
    assert "Please choose at least one" in page.text
    boxes = re.findall(r'<input type="checkbox" name="ids"[^>]*>', page.html)
    assert len(boxes) == page.html.count('aria-invalid="true"') > 1
    assert [box for box in boxes if 'id="f-ids"' in box] == boxes[:1]


async def test_names_without_a_kind_are_kept_until_it_is_chosen(visitor: Visitor) -> None:
    await walk(visitor, "actors")
    page = await visitor.press("done", new__name="Kvarnby BK")
    assert "Please choose first what" in page.text
    assert page.form_with("done").fields["a1.name"] == ["Kvarnby BK"]
    assert page.form_with("done").fields["new.name"] == [""]
    assert (await visitor.press("done", a1__kind="association")).asked == "proposal"


async def test_two_hundred_thousand_characters_are_refused_kindly(visitor: Visitor) -> None:
    await walk(visitor, "proposal")
    page = await visitor.press("done", text="ض" * 200_000)
    assert page.status == 422
    assert "too many" in page.text
    page = await visitor.post(
        "/", BytesIO(b"press=done&text=" + b"x" * 5_000_000), **{"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert page.status == 413
    assert "too much at once" in page.text
    assert (await visitor.open("/")).asked == "proposal"


async def test_an_old_form_in_another_tab_does_no_harm_and_gives_the_text_back(visitor: Visitor) -> None:
    old = await walk(visitor, "proposal")
    await visitor.press("done", text="Första förslaget räcker.")
    again = await visitor.press("done", page=old, text="Första förslaget räcker.")
    assert again.asked == "established"
    assert "This was not saved" not in again.text  # a form sent twice: it is saved already
    other = await visitor.press("done", page=old, text="En annan tanke, skriven länge.")
    assert "belongs to an earlier question" in other.text
    assert "En annan tanke, skriven länge." in other.text
    assert (await visitor.open("/")).asked == "established"


async def test_buttons_that_nobody_was_shown_do_nothing(visitor: Visitor) -> None:
    await walk(visitor, "proposal")
    for press in (
        "send",
        "sure",
        "open:999999",
        "change:nonsense",
        "help:²",
        "help:99999999999999999999",
        "delete3:77",
        "\x00",
        "<b>",
        "kind:a1:boss actors",
        "x" * 9000,
        "",
    ):
        page = await visitor.post("/", {"press": press, "draft": "9" * 40, "version": "-1"})
        assert page.status in (200, 422), press
    assert (await visitor.open("/")).asked == "proposal"


async def test_change_from_the_history_and_keep(visitor: Visitor) -> None:
    await walk(visitor, "area")
    page = await visitor.press("change:proposal")
    assert page.asked == "proposal"
    assert "torget till en plats" in page.form_with("done").fields["text"][0]
    assert (await visitor.press("keep")).asked == "area"


async def test_back_and_the_menu(visitor: Visitor) -> None:
    await walk(visitor, "proposal")
    assert (await visitor.press("back")).asked == "actors"
    await visitor.press("done")
    for act in ("help", "drafts", "language", "data", "menu", "later", "delete"):
        visitor.page = await visitor.open("/")
        assert (await visitor.press(act) if act != "menu" else await visitor.post("/", {"press": "menu"})).status == 200
        back = next(
            value for form in visitor.page.forms for _name, value in form.buttons if value in ("resume", "open:1")
        )
        assert (await visitor.press(back)).asked == "proposal", act


async def test_a_meeting_beside_the_draft(visitor: Visitor) -> None:
    await walk(visitor, "established")
    await visitor.press("meeting")
    assert visitor.page.asked == "about"
    await visitor.press("done", text="Vi vill ses. (testtext)")
    await visitor.press("yes")
    await visitor.press("done", name="Sara Ali", phone="070-123 45 67")
    await visitor.press("send")
    page = await visitor.press("sure")
    assert "first meeting has arrived" in page.text
    await visitor.press("home")
    assert (await visitor.press("open:1")).asked == "established"


async def test_export(visitor: Visitor) -> None:
    await walk(visitor, "established")
    assert 'href="/export"' in (await visitor.press("export")).html
    async with visitor.session.get(visitor.url + "/export") as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
        archive = zipfile.ZipFile(BytesIO(await response.read()))
    assert "Trygg Malmö" in archive.read("data.json").decode()


async def test_delete_for_good_is_asked_twice(visitor: Visitor) -> None:
    await walk(visitor, "established")
    await visitor.press("delete")
    await visitor.press(
        next(value for form in visitor.page.forms for _n, value in form.buttons if value.startswith("delete2:"))
    )
    page = await visitor.press(
        next(value for form in visitor.page.forms for _n, value in form.buttons if value.startswith("delete3:"))
    )
    assert "Deleted." in page.text
    assert "Trygg Malmö" not in (await visitor.open("/")).text


async def test_pages_to_read(visitor: Visitor) -> None:
    assert "GDPR article 6.1 e" in (await visitor.open("/privacy")).text
    assert "Who assesses the applications?" in (await visitor.open("/help")).text
    assert '<html lang="ar" dir="rtl">' in (await visitor.open("/help?language=ar")).html
    async with visitor.session.get(visitor.url + "/healthz") as response:
        assert (response.status, await response.text()) == (200, "ok")


async def test_a_not_ready_group_learns_what_is_missing(visitor: Visitor) -> None:
    await visitor.open("/")
    await visitor.press("accept")
    await visitor.press("yes")
    for _criterion in CRITERIA:
        assert (
            "Others" in (await visitor.press("not_yet")).text
            or "Ask each actor" in visitor.page.text
            or "Money is not necessary" in visitor.page.text
        )
    assert visitor.page.asked == "standing"
    assert f"You do not meet any of the {len(CRITERIA)} criteria yet" in visitor.page.text
    assert (await visitor.press("meeting")).asked == "about"


async def test_every_language_has_its_own_name_in_the_header(visitor: Visitor) -> None:
    page = await visitor.open("/")
    for name in LANGUAGES.values():
        assert name in page.text


def test_the_languages_wait_behind_the_current_ones_name() -> None:
    html = Pages(House(LANGUAGES, "")).page("help", "en", path="/help", entries=())
    assert html.count("<summary>") == 1
    assert all(f"?language={code}" in html for code in LANGUAGES)


async def test_the_first_page_says_that_nobody_has_reviewed_its_language(served: Served) -> None:
    async with Visitor(served.url) as visitor:
        served.turns.house.unreviewed["en"] = "not yet reviewed"
        assert "English · not yet reviewed" in (await visitor.open("/?language=en")).text
        assert "Svenska ·" not in (await visitor.open("/?language=sv")).text
        await visitor.open("/?language=en")
        assert "English · not yet reviewed" not in (await visitor.press("accept")).text


async def test_a_variant_of_a_language_survives_addresses_forms_and_headers(served: Served) -> None:
    served.turns.house.languages["sv@easy"] = "Lättläst svenska"
    served.turns.house.unreviewed["sv@easy"] = "inte granskad än"
    async with Visitor(served.url) as visitor:
        page = await visitor.open("/?language=sv@easy")
        assert '<html lang="sv-simple" dir="ltr">' in page.html
        assert 'href="/?language=sv@easy" lang="sv-simple" dir="ltr" hreflang="sv-simple"' in page.html
        assert "Lättläst svenska inte granskad än" in page.text
        assert '<html lang="sv-simple"' in (await visitor.press("accept")).html
        assert '<html lang="en"' in (await visitor.press("lang:en")).html
        page = await visitor.press("lang:sv@easy")
        assert '<html lang="sv-simple"' in page.html
        assert page.headers["Content-Language"] == "sv-simple"


AT_ONCE = {"Prefer": "return=representation"}


async def test_a_script_gets_the_page_itself_as_the_answer_to_a_post(served: Served, visitor: Visitor) -> None:
    """One round trip less on a slow line; who asks for nothing is sent around, so that a reload repeats nothing."""
    await visitor.open("/")
    async with visitor.session.post(
        served.url, data={"press": "accept"}, headers=AT_ONCE, allow_redirects=False
    ) as answer_:
        page = await answer_.text()
        assert (answer_.status, answer_.headers["Preference-Applied"]) == (200, AT_ONCE["Prefer"])
        assert answer_.headers["Cache-Control"] == "no-store"
        assert "chat=" in answer_.headers["Set-Cookie"]
        assert answer_.headers["Content-Encoding"] == "gzip", "it says what the next GET says, and weighs as little"
    assert page == (await visitor.open("/")).html
    draft = {"draft": "1", "version": "0", "form": "1", "asked": "scope"}
    async with visitor.session.post(
        served.url, data=draft | {"press": "done scope"}, headers=AT_ONCE, allow_redirects=False
    ) as answer_:
        assert answer_.status == 422
        assert "Content-Encoding" not in answer_.headers, "a form that comes back holds what was just sent"


async def test_a_script_in_a_browser_that_keeps_no_cookie_learns_of_it_with_the_first_answer(served: Served) -> None:
    async with Visitor(served.url) as visitor:
        await visitor.post("/", {"press": "accept"}, **AT_ONCE)
        assert visitor.page.asked == "scope"
        visitor.session.cookie_jar.clear()
        data = {"press": "yes scope", "draft": "1", "version": "0"}
        async with visitor.session.post(served.url, data=data, headers=AT_ONCE, allow_redirects=False) as answer_:
            assert (answer_.status, answer_.headers["Location"]) == (303, "/?begun")


async def test_who_writes_in_another_language_is_offered_it_beside_the_next_question(visitor: Visitor) -> None:
    await walk(visitor, "proposal")
    text = "Chcemy ustawić ławki i posadzić drzewa na placu, razem z sąsiadami."
    page = await visitor.press("done", text=text)
    assert page.asked == "established"
    assert re.search(r'<p lang="pl" dir="ltr">Czy chcesz dalej pisać w tym języku', page.html)
    assert '<div class="row">' in (main := page.html.partition("<main")[2])
    assert re.search(r'value="lang:pl" lang="pl" dir="ltr">\s*(<bdi>)?Polski', main)
    assert text in page.text
    asked = await visitor.press("lang:pl")
    assert '<html lang="pl" dir="ltr">' in asked.html
    assert asked.asked == "established"
    assert "Czy chcesz dalej pisać" not in asked.text


async def test_a_field_that_only_names_a_language_switches(visitor: Visitor) -> None:
    await walk(visitor, "proposal")
    page = await visitor.press("done", text="suomi")
    assert '<html lang="fi"' in page.html
    assert page.asked == "proposal"


async def test_a_notice_stays_when_the_page_that_brought_it_got_lost(served: Served) -> None:
    token = "s" * 32
    reference = await applied(served, token)
    async with Visitor(served.url) as visitor, Visitor(served.url) as line:
        for one in (visitor, line):
            one.session.cookie_jar.update_cookies({"chat": token}, response_url=served.server.make_url("/"))
        before = await visitor.open()
        await took(served, reference, await nadia(served))
        assert NEWS in (await line.open()).html, "the page went out, and never came to the browser"
        assert NEWS in (await visitor.press("home", page=before)).html
        assert NEWS not in (await visitor.press("menu")).html


async def test_a_notice_that_no_page_has_shown_stays_whatever_the_browser_says(served: Served) -> None:
    token = "s" * 32
    reference = await applied(served, token)
    async with Visitor(served.url) as visitor:
        kept = {"chat": token, "news": "9" * 15}
        visitor.session.cookie_jar.update_cookies(kept, response_url=served.server.make_url("/"))
        before = await visitor.open()
        visitor.session.cookie_jar.update_cookies(kept, response_url=served.server.make_url("/"))
        await took(served, reference, await nadia(served))
        assert NEWS in (await visitor.press("home", page=before)).html


async def test_questions_that_were_changed_meanwhile_are_told_of_once(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await walk(visitor)
    monkeypatch.setitem(DIALOGS, "application", edited("cooperation"))
    assert SENTENCE in (await visitor.open("/")).text, "who comes back reads it before they do anything"
    page = await visitor.fill("done", {"text": "The benches."})
    assert SENTENCE in page.text
    assert "Cooperation so far" in page.text
    assert page.asked == "challenges"
    page = await visitor.press("keep")
    assert SENTENCE not in page.text
    assert page.asked == "review"
    assert "No longer asked" in page.text
    page = await visitor.press("change:cooperation")
    assert "You wrote before" in page.text
    assert page.asked == "cooperation"
    page = await visitor.press("skip")
    assert "No longer asked" not in page.text


async def test_files_that_are_no_longer_asked_for_are_kept_or_removed_and_none_is_chosen(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await walk(visitor, "papers")
    await visitor.press("add", (("plan.png", png(1)), ("survey.png", png(2)), ("letter.png", png(3))))
    await visitor.press("done")
    await walk(visitor)
    monkeypatch.setitem(DIALOGS, "application", without("papers"))
    page = await visitor.press("change:papers")
    assert "is no longer asked." in page.text
    assert 'type="file"' not in page.html
    removals = re.findall(r'value="(remove:\w+) papers"', page.html)
    assert len(removals) == 3
    page = await visitor.press(removals[1])
    assert page.asked == "review"
    assert ("plan.png" in page.text, "survey.png" in page.text, "letter.png" in page.text) == (True, False, True)
    await visitor.press("change:papers")
    page = await visitor.press("skip")
    assert "plan.png" not in page.text
