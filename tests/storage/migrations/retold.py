"""Today's program says of a case what version 8fbb581 said of it, in the same form (of_8fbb581/cases.json)."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.documents.build import gathered
from bot.speech.catalogs import say
from dialogs.case.case import Case, CaseEvent, Submission
from dialogs.case.notices import notices
from dialogs.language.replies import Appointment, Tell
from dialogs.language.words import Words
from dialogs.phases.initiation import INITIATION
from dialogs.phases.initiation.part import initiation
from dialogs.phases.steps import STEPS, replay, sayable, sentence

BOTH = ("sv", "en")
ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
"""What stands around a name, and nobody sees."""
LINK = "https://example.se/queue"


UNBROKEN = "\u00a0"
"""The space at which no line breaks: where one stands is set by each language's catalog today, and says nothing."""
REWORDED = {
    # The city's own terms, as the Swedish catalog has them since its words were gone through.
    "Bifall i en del": "Delvis bifall",
    # Committees are written in lower case inside a sentence.
    **{
        rf"(?<=\w \u2068){one}": one.lower() for one in ("Kommunstyrelsen", "Stadsbyggnadsnämnden", "Grundskolenämnden")
    },
    # An application is not done when the contact person is done with it: the committee is to take it up.
    r"är klar för tekniska nämnden\. Den": "ska nu tas upp i tekniska nämnden. Den",
    # What stands around a name stands around no address: it would be copied with it.
    "\u2068(https?://[^\u2069]*)\u2069": r"\1",
}
"""What that version said of what happened, as a pattern, and what is said for it today."""
OVER_WITH_THE_PHASE = {"assessment"}
"""What could be done once more in a case that was decided, before a phase had an end."""
NOT_AT_ONCE = {"disposed"}
"""What takes a proposal by somebody else now."""


def plain(value: Any) -> Any:
    """The same as JSON has it, with spaces that are all alike."""
    return json.loads(json.dumps(value, default=_without_words, ensure_ascii=False).replace(UNBROKEN, " "))


def as_today(value: Any) -> Any:
    """What that version said, in today's words and with spaces that are all alike."""
    if isinstance(value, dict):
        return {key: as_today(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_today(one) for one in value]
    if isinstance(value, str):
        for before, today in {UNBROKEN: " ", **REWORDED}.items():
            value = re.sub(before, today, value)
    return value


def open_today(tasks: Iterable[str], case: Case) -> set[str]:
    """Of what could be done in a case, what still can."""
    return set(tasks) - NOT_AT_ONCE - (OVER_WITH_THE_PHASE if INITIATION.ends(case) else set())


def _without_words(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else sorted(value)


def facts(case: Case) -> Any:
    """What is known of a case, under the names that it had then."""
    begun = initiation(case)
    found = {
        name: getattr(case, name)
        for name in (
            *("id", "reference", "state", "waits_for", "waiting_since", "taken_by", "holder", "locale", "kinds"),
            *("district", "sent_at", "protected", "named", "joined", "latest"),
        )
    }
    found |= {name: [asdict(one) for one in getattr(case, name)] for name in ("messages", "offers", "notes")}
    found |= {"parts": [asdict(one) for one in case.referrals]}
    found |= {name: getattr(begun, name) for name in ("scope", "actors", "established", "started")}
    found |= {name: [asdict(one) for one in getattr(begun, name)] for name in ("asked", "decisions")}
    found |= {name: asdict(one) if (one := getattr(begun, name)) else None for name in ("assessment", "ready")}
    return plain(found | {"title": {locale: say(case.title, locale) for locale in BOTH}})


def told(history: list[CaseEvent]) -> Any:
    """Its history, in both languages."""
    return plain(
        [
            {"what": one.what, "by": one.by, "at": one.at} | {locale: say(sentence(one), locale) for locale in BOTH}
            for one in sayable(history)
        ]
    )


def noticed(id: int, history: list[CaseEvent]) -> Any:
    """Whom each event was told, in which words, and what the buttons below them do."""
    found = []
    for number, event in enumerate(history, 1):
        given = notices(STEPS[event.what], replay(id, history[:number]), LINK)
        found.append([{"to": one.to, **_spoken(one.reply)} for one in given])
    return plain(found)


def _spoken(reply: Tell | Appointment) -> dict[str, list[str]]:
    words = [*([reply.title] if reply.title else []), *reply.words]
    if isinstance(reply, Appointment):
        words += [Words("{at}", {"at": reply.at}), reply.place]
    buttons = [button for row in reply.rows for button in row]
    said = [*words, *(button.label for button in buttons)]
    return {locale: [say(one, locale) for one in said] for locale in BOTH} | {"acts": [one.act for one in buttons]}


def papers(case: Case, sent: Iterable[Submission], history: list[CaseEvent], at: datetime) -> Any:
    """What the papers say of it: the history in both copies, and the contact persons' own without the copies of what was sent."""
    own, registry = (gathered(case, tuple(sent), history, {}, at, "Karin", internal=one) for one in (True, False))
    return plain(
        {
            "own": [[one.what, one.sentence.text] for one in own.timeline],
            "registry": [[one.what, one.sentence.text] for one in registry.timeline],
            "file": own.model_dump(mode="json", exclude={"sent", "timeline", "made_at", "made_by"}),
        }
    )


def labels(file: dict[str, Any]) -> list[list[str]]:
    """The labels of a case file that are words of ours: its state's, and the outcomes'."""
    return [["state", file["state_label"]], *(["outcome", one["outcome_label"]] for one in file["decisions"])]


def with_labels(file: dict[str, Any], of: dict[str, Any]) -> dict[str, Any]:
    """A case file with the labels of another one."""
    decided = [
        one | {"outcome_label": other["outcome_label"]}
        for one, other in zip(file["decisions"], of["decisions"], strict=True)
    ]
    return file | {"state_label": of["state_label"], "decisions": decided}


def differences(before: list[list[str]], today: list[list[str]]) -> Iterable[str]:
    """Each line that says something else today, or nothing: "before → today". Lines are pairs of what they are about and what they say."""
    following = list(today)
    for what, said in before:
        now = following.pop(0)[1] if following and following[0][0] == what else ""
        if now != said:
            yield f"{said} → {now}".translate(ISOLATES).rstrip()
    assert not following, following
