"""The functions that a template speaks with: every sentence in one language."""

from functools import partial
from typing import Any

from bot.speech import catalogs, wording
from dialogs.language.words import Listing, Text, Words


def spoken(locale: str) -> dict[str, Any]:
    """The functions of a template, for a reader of `locale`. Where a line ends, HTML has a blank; style.css says where it shows the line."""
    return {
        "locale": locale,
        "_": lambda text, **values: catalogs.say(Words(text, values), locale, by_line=True),
        "n_": lambda text, plural, count, **values: catalogs.say(
            Words(text, {"count": count, **values}, plural), locale, by_line=True
        ),
        "say": partial(_say, locale),
        "label_of": partial(_label_of, locale),
        "called": lambda code: catalogs.called(code, locale),
        "languages_in": lambda codes: Listing(tuple(catalogs.called(code, locale) for code in codes)),
        "moment": lambda at, form="datetime": catalogs.moment(at, locale, form),
    }


def _say(locale: str, text: Text) -> str:
    return catalogs.say(text, locale, by_line=True)


def _label_of(locale: str, text: Words) -> Words | None:
    return wording.label_of(text, locale)
