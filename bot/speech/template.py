"""The functions that a template speaks with: every sentence in one language."""

from functools import partial
from typing import Any

from bot.speech import catalogs
from dialogs.language.words import Listing, Text, Words


def spoken(locale: str) -> dict[str, Any]:
    """The functions of a template, for a reader of `locale`."""
    return {
        "locale": locale,
        "_": lambda text, **values: catalogs.say(Words(text, values), locale),
        "n_": lambda text, plural, count, **values: catalogs.say(
            Words(text, {"count": count, **values}, plural), locale
        ),
        "say": partial(_say, locale),
        "called": lambda code: catalogs.called(code, locale),
        "languages_in": lambda codes: Listing(tuple(catalogs.called(code, locale) for code in codes)),
        "moment": lambda at, form="datetime": catalogs.moment(at, locale, form),
    }


def _say(locale: str, text: Text) -> str:
    return catalogs.say(text, locale)
