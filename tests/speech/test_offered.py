"""A language that lags: not offered to anybody, kept by whoever uses it, and what is missing is said in English, marked."""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.main.program import house_of
from bot.speech import catalog_file
from bot.speech.catalog_file import FILE
from bot.speech.catalogs import ISOLATE, POP, languages, moment, negotiated, say
from bot.speech.offered import ESSENTIAL, ROOT, Lag, essential, lag, lagging, table
from bot.speech.plain import paragraphs
from dialogs.applicants.rooms import COMMANDS, language_menu, welcome
from dialogs.applicants.terms import VERSION
from dialogs.applicants.where import House, Standing
from dialogs.desk import screens
from dialogs.kinds.day import STOCKHOLM
from dialogs.language.replies import Reply
from dialogs.language.words import Moment, Words, _, n_
from tests.house import SECRET, GivenSettings, buttons
from tests.web.conftest import serve
from tests.web.visitor import Visitor

pytestmark = pytest.mark.english
LAGS = "so"
PLAIN = "Where you stand"
"""A message that is not essential."""
BINDING = "The city cannot read your draft. You can delete it at any time."
Lose = Callable[..., None]


@pytest.fixture
def lose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lose:
    """Takes translations out of one catalog of a copy, which is what is spoken from then on. In the copy every catalog was whole."""
    behind = [code for code in languages() if lag(code).missing]
    folder = tmp_path / "locales"
    shutil.copytree(catalog_file.CATALOGS, folder)
    monkeypatch.setattr(catalog_file, "CATALOGS", folder)
    with (folder / "en" / FILE).open("rb") as file:
        source = read_po(file, locale="en")
    for code in behind:
        with changed(code) as catalog:
            catalog.update(source, no_fuzzy_matching=True)
            for message in catalog:
                if not all(texts(message.string)):
                    message.string = tuple("…" for _form in texts(message.string)) if message.pluralizable else "…"

    def without(*keys: str, code: str = LAGS, gone: bool = False, form: int | None = None) -> None:
        with changed(code) as catalog:
            for message in [one for one in catalog if texts(one.id)[0] in keys]:
                if gone:
                    catalog.delete(message.id)
                elif message.pluralizable:
                    forms = enumerate(texts(message.string))
                    message.string = tuple("" if form in (None, at) else said for at, said in forms)
                else:
                    message.string = ""

    return without


@contextmanager
def changed(code: str) -> Iterator[Catalog]:
    """A catalog, to be changed and written back."""
    path = catalog_file.CATALOGS / code / FILE
    with path.open("rb") as file:
        catalog = read_po(file, locale=code)
    yield catalog
    with path.open("wb") as file:
        write_po(file, catalog)
    catalog_file.read_anew()


def rewritten(code: str, pattern: str, by: str) -> None:
    """The text of a catalog is changed where this pattern is found first."""
    path = catalog_file.CATALOGS / code / FILE
    text, times = re.subn(pattern, by, path.read_text(encoding="utf-8"), count=1)
    assert times
    path.write_text(text, encoding="utf-8")
    catalog_file.read_anew()


def texts(value: object) -> tuple[str, ...]:
    """An id or a translation, in all its forms."""
    return tuple(map(str, value)) if isinstance(value, tuple | list) else (str(value),)


def others() -> list[str]:
    """The keys of all messages that are not essential."""
    with (catalog_file.CATALOGS / "en" / FILE).open("rb") as file:
        keys = [texts(one.id)[0] for one in read_po(file) if one.id]
    return [key for key in keys if key not in essential()]


def house() -> House:
    """The house of a program that starts now."""
    return house_of(GivenSettings.model_validate({"secret_key": SECRET, "database_url": "sqlite:///unused"}))


def reader(locale: str, of: House) -> Standing:
    """Somebody who reads this language."""
    return Standing(1, locale, VERSION, 0, (), (), (), of)


def offers(reply: Reply) -> Iterable[str]:
    """The languages that can be pressed."""
    return [one.act.removeprefix("lang:") for one in buttons(reply) if one.act.startswith("lang:")]


def test_where_the_essential_messages_stand_is_true() -> None:
    for pattern in ESSENTIAL:
        assert list(ROOT.glob(pattern)), f"{pattern} is not there any more"
    assert {
        BINDING,
        "Deleted. Nothing of it is left with us.",
        "Send the application to the City of Malmö now?",
    } <= essential()
    assert {"That was empty. Please write a few words.", "Something went wrong on our side"} <= essential()
    assert {"Please choose one of the buttons below.", COMMANDS["forget"].id} <= essential()
    assert {"In Swedish, which is what counts:", "This was not saved", "Accept the invitation"} <= essential()
    assert PLAIN not in essential()
    assert len(essential()) < 400


@pytest.mark.parametrize("gone", [False, True])
def test_it_is_offered_down_to_98_per_cent_of_what_is_not_essential(lose: Lose, gone: bool) -> None:
    keys = others()
    most = len(keys) * 2 // 100
    lose(*keys[:most], gone=gone)
    assert lag(LAGS) == Lag(0, most, len(keys), len(keys) + len(essential()))
    assert lagging() == frozenset()
    lose(keys[most], gone=gone)
    assert lagging() == {LAGS}


def test_ninety_eight_of_a_hundred_are_enough_and_no_fewer() -> None:
    assert Lag(0, 2, 100, 120).offered
    assert not Lag(0, 3, 100, 120).offered
    assert not Lag(1, 0, 100, 120).offered


def test_it_is_not_offered_where_one_essential_message_is_missing(lose: Lose) -> None:
    lose(BINDING)
    assert (lag(LAGS).essential, lag(LAGS).others) == (1, 0)
    assert lagging() == {LAGS}


def test_a_plural_is_missing_with_any_of_its_forms(lose: Lose) -> None:
    sentence = n_(
        "You have {count} draft that is not sent yet.", "You have {count} drafts that are not sent yet.", count=3
    )
    lose(sentence.id, code="ar", form=2)
    assert lagging() == {"ar"}
    assert say(sentence, "ar") == f"{ISOLATE}(English) {say(sentence, 'en')}{POP}"


def test_a_plural_is_missing_where_the_line_of_a_form_is(lose: Lose) -> None:
    """Polish has three forms: gettext finds none for many where the file ends a message before it."""
    rewritten(
        "pl",
        r'(msgstr\[0\] [^\n]*\n(?:"[^\n]*\n)*)msgstr\[1\] [^\n]*\n(?:"[^\n]*\n)*msgstr\[2\] [^\n]*\n(?:"[^\n]*\n)*',
        r"\1",
    )
    assert lag("pl").missing == 1


def test_a_message_that_is_no_plural_any_more_is_missing(lose: Lose) -> None:
    rewritten(
        "pl",
        r'msgid_plural [^\n]*\n(?:"[^\n]*\n)*msgstr\[0\]([^\n]*\n(?:"[^\n]*\n)*)(?:msgstr\[\d\] [^\n]*\n(?:"[^\n]*\n)*)*',
        r"msgstr\1",
    )
    assert lag("pl").missing == 1


@pytest.mark.parametrize("flags", ["fuzzy", "python-brace-format, fuzzy", "fuzzy, python-brace-format"])
def test_what_is_only_guessed_is_missing_wherever_its_flag_stands(lose: Lose, flags: str) -> None:
    rewritten(LAGS, f'msgid "{PLAIN}"', f'#, {flags}\nmsgid "{PLAIN}"')
    assert lag(LAGS).missing == 1


def test_swedish_and_english_are_offered_whatever_they_lack(lose: Lose) -> None:
    for code in ("sv", "en"):
        lose(BINDING, *others()[:100], code=code, gone=code == "en")
    assert lagging().isdisjoint({"sv", "en"})


def test_nobody_is_offered_it(lose: Lose) -> None:
    lose(BINDING)
    here = house()
    assert LAGS not in here.choices()
    assert LAGS not in offers(welcome(reader("sv", here)))
    assert LAGS not in offers(language_menu(reader("sv", here)))
    assert LAGS not in offers(screens.languages(here, "sv"))
    assert negotiated([LAGS], list(here.choices())) == "sv"
    assert "fi" in offers(language_menu(reader("sv", here)))


def test_whoever_uses_it_keeps_it(lose: Lose) -> None:
    lose(BINDING)
    here = house()
    assert LAGS in offers(language_menu(reader(LAGS, here)))
    assert LAGS in here.languages


def test_what_is_missing_is_said_in_english_and_marked(lose: Lose) -> None:
    lose(BINDING)
    said = paragraphs(welcome(reader(LAGS, house())), LAGS)
    assert f"{ISOLATE}(English) {say(Words(BINDING), 'en')}{POP}" in said
    assert sum("(English)" in one for one in said) == 1


def test_a_sentence_in_english_has_its_numbers_and_days_in_english(lose: Lose) -> None:
    at = datetime(2026, 10, 8, 12, 5, tzinfo=STOCKHOLM)
    sentence = _("Received: {at}", at=Moment(at))
    lose(sentence.id, code="ar")
    assert say(sentence, "ar") == f"{ISOLATE}(English) {say(sentence, 'en')}{POP}"
    assert "8 October 2026 at 12:05" in say(sentence, "ar")
    lose("{date} at {time}")
    assert moment(at, LAGS) == "(English) 8 October 2026 at 12:05"


def test_whoever_translates_is_told_by_how_much_each_lags(lose: Lose) -> None:
    assert table() == ["every catalog is whole"]
    keys = others()
    lose(*keys[:3])
    lose(BINDING, *keys[:9], code="sv@easy")
    lose(BINDING, code="sv")
    assert [line.split() for line in table()[1:]] == [
        ["sv@easy", "10", "1", "99.3", "no"],
        ["so", "3", "0", "99.8", "yes"],
        ["sv", "1", "1", "99.9", "yes"],
    ]


async def test_on_the_web_nobody_is_offered_it_and_whoever_uses_it_keeps_it(
    lose: Lose, sqlite_url: str, tmp_path: Path
) -> None:
    lose(BINDING)
    served = await serve(sqlite_url, tmp_path, offered={})
    name = languages()[LAGS]
    async with Visitor(served.url, LAGS) as newcomer:
        page = await newcomer.open()
        assert '<html lang="sv"' in page.html
        assert name not in page.html
        assert languages()["fi"] in page.html
    async with Visitor(served.url, "sv") as hers:
        assert f"(English) {say(Words(BINDING), 'en')}" in (await hers.open(f"/?language={LAGS}")).text
        await hers.press("accept")
        page = await hers.open()
        assert f'<html lang="{LAGS}"' in page.html
        assert name in page.html
    await served.close()
