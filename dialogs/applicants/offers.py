"""Offers of a language: someone who writes in another of our languages is offered it, once. Law: offered, never forced, and no answer waits for it."""

from dataclasses import replace
from datetime import datetime

from dialogs.applicants.where import House, Standing
from dialogs.engine.draft import ASIDE, Answer, Draft
from dialogs.language.events import Command, Event, Fill, Press, Say
from dialogs.language.replies import Button, Tell
from dialogs.language.words import _, in_language

OFFERED = ASIDE + "offered"
"""A key among a draft's answers, never a question's: which languages were offered to which of its writers."""
MOST = 2
"""Offers to one writer of a draft, each of another language: someone who ignores two wants none."""
SHORT = 40
"""The most characters in a language's name."""


def asked_for(event: Event, house: House) -> Event:
    """The press that an event means if it only names a language (`polski`, `/language pl`); otherwise the event itself."""
    if isinstance(event, Command) and event.name == "language" and event.rest:
        known = event.rest if event.rest in house.languages else _named(event.rest, house)
        return Press(f"lang:{known}" if known else "language")
    written = [text for text in _texts(event) if text]
    code = _named(written[0], house) if len(written) == 1 else ""
    return Press(f"lang:{code}") if code else event


def _named(text: str, house: House) -> str:
    code = house.code_of(text) if len(text) <= SHORT else ""
    return code if code in house.languages else ""


def to_offer(standing: Standing, draft: Draft, event: Event) -> str:
    """The language to offer after this event, "" for none: another of ours, in which it is evidently written, not yet offered to this writer."""
    text = _written(event)
    if not text:
        return ""
    mine = [one for one in _offers(draft) if one.startswith(f"{standing.person}:")]
    if len(mine) >= MOST:
        return ""
    code = standing.house.tongue(text)
    spoken = standing.locale.partition("@")[0]
    known = code in standing.house.choices() and code != spoken
    return code if known and f"{standing.person}:{code}" not in mine else ""


def offered(standing: Standing, draft: Draft, code: str, now: datetime) -> Draft:
    """The draft with a note that its writer has been offered this language. This is not a turn: the version stays."""
    offers = [*_offers(draft), f"{standing.person}:{code}"]
    noted = Answer(offers, standing.person, standing.locale, now)
    return replace(draft, answers=draft.answers | {OFFERED: noted})


def offer(code: str, house: House) -> Tell:
    """The offer, in the language offered."""
    words = in_language(_("Shall we go on in this language? What you have written is kept as it is."), code)
    return Tell((words,), rows=((Button(house.languages[code], f"lang:{code}"),),))


def _offers(draft: Draft) -> list[str]:
    value = draft.value(OFFERED)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _written(event: Event) -> str:
    """The sentences of an event; ids and single words do not show a language."""
    return "\n".join(text for text in _texts(event) if " " in text)


def _texts(event: Event) -> tuple[str, ...]:
    if isinstance(event, Say):
        return (event.text,)
    return tuple(text for texts in event.fields.values() for text in texts) if isinstance(event, Fill) else ()
