"""Check: a catalog has every message of the source, in every plural form and with every {place}."""

import re
from collections import Counter
from gettext import c2py

from babel.messages.catalog import Catalog

from locales.message import texts

PLACE = re.compile(r"\{(\w+)\}")
WHOLE = ("en", "sv")
"""The catalogs of which no message may be missing: Swedish counts, and English is said where another one lacks a message."""


def problems(source: Catalog, catalog: Catalog, name: str, may_lag: bool = False) -> list[str]:
    """What is wrong with one catalog; when it `may_lag`, it is no fault that a message is missing."""
    wanted = {message.id: message for message in source if message.id}
    there = {message.id: message for message in catalog if message.id}
    found = [] if may_lag else [f"{name}: missing: {texts(id)[0]!r}" for id in wanted.keys() - there.keys()]
    found += [f"{name}: not in the source any more: {texts(id)[0]!r}" for id in there.keys() - wanted.keys()]
    for id, message in there.items():
        if message.fuzzy:
            found.append(f"{name}: fuzzy: {texts(id)[0]!r}")
        forms = catalog.num_plurals if isinstance(id, tuple) else 1
        found += _message(name, texts(id), texts(message.string), forms, may_lag, in_words(catalog.plural_expr))
    return found


def in_words(rule: str) -> frozenset[int]:
    """The plural forms that mean one number alone, by the rule of a language: it may be said in words, "one", "two". In Ukrainian "one" is 21 as well."""
    numbers = Counter(map(c2py(rule), range(1000)))
    return frozenset(form for form, many in numbers.items() if many == 1)


def _message(
    name: str, id: tuple[str, ...], strings: tuple[str, ...], forms: int, may_lag: bool, in_words: frozenset[int]
) -> list[str]:
    found = []
    if (len(strings) != forms or not all(strings)) and not (may_lag and not all(strings)):
        found.append(f"{name}: {forms} translation(s) wanted: {id[0]!r}")
    wanted = set(PLACE.findall(id[-1]))
    for form, string in enumerate(strings):
        places = set(PLACE.findall(string))
        said = {"count"} if len(id) > 1 and form in in_words else set()
        if string and (places - wanted or (wanted - places) - said):
            found.append(f"{name}: places {sorted(places)} instead of {sorted(wanted)}: {id[0]!r}")
    return found
