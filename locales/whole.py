"""Check: a catalog has every message of the source, in every plural form and with every {place}."""

import re

from babel.messages.catalog import Catalog

from locales.message import texts

PLACE = re.compile(r"\{(\w+)\}")


def problems(source: Catalog, catalog: Catalog, name: str) -> list[str]:
    """What is wrong with one catalog."""
    wanted = {message.id: message for message in source if message.id}
    there = {message.id: message for message in catalog if message.id}
    found = [f"{name}: missing: {texts(id)[0]!r}" for id in wanted.keys() - there.keys()]
    found += [f"{name}: not in the source any more: {texts(id)[0]!r}" for id in there.keys() - wanted.keys()]
    for id, message in there.items():
        if message.fuzzy:
            found.append(f"{name}: fuzzy: {texts(id)[0]!r}")
        found += _message(name, texts(id), texts(message.string), catalog.num_plurals if isinstance(id, tuple) else 1)
    return found


def _message(name: str, id: tuple[str, ...], strings: tuple[str, ...], forms: int) -> list[str]:
    found = []
    if len(strings) != forms or not all(strings):
        found.append(f"{name}: {forms} translation(s) wanted: {id[0]!r}")
    wanted = set(PLACE.findall(id[-1]))
    for string in filter(None, strings):
        places = set(PLACE.findall(string))
        # A language may say "one" or "two" in words.
        if places - wanted or (wanted - places) - ({"count"} if len(id) > 1 else set()):
            found.append(f"{name}: places {sorted(places)} instead of {sorted(wanted)}: {id[0]!r}")
    return found
