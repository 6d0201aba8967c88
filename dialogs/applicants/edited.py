"""The questions were changed under an open draft. Law: who writes it is told so once, and what was meant for one question is never filed under another."""

from dataclasses import dataclass, replace
from datetime import datetime

from dialogs.applicants.acts import Begin, Drop, Forget, Keep, Response, Send, Switch
from dialogs.applicants.where import Open, Standing
from dialogs.engine.declare import Dialog, Question
from dialogs.engine.draft import ASIDE, Answer, Draft, current, path
from dialogs.language.events import Attach, Event, Point, Say
from dialogs.language.replies import Ask, Review, Tell
from dialogs.language.words import Listing, Text, Words, _
from dialogs.phases.steps import DIALOGS

LAST = ASIDE + "asked"
"""The key under which a draft keeps what each of its writers was asked last, by the person's id: the dialog's edition, the question at hand
("" at the review), and its sign.
"""


@dataclass(frozen=True, slots=True)
class LastAsked:
    """What a writer of a draft was asked last."""

    edition: str
    key: str
    sign: str


def last_asked(dialog: Dialog, draft: Draft, person: int) -> LastAsked | None:
    """What this person was asked last, under today's key; None where that is not known, as in a draft of an older version of the program."""
    match _notes(draft).get(str(person)):
        case [str() as edition, str() as key, str() as sign]:
            return LastAsked(edition, dialog.renamed.get(key, key), sign)
    return None


def _notes(draft: Draft) -> dict[str, object]:
    value = draft.value(LAST)
    return value if isinstance(value, dict) else {}


def with_last_asked(dialog: Dialog, draft: Draft, standing: Standing, now: datetime) -> Draft:
    """The draft with a note of what is asked now. This is not a turn: the version stays. A draft without answers stays so."""
    if not draft.answers:
        return draft
    asked, notes = current(dialog, draft), _notes(draft)
    note = [dialog.edition, asked.key if asked else "", asked.sign if asked else ""]
    if notes.get(str(standing.person)) == note:
        return draft
    answer = Answer(notes | {str(standing.person): note}, standing.person, standing.locale, now)
    return replace(draft, answers=draft.answers | {LAST: answer})


def said_of(dialog: Dialog, draft: Draft, person: int) -> Tell | None:
    """What has changed since this person was asked last, in their words; None when it is nothing that they would meet."""
    last = last_asked(dialog, draft, person)
    if last and last.edition == dialog.edition:
        return None
    along = path(dialog, draft)
    changed = [step for step in along.steps if last and _is_asked_again(draft, step, last, step.key in along.known)]
    new = [step for step in along.steps if last and _is_new(draft, along.steps, step, last)]
    told: tuple[Text, ...] = (
        *_named(_("New: {questions}."), new),
        *_named(_("Changed, and asked once more: {questions}."), changed),
        *_named(_("No longer asked, but kept; at the end you can remove it: {questions}."), along.gone),
    )
    if not told:
        return None
    return Tell(
        (_("The questions have changed since you were here last. Nothing you wrote is lost."), *told), tone="guidance"
    )


def _is_asked_again(draft: Draft, step: Question, last: LastAsked, known: bool) -> bool:
    if step.key == last.key:
        return bool(step.sign != last.sign)
    return not known and draft.value(step.key) is not None


def _is_new(draft: Draft, steps: tuple[Question, ...], step: Question, last: LastAsked) -> bool:
    """Whether the question stands before the one that was asked last, and nobody has answered it or left it out."""
    keys = [one.key for one in steps]
    upto = keys.index(last.key) if last.key in keys else len(keys)
    return step.key not in draft.answers and keys.index(step.key) < upto


def _named(words: Words, questions: "list[Question] | tuple[Question, ...]") -> tuple[Words, ...]:
    labels = tuple(dict.fromkeys(question.label.id for question in questions))
    if not labels:
        return ()
    return (words.filled(questions=Listing(tuple(Words(label) for label in labels))),)


def told(standing: Standing, said: Response, now: datetime) -> Response:
    """The response, and once, before the draft that it shows, what has changed about its questions."""
    one = _shown(standing, said)
    notice = said_of(DIALOGS[one.dialog], one.draft, standing.person) if one else None
    if one is None or notice is None:
        return said
    kept = next((act.draft for act in said.acts if isinstance(act, Keep) and act.draft.id == one.draft.id), one.draft)
    keep = Keep(with_last_asked(DIALOGS[one.dialog], kept, standing, now))
    others = tuple(act for act in said.acts if not (isinstance(act, Keep) and act.draft.id == one.draft.id))
    at = len(said.replies) if said.show else len(said.replies) - 1
    return replace(said, replies=(*said.replies[:at], notice, *said.replies[at:]), acts=(*others, keep))


def _shown(standing: Standing, said: Response) -> Open | None:
    """The draft of which the response shows a question or the review, or None."""
    if any(isinstance(act, Begin | Drop | Forget | Send) for act in said.acts):
        return None
    switched = [act.draft for act in said.acts if isinstance(act, Switch)]
    one = standing.drafted(switched[-1]) if switched else standing.here
    last = said.replies[-1] if said.replies else None
    shown = said.show or (isinstance(last, Ask | Review) and one is not None and last.draft == one.draft.id)
    return one if shown else None


def meant(dialog: Dialog, draft: Draft, event: Event, person: int) -> Draft | Tell | None:
    """Where an event belongs that names no question, when another one is asked now than its sender was shown: the draft with that question
    open, or what is said when it is not asked like that any more. None where nothing is different.
    """
    last = last_asked(dialog, draft, person)
    if last is None or last.edition == dialog.edition or not isinstance(event, Say | Attach | Point):
        return None
    asked = current(dialog, draft)
    if asked is None or (asked.key, asked.sign) == (last.key, last.sign) or (isinstance(event, Attach) and event.key):
        return None
    step = path(dialog, draft).step(last.key)
    if step and step.sign == last.sign:
        return replace(draft, changing=step.key)
    text: tuple[Text, ...] = (event.text,) if isinstance(event, Say) else ()
    words = _(
        "What you sent just now was for a question that is not asked like that any more, so it stands nowhere yet. Send it again where it belongs."
    )
    return Tell((words, *text), tone="trouble")
