"""Words into text, in one locale: catalogs, plurals, dates, direction. The only place where a language is spoken."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache
from typing import assert_never

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.speech import catalog_file
from bot.speech.catalog_file import ENGLISH, FILE, Broken, Lacking, about, catalog, read
from dialogs.kinds.day import STOCKHOLM
from dialogs.language.words import PLACE, Listing, Moment, Text, Words, _, type_of_value

MARK = "(English) {}"
"""How a message is marked that a catalog lacks, and that is said in English. It is text and no markup, so that it is the same on a button of Telegram,
in a page, in a letter and to a screen reader; and it calls the language what the menu of languages calls it.
"""
DEFAULT = "sv"
ALWAYS = (DEFAULT, ENGLISH)
"""Languages that are offered whatever they lack: one that everybody is spoken to in who asks for none of ours, and one that stands in for the others."""
FIRST = ("sv", "en", "ar")
"""The languages at the head of every menu; the others follow, ordered by their own names."""
NEAR = {"hr": "bs", "sr": "bs", "sh": "bs", "cnr": "bs", "prs": "fa", "no": "nb", "nn": "nb"}
"""Languages whose readers share one catalog, whatever each group calls it."""
IN_SWEDEN = {"en": "en_SE"}
"""Languages whose dates are written differently in Sweden from CLDR's default."""
BETWEEN = re.compile(r"(?m)(?<!^\d)([.?!]”?) (?=\S)")
"""What stands between two sentences. The full stop after the number at the head of a line does not, and a colon belongs to what follows it."""
ISOLATE, POP = "\u2068", "\u2069"
ADDRESS = re.compile("https?://[!-~]+", re.ASCII)
AT = _("{date} at {time}")


def languages() -> dict[str, str]:
    """Every language that has a catalog that can be read, by code, with its own name. Which of them are offered: bot/speech/offered.py.

    Broken when Swedish or English cannot be read: nothing can be said without them.
    """
    codes = [path.parent.parent.name for path in catalog_file.CATALOGS.glob(f"*/{FILE}")]
    names = {code: own_name(code) for code in codes if _readable(code)}
    return dict(
        sorted(
            names.items(), key=lambda one: (FIRST.index(one[0]) if one[0] in FIRST else len(FIRST), one[1].casefold())
        )
    )


def _readable(code: str) -> bool:
    try:
        read(code)
    except Broken:
        if code in ALWAYS:
            raise
        return False
    return True


def own_name(code: str) -> str:
    """What a language calls itself."""
    name = about(code).get("Name") or Locale.parse(code).get_display_name(code) or code
    return name[0].upper() + name[1:]


@cache
def called(code: str, locale: str) -> str:
    """What a language is called in another one; its code when it is unknown."""
    try:
        return Locale.parse(code).get_display_name(locale) or code
    except (UnknownLocaleError, ValueError):
        return code


def reviewed(code: str) -> bool:
    """Whether a native speaker has read the catalog."""
    return about(code).get("Reviewed", "no") == "yes"


def unreviewed() -> dict[str, str]:
    """The words "not yet reviewed" in each language that nobody has reviewed, by code. Swedish is no translation, and the city reads it before a release."""
    return {code: say(_("not yet reviewed"), code) for code in languages() if code != DEFAULT and not reviewed(code)}


def tag(code: str) -> str:
    """The language as HTML and mail name it (BCP 47). Easy Swedish is the variant "simple"."""
    language, _at, modifier = code.partition("@")
    return language.replace("_", "-") + ("-simple" if modifier == "easy" else "")


def negotiated(wanted: list[str], known: list[str]) -> str:
    """The language to begin in, from those that the client prefers (BCP 47 tags, the best first)."""
    named = [NEAR.get(one.partition("-")[0], one.replace("-", "_")) for one in wanted]
    return negotiate_locale(named, known, sep="_") or DEFAULT


@cache
def direction(code: str) -> str:
    """The direction of a language's script: rtl or ltr."""
    try:
        return Locale.parse(code).text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def say(text: Text, locale: str, by_line: bool = False) -> str:
    """`text` for a reader of `locale`, and in English, marked, where its catalog lacks it.

    Somebody's own text stays as it is; inside a sentence of ours it is isolated. `by_line` is for where lines can be shown: a language whose
    catalog asks for it ("Lines") then has a line for each sentence of ours.
    """
    if isinstance(text, str):
        return text
    locale = text.locale or locale
    try:
        pattern = _pattern(text, locale)
    except Lacking:
        return _isolated(MARK.format(say(replace(text, locale=ENGLISH), ENGLISH)))
    if by_line:
        pattern = _lines(pattern, locale)
    return PLACE.sub(
        lambda match: _value(text.values[match[1]], locale) if match[1] in text.values else match[0], pattern
    )


def _pattern(text: Words, locale: str) -> str:
    found = catalog(locale)
    return (
        found.ngettext(text.id, text.plural, int(str(text.values["count"]))) if text.plural else found.gettext(text.id)
    )


def _isolated(text: str) -> str:
    return f"{ISOLATE}{text}{POP}"


def _lines(pattern: str, locale: str) -> str:
    """A message with a line for each of its sentences, if that is how its language is set; what is only places and their dots is no sentence.
    It is not filled yet, so that nobody's own words are broken.
    """
    if about(locale).get("Lines") != "sentence" or not re.search(r"\w", PLACE.sub("", pattern)):
        return pattern
    return BETWEEN.sub(r"\1\n", pattern)


def _value(value: type_of_value, locale: str) -> str:
    match value:
        case Words():
            return say(value, locale)
        case str():
            # An address in plain ASCII reorders nothing; what is copied with a mark at its end opens nothing.
            return value if ADDRESS.fullmatch(value) else _isolated(value)
        case int():
            return number(value, locale)
        case Moment():
            return moment(value.at, locale, value.form)
        case Listing():
            return format_list([_value(item, locale) for item in value.items], locale=locale)
    assert_never(value)


@lru_cache(1000)
def number(value: int, locale: str) -> str:
    """A whole number as readers of `locale` write it: with their digits, their thousands apart."""
    return format_decimal(value, locale=locale)


def moment(at: datetime, locale: str, form: str = "datetime") -> str:
    """A point in time in Stockholm, on the 24-hour clock, as it reads in a sentence of the reader's language."""
    local = at.astimezone(STOCKHOLM)
    day = day_in_words(local, locale, about(locale))
    if form == "date":
        return day
    time = format_skeleton("Hm", local, tzinfo=STOCKHOLM, locale=IN_SWEDEN.get(locale, locale))
    try:
        pattern = _pattern(AT, locale)
    except Lacking:
        return MARK.format(moment(at, ENGLISH))
    return pattern.replace("{date}", day).replace("{time}", time)


def day_in_words(day: datetime, locale: str, head: Mapping[str, str]) -> str:
    """A day as a long date of CLDR, unless the head of the catalog says otherwise: "Date" is a CLDR pattern, "Months" the twelve names within it.

    A name of two words has a no-break space between them.
    """
    pattern = head.get("Date", "long")
    months = head.get("Months", "").split(" ")
    if len(months) == 12:
        pattern = pattern.replace("MMMM", f"'{months[day.month - 1]}'")
    return format_date(day, pattern, locale=IN_SWEDEN.get(locale, locale))


def progress(place: tuple[int, int], locale: str) -> str:
    """How far somebody has come: "7 of 22"."""
    return say(_("{number} of {total}", number=place[0], total=place[1]), locale)
