"""The turn: the same machine for every dialog. An event goes in; a draft and what is said come out."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from dialogs.engine.confirm import OUTDATED, RIGHT, RIGHT_OR_NOT, given_back, is_nod, is_unseen, opened, taken
from dialogs.engine.declare import Dialog, Question
from dialogs.engine.draft import Answer, Draft, current, files_of, fits, path, revive
from dialogs.engine.edition import asked_as
from dialogs.engine.record import Record, record
from dialogs.engine.show import SWEDISH_COUNTS, can_keep, show, what_to_change
from dialogs.engine.understood import understood
from dialogs.kinds import reading
from dialogs.kinds.files import LEFT_OUT
from dialogs.kinds.kind import AnswerEvent, Refusal
from dialogs.language.events import Attach, Command, Event, Fill, Misfit, Point, Press, Revise, Say, Start
from dialogs.language.replies import AnsweredQuestion, Button, Reply, Tell
from dialogs.language.words import Words, _, in_swedish


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes (a person's id), in which language, and when."""

    person: int
    locale: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome of an event: the draft after it, what is said, and the record if it was sent."""

    draft: Draft
    replies: tuple[Reply, ...]
    sent: Record | None = None


def turn(dialog: Dialog, draft: Draft, event: Event, writer: Writer) -> Turn:
    """Take one turn. Never raises on what a person does, and always says something."""
    draft, event = revive(dialog, draft), _named_today(dialog, event)
    match event:
        case Press(key="") | Fill(key=""):
            return _way(dialog, draft, event, writer)
        case Press(key=key, draft=id) | Fill(key=key, draft=id):
            asked = current(dialog, draft)
            if id != draft.id or asked is None or key != asked.key:
                return _stale(dialog, draft)
            if event.act in ("skip", "keep", "back") or event.act.startswith("change:"):
                return _way(dialog, draft, event, writer)
            if event.act.startswith(RIGHT):
                return _confirmed(dialog, draft, asked, event.act, writer)
            return _heard(dialog, draft, asked, event, writer)
        case Say() | Attach() | Point() | Misfit():
            return _said(dialog, draft, event, writer)
        case Revise():
            return _revised(dialog, draft, event, writer)
        case Start() | Command():
            return Turn(draft, (show(dialog, draft),))
    assert_never(event)


def _said(dialog: Dialog, draft: Draft, event: Say | Attach | Point | Misfit, writer: Writer) -> Turn:
    asked = current(dialog, draft)
    if isinstance(event, Attach) and event.key and (event.draft != draft.id or not asked or event.key != asked.key):
        return _stale(dialog, draft)
    if asked is None:
        return _at_review(dialog, draft)
    if draft.changing != asked.key and draft.is_outdated(asked.key):
        # Law: what was meant for another question, before this one was asked again, is never filed here.
        reopened = replace(draft, changing=asked.key, version=draft.version + 1)
        return Turn(reopened, (given_back(event), show(dialog, reopened, error=OUTDATED)))
    return _heard(dialog, draft, asked, event, writer)


def _named_today(dialog: Dialog, event: Event) -> Event:
    """The event with the key that its question has today, where a button or a form from before names an old one."""
    if isinstance(event, Press | Fill | Attach) and event.key in dialog.renamed:
        return replace(event, key=dialog.renamed[event.key])
    return event


def _heard(dialog: Dialog, draft: Draft, asked: Question, event: AnswerEvent, writer: Writer) -> Turn:
    after = _read(dialog, draft, asked, event, writer)
    trimmed = {file.sha256 for file in event.files if file.trimmed} if isinstance(event, Attach) else set()
    if trimmed & files_of(after.draft).keys():
        # Files sent with "Continue" are followed by another turn at once, so this has to last.
        return replace(after, replies=(Tell((LEFT_OUT,), lasting=True), *after.replies))
    return after


def _read(dialog: Dialog, draft: Draft, asked: Question, event: AnswerEvent, writer: Writer) -> Turn:
    along = path(dialog, draft)
    read = understood(asked, event, draft.value(asked.key), along.upto(asked.key))
    # Whoever says all of it has not gone by what is known.
    if is_unseen(draft, asked.key) and read != understood(asked, event, None, along.upto(asked.key)):
        return _reopen(dialog, draft, asked.key, writer, OUTDATED)
    if isinstance(read, Refusal):
        # A whole answer stands until another whole answer takes its place.
        whole = (fits(asked, draft, along.upto(asked.key)) or draft.proposed(asked.key)) and not read.gained
        kept = (
            draft
            if whole or read.value is None or read.value == draft.value(asked.key)
            else _put(draft, asked, read.value, writer)
        )
        return Turn(kept, (show(dialog, kept, error=read.words),))
    if draft.changing != asked.key and is_nod(asked, draft, event, read):
        return Turn(draft, (show(dialog, draft, error=RIGHT_OR_NOT),))
    # Only a message that is an answer by itself is linked to it, because editing the message replaces the answer.
    ref = event.ref if isinstance(event, Say) and asked.kind.accepts(read, along.upto(asked.key)) else ""
    return _answered(dialog, _put(draft, asked, read, writer, ref), asked, event)


def _confirmed(dialog: Dialog, draft: Draft, asked: Question, act: str, writer: Writer) -> Turn:
    """What is known becomes the answer, if it is still what the button names."""
    if asked.key in draft.answers and not draft.proposed(asked.key):
        return _stale(dialog, draft)
    along = path(dialog, draft)
    right = taken(along, draft, asked.key, act, at_once=not dialog.sure)
    if not right:
        return Turn(draft, (show(dialog, draft, error=OUTDATED),))
    for step in (step for step in along.steps if step.key in right):
        known = right[step.key]
        words, locale = asked_as(step, known.value), known.locale or writer.locale
        answer = Answer(known.value, writer.person, locale, writer.now, asked=words, known=known.mark)
        draft = draft.with_answer(step.key, answer)
    return _answered(dialog, replace(draft, version=draft.version + 1), asked, Press(act))


def _put(draft: Draft, asked: Question, value: object, writer: Writer, ref: str = "") -> Draft:
    answer = Answer(value, writer.person, writer.locale, writer.now, ref, asked_as(asked, value))
    return replace(draft.with_answer(asked.key, answer), version=draft.version + 1)


def _answered(dialog: Dialog, draft: Draft, asked: Question, event: AnswerEvent) -> Turn:
    along = path(dialog, draft)
    if asked.key not in along.known:
        return Turn(draft, (show(dialog, draft),))
    draft = replace(draft, changing="")
    noted = (
        AnsweredQuestion(asked.key, asked.label, asked.kind.show(along.known[asked.key], along.known))
        if isinstance(event, Press)
        else None
    )
    notes = asked.notes(along.known)
    said: tuple[Reply, ...] = (Tell(notes, tone="guidance"),) if notes else ()
    return Turn(draft, (*said, show(dialog, draft, noted=noted if noted and noted.shown else None)))


def _way(dialog: Dialog, draft: Draft, event: Press | Fill, writer: Writer) -> Turn:
    if event.draft not in (0, draft.id):
        return _stale(dialog, draft)
    act, _colon, key = event.act.partition(":")
    key = dialog.renamed.get(key, key)
    match act:
        case "back":
            return _back(dialog, draft, writer)
        case "change" if key:
            return _reopen(dialog, draft, key, writer)
        case "change":
            return Turn(draft, (what_to_change(dialog, draft),))
        case "keep":
            return _keep(dialog, draft)
        case "skip":
            return _skip(dialog, draft, writer)
        case "send" | "sure":
            return _send(dialog, draft, event, writer)
    return Turn(draft, (show(dialog, draft),))


def _back(dialog: Dialog, draft: Draft, writer: Writer) -> Turn:
    along = path(dialog, draft)
    asked = current(dialog, draft)
    earlier = along.before(asked.key if asked else "")
    return (
        _reopen(dialog, draft, earlier.key, writer)
        if earlier
        else Turn(draft, (show(dialog, draft, error=_("This is the first question.")),))
    )


def _reopen(dialog: Dialog, draft: Draft, key: str, writer: Writer, error: Words | None = None) -> Turn:
    if not path(dialog, draft).step(key):
        return _stale(dialog, draft)
    reopened = opened(draft, key, writer.person, writer.locale, writer.now)
    return Turn(reopened, (show(dialog, reopened, error),))


def _keep(dialog: Dialog, draft: Draft) -> Turn:
    """The answer stays as it is; of a question that has been changed since, it is the answer to the question of today."""
    asked, along = current(dialog, draft), path(dialog, draft)
    if asked and asked.key not in along.known and can_keep(draft, along, asked):
        answer = draft.answers[asked.key]
        draft = draft.with_answer(asked.key, replace(answer, asked=asked_as(asked, answer.value)))
    kept = replace(draft, changing="", version=draft.version + 1)
    return Turn(kept, (show(dialog, kept),))


def _skip(dialog: Dialog, draft: Draft, writer: Writer) -> Turn:
    asked = current(dialog, draft)
    if asked is None or not asked.optional:
        return _stale(dialog, draft)
    skipped = replace(_put(draft, asked, None, writer), changing="")
    return Turn(skipped, (show(dialog, skipped),))


def _send(dialog: Dialog, draft: Draft, event: Press | Fill, writer: Writer) -> Turn:
    asked = current(dialog, draft)
    if asked and draft.is_outdated(asked.key):
        return Turn(draft, (show(dialog, draft),))
    if asked is not None or event.draft != draft.id or event.version != draft.version:
        return _stale(dialog, draft)
    if event.act == "sure" or not dialog.sure:
        return Turn(draft, (), record(dialog, draft))
    rows = ((Button(dialog.yes, "sure", weight="main", final=True),), (Button(_("Not yet"), "resume", weight="quiet"),))
    words = dialog.sure if writer.locale == "sv" else (*dialog.sure, SWEDISH_COUNTS, *map(in_swedish, dialog.sure))
    return Turn(draft, (Tell(words, rows=rows, draft=draft.id, version=draft.version),))


def _at_review(dialog: Dialog, draft: Draft) -> Turn:
    return Turn(
        draft, (show(dialog, draft, error=_("Everything is answered. To change something press “Change an answer”.")),)
    )


def _stale(dialog: Dialog, draft: Draft) -> Turn:
    return Turn(
        draft, (show(dialog, draft, error=_("That button belongs to an earlier question. Here is where we are now.")),)
    )


def _revised(dialog: Dialog, draft: Draft, event: Revise, writer: Writer) -> Turn:
    """An edited message corrects the answer it gave, wherever that is on the path; the current question stays."""
    along = path(dialog, draft)
    keys = {answer.ref: key for key, answer in draft.answers.items() if answer.ref}
    step = along.step(keys.get(event.ref, ""))
    if step is None:
        return Turn(
            draft,
            (
                show(
                    dialog,
                    draft,
                    error=_(
                        "I could not connect that edit with an answer. To change one, use “Change an answer” at the end, or “Back”."
                    ),
                ),
            ),
        )
    said = Say(event.text, event.ref, event.over)
    read = reading.read(step.kind, said, draft.value(step.key), along.upto(step.key))
    if isinstance(read, Refusal):
        return Turn(draft, (Tell((read.words, _("Your earlier answer is kept.")), tone="trouble"), show(dialog, draft)))
    draft = _put(draft, step, read, writer, event.ref)
    corrected = Tell((_("Corrected: {label}.", label=step.label),), tone="good")
    return Turn(draft, (corrected, show(dialog, draft)))
