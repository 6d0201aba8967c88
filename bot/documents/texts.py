"""Texts for the documents: in Swedish, or somebody's own with its language and direction."""

from collections import Counter
from datetime import datetime
from unicodedata import bidirectional

from babel import Locale, UnknownLocaleError

from bot.documents.case_file import Said
from bot.speech.catalogs import direction, moment, say, tag
from dialogs.engine.record import Entry
from dialogs.kinds.day import STOCKHOLM, day_of
from dialogs.language.words import Text, Words

SWEDISH, UNKNOWN = "sv", "und"


def our(*texts: str | None) -> tuple[Said, ...]:
    """Our own words, one paragraph for each text that is not empty or None."""
    return tuple(Said(text=text) for text in texts if text)


def written(text: str) -> tuple[Said, ...]:
    """Text that somebody at the city wrote, in Swedish."""
    return (original(text, SWEDISH),) if text else ()


def original(text: str, locale: str) -> Said:
    """Somebody's own text. Its language is believed unless its script contradicts it: a person who chats in Arabic may write in Swedish."""
    believed = locale and text_direction(text) == direction(locale)
    return Said(text=text, language=tag(locale) if believed else UNKNOWN, original=True)


def name(text: str) -> Said:
    """A name, an address or the like, which is in no language."""
    return Said(text=text, language=None, original=True)


def text_direction(text: str) -> str:
    """The direction of most of its letters: an Arabic answer may begin with a Swedish name."""
    sides = Counter(map(bidirectional, text))
    return "rtl" if sides["R"] + sides["AL"] > sides["L"] else "ltr"


def spoken(text: Text, locale: str = SWEDISH) -> Said:
    """Our own words in a language; a name as it is."""
    return Said(text=say(text, locale), language=tag(locale)) if isinstance(text, Words) else name(text)


def answered(text: Text, entry: Entry, locale: str = SWEDISH) -> Said:
    """One line of an answer. What somebody wrote has a language; names, addresses and file names have none."""
    if isinstance(text, str) and _is_written(text, entry.value):
        return original(text, entry.locale)
    return spoken(text, locale)


def _is_written(text: str, value: object) -> bool:
    return text == value or (
        isinstance(value, dict) and (text == value.get("words") or text in value.get("bounds", ()))
    )


def mark(values: tuple[Said, ...]) -> str:
    """The languages in which these were written, except Swedish: "på arabiska"."""
    found = {one.language for one in values if one.original} - {None, SWEDISH, UNKNOWN}
    return ", ".join(f"på {language_name(code)}" for code in sorted(filter(None, found)))


def language_name(code: str) -> str:
    """What a language is called in Swedish; its code when it is unknown."""
    try:
        return Locale.parse(code, sep="-").get_display_name(SWEDISH) or code
    except (UnknownLocaleError, ValueError):
        return code


def day(iso: str) -> str:
    """A day (ISO) as people read it; text that is not a day stays as it is."""
    found = day_of(iso)
    return moment(datetime(found.year, found.month, found.day, 12, tzinfo=STOCKHOLM), SWEDISH, "date") if found else iso


def time(iso: str) -> str:
    """A time in Stockholm ("2026-12-03T14:00") as people read it; text that is not a time stays as it is."""
    try:
        return moment(datetime.fromisoformat(iso).replace(tzinfo=STOCKHOLM), SWEDISH)
    except ValueError:
        return iso
