"""Days, times and amounts as a form that is sent whole: what its fields hold, and which of them are wrong."""

import re
from dataclasses import replace

import pytest

from bot.web.chat.scene import scene, stranger
from bot.web.chat.sheet import Sheet, sheet
from bot.web.pages.pages import Pages
from dialogs.engine.show import show
from dialogs.engine.turn import turn
from dialogs.language.events import Fill
from dialogs.language.replies import Ask, Field
from tests.dialogs.kinds.day_and_times import OF, begun
from tests.dialogs.small import WRITER
from tests.dialogs.world import HOUSE


def laid_out(key: str, posted: dict[str, tuple[str, ...]] | None = None) -> Sheet:
    """The sheet of a question; with `posted`, after the form was sent like that."""
    question = next(one for one in OF.questions if one.key == key)
    draft = replace(begun(), changing=key)
    ask = show(OF, draft)
    if posted is not None:
        ask = turn(OF, draft, Fill("done", key, 1, 0, posted), WRITER).replies[-1]  # type: ignore[assignment]
    assert isinstance(ask, Ask)
    assert ask.key == key
    return sheet(ask, question, posted)


def fields_of(one: Sheet) -> list[Field]:
    return [field for group in one.groups for field in group.fields]


@pytest.mark.parametrize("key", ["when", "slots", "sum"])
def test_a_sheet_has_one_button_that_sends_it(key: str) -> None:
    one = laid_out(key)
    assert one.options == ()
    assert [button.act for button in one.submits] == ["done"]


WRONG = [
    ("when", {"date": ("x",)}, {"date"}),
    ("when", {"date": ("2026-11-20",)}, {"date"}),
    ("when", {"date": ("",)}, {"date"}),
    ("slots", {"time1": ("2026-12-03T14:00",), "time2": ("x",), "time3": ("",)}, {"time2"}),
    ("slots", {"time1": ("2026-11-20T23:59",), "time2": ("3/12 14:00",), "time3": ("",)}, {"time1"}),
    ("slots", {"time1": ("2026-12-03T14:00",), "time2": ("",), "time3": ("",)}, {"time2", "time3"}),
    ("sum", {"amount": ("1.5",)}, {"amount"}),
    ("sum", {"amount": ("",)}, {"amount"}),
]


@pytest.mark.parametrize(("key", "posted", "wrong"), WRONG)
def test_a_refused_form_marks_what_is_wrong_and_keeps_what_was_written(
    key: str, posted: dict[str, tuple[str, ...]], wrong: set[str]
) -> None:
    one = laid_out(key, posted)
    assert one.ask.error
    assert one.wrong == wrong
    assert {field.name: field.value for field in fields_of(one)} == posted


def html(one: Sheet, locale: str = "en") -> str:
    pages = Pages(HOUSE)
    return str(pages.macro("replies", "ask", locale, one, scene(stranger(locale, HOUSE), [])))


@pytest.mark.parametrize("locale", ["en", "sv", "ar"])
def test_the_web_shows_labelled_fields_of_the_browser(locale: str) -> None:
    day, times, amount = (html(laid_out(key), locale) for key in ("when", "slots", "sum"))
    assert re.search(r'<input type="date" id="f-date" name="date"[^>]* value="" min="2026-11-21"', day)
    assert len(re.findall(r'<input type="datetime-local"[^>]* min="2026-11-21T00:00"', times)) == 3
    assert re.search(r'<input type="text" inputmode="numeric" id="f-amount" name="amount"', amount)
    for page in (day, times, amount):
        ids = re.findall(r'<input type="(?!hidden)[^>]*\bid="([^"]+)"', page)
        assert ids
        assert re.findall(r'<label for="([^"]+)"', page) == ids


def test_a_refused_form_says_so_at_its_fields() -> None:
    page = html(laid_out("slots", {"time1": ("2026-12-03T14:00",), "time2": ('"><b>',), "time3": ("",)}))
    assert 'value="2026-12-03T14:00"' in page
    assert 'value="&#34;&gt;&lt;b&gt;"' in page
    assert re.findall(r'name="(\w+)"[^>]* aria-invalid="true"', page) == ["time2"]
