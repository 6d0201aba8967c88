"""Completing an application: only the questions that the contact person asked about are open; the rest stays as it was sent."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.case.background import Background, Recall
from dialogs.case.case import Case, Submission
from dialogs.engine.condition import is_
from dialogs.engine.declare import NOT_ASKED, Dialog, Question, Section
from dialogs.engine.draft import Answer, Draft
from dialogs.engine.prefilled import Prefilled
from dialogs.engine.record import Entry, Record
from dialogs.kinds.card import Card
from dialogs.kinds.items import kinds_in
from dialogs.kinds.kind import Known
from dialogs.kinds.no_longer_asked import written
from dialogs.language.words import Moment, Text, Words, _
from dialogs.phases.initiation.application import APPLICATION, LEADING
from dialogs.phases.initiation.criteria import ACTORS, CRITERIA
from dialogs.phases.initiation.part import Asked, initiation
from dialogs.phases.initiation.whom import WITHOUT_A_NAME, protects

SOURCE = APPLICATION


NEVER = {*LEADING, *(criterion.key for criterion in CRITERIA)}
"""Questions that only lead to others, and the group's view of itself: there is nothing in them to complete."""


def _askable() -> tuple[Question, ...]:
    """Every question of the application that can be completed, once."""
    found: dict[str, Question] = {}
    for question in SOURCE.questions:
        if not isinstance(question.kind, Card) and question.key not in NEVER:
            found.setdefault(question.key, question)
    return tuple(found.values())


def _lacks(known: Known) -> tuple[Text, ...]:
    """What the contact person wrote when they asked, below their name."""
    asked = known.get("asked") or {}
    return (_("{label}:", label=asked["by"]), asked["words"]) if asked.get("words") else ()


ASKABLE = _askable()
COMPLETION = Dialog(
    key="completion",
    given=("asked", ACTORS.key),
    title=_("Complete your application"),
    intro=((_("Only what the contact person asked about is open. Everything else stays as you sent it."),),),
    sections=(
        Section(
            _("Complete your application"),
            (
                # What is asked is stored by the keys that the questions had then.
                *(
                    replace(question, when=is_("asked", question.key, *question.was), ways=(), lacks=_lacks)
                    for question in ASKABLE
                ),
                WITHOUT_A_NAME,
            ),
        ),
    ),
    review=(_("This completes your application. What you sent before stays beside it. Nothing has been sent yet."),),
    unchanged=(_("You have not changed anything that the contact person asks about."),),
    send=_("Send this…"),
    sure=(_("Send it to the contact person now? What is sent is a public document."),),
    sent=_("Your completion has arrived"),
    next_steps=(_("The contact person reads it and goes on with your case."),),
    facts=lambda known: {
        "asked": {"ids": known.get("asked", {}).get("ids", [])},
        "actors": sorted(kinds_in(known.get(ACTORS.key))),
        **protects(known),
    },
)


def begun_with(asked: Asked, sent: Record, person: int, locale: str) -> dict[str, Answer]:
    """What a completion is given as it begins: what is asked, in whose words, and the actors, among whom other questions choose, unless they are
    asked about.
    """
    request = {"ids": list(asked.keys), "words": asked.message, "by": asked.by}
    answers = {"asked": Answer(request, person, locale, asked.at)}
    if ACTORS.key not in asked.keys and (actors := sent.value(ACTORS.key)):
        answers[ACTORS.key] = Answer(actors, person, locale, asked.at)
    return answers


def as_sent(key: str) -> Recall:
    """A question of the application is prefilled with its answer as it was sent."""

    def known(background: Background) -> Prefilled | None:
        entries = background.sent.entries if background.sent else ()
        entry = next((one for one in entries if one.key == key), None)
        if entry is None:
            return None
        at = sent_with(background.case, entry)
        day = Moment(at, "date")
        completed = any(one.answered == at for one in initiation(background.case).asked)
        source = _("your completion, {day}", day=day) if completed else _("your application, {day}", day=day)
        return Prefilled(entry.value, source, locale=entry.locale)

    return known


def sent_with(case: Case, entry: Entry) -> datetime:
    """When this answer was sent: with the application, or with the first completion after it was given."""
    sent = (case.sent_at, *(one.answered for one in initiation(case).asked))
    return min((at for at in sent if at and at >= entry.at.at), default=entry.at.at)


def sent_since(background: Background, at: datetime) -> frozenset[str]:
    """The keys of the answers that were sent after this moment."""
    entries = background.sent.entries if background.sent else ()
    return frozenset(entry.key for entry in entries if sent_with(background.case, entry) > at)


def asked_anew(draft: Draft, begun: dict[str, Answer]) -> Draft:
    """A completion already begun, brought up to the latest request: what was written stays, but only what is asked now is asked."""
    if draft.value("asked") == begun["asked"].value:
        return draft
    answers = begun | draft.answers | {"asked": begun["asked"]}
    return replace(draft, answers=answers, version=draft.version + 1)


def labels(keys: tuple[str, ...]) -> tuple[Words, ...]:
    """The labels of these questions, in the order in which they are asked; of those that are no longer asked, that they are not."""
    found = [question.label for question in ASKABLE if question.key in keys]
    gone = set(keys) - {question.key for question in ASKABLE}
    return (*found, *((NOT_ASKED,) if gone else ()))


def told(answers: Mapping[str, Any]) -> list[Text]:
    """Answers to the application by key, each below its label; of questions that are no longer asked, what somebody wrote."""
    words: list[Text] = []
    for question in ASKABLE:
        shown = question.kind.show(answers.get(question.key), answers) if answers.get(question.key) else ()
        words += [_("{label}:", label=question.label), *shown] if shown else []
    for text in left(answers):
        words += [_("{label}:", label=NOT_ASKED), text]
    return words


def left(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """What somebody wrote to questions of the application that are no longer asked."""
    asked = {question.key for question in ASKABLE}
    return tuple(text for key, value in answers.items() if key not in asked for text in written(value))


def as_it_stands(sent: Iterable[Submission]) -> Record | None:
    """The application with the answers of every completion put in; None when there is no application."""
    found: Record | None = None
    for one in sent:
        if one.dialog == SOURCE.key:
            found = one.record
        elif one.dialog == COMPLETION.key and found:
            fresh = {entry.key: entry for entry in one.record.entries}
            kept = tuple(fresh.pop(entry.key, entry) for entry in found.entries)
            found = replace(found, entries=(*kept, *fresh.values()))
    return found
