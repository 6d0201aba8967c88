"""What a dialog shows: the question at hand with its ways out, or the review."""

from dataclasses import replace

from dialogs.engine.confirm import OUTDATED, proposals, right_of
from dialogs.engine.declare import Dialog, Question
from dialogs.engine.draft import Draft, Path, changed_words, fits, has_changed, path
from dialogs.engine.prefilled import Prefilled
from dialogs.engine.record import lines
from dialogs.kinds.card import Card
from dialogs.kinds.files import files_in
from dialogs.kinds.kind import Known
from dialogs.kinds.no_longer_asked import NoLongerAsked
from dialogs.language.replies import AnsweredQuestion, Ask, Button, Review, Tell
from dialogs.language.words import Text, Words, _

SWEDISH_COUNTS = _("In Swedish, which is what counts:")


def show(
    dialog: Dialog, draft: Draft, error: Words | None = None, noted: AnsweredQuestion | None = None
) -> Ask | Review:
    """Where the draft stands: its current question, or the review."""
    along = path(dialog, draft)
    asked = along.step(draft.changing) or along.unanswered
    return _ask(dialog, draft, along, asked, error, noted) if asked else _review(dialog, draft, error)


def _ask(
    dialog: Dialog, draft: Draft, along: Path, asked: Question, error: Words | None, noted: AnsweredQuestion | None
) -> Ask:
    known = along.upto(asked.key)
    value = draft.value(asked.key)
    if draft.is_outdated(asked.key):
        error = error or OUTDATED
    offer = asked.kind.offer(value, known)
    before = _before(draft, along, asked)
    rows = tuple(tuple(replace(button, key=asked.key) for button in row) for row in offer.rows)
    ask = Ask(
        key=asked.key,
        draft=draft.id,
        version=draft.version,
        place=(along.number(asked.key), along.total),
        label=asked.label,
        ask=(*asked.lacks(known), *_body(asked, known), *before, offer.prompt or asked.ask),
        section=dialog.section_of(asked),
        wording=asked.wording,
        hint=None if offer.prompt else asked.hint,
        so_far=() if before else asked.kind.show(value, known),
        error=error,
        noted=noted,
        rows=rows,
        fields=offer.fields,
        ways=(*(Button(label, act, weight="plain") for act, label in asked.ways), *_ways(draft, along, asked)),
    )
    proposed = draft.proposed(asked.key)
    if proposed is None or draft.changing == asked.key:
        return ask
    # Where a correction can follow what is sent.
    more = () if dialog.sure else tuple(proposals(along, draft).values())
    return _to_confirm(ask, asked, proposed, more, bool(asked.lacks(known)))


def _to_confirm(ask: Ask, asked: Question, known: Prefilled, more: tuple[Prefilled, ...], lacks: bool) -> Ask:
    """The question with what is known here, to be confirmed or changed; or to be confirmed with all that is known beside it (`more`).

    Where somebody asks for more than that (`lacks`), changing it comes first.
    """
    right = Button(_("It is right"), right_of(known), ask.key, "plain" if lacks else "main")
    change = Button(_("Change"), f"change:{ask.key}", ask.key, "main" if lacks else "plain")
    all = ((Button(_("All that is known is right"), right_of(*more), ask.key),),) if len(more) > 1 else ()
    return replace(
        ask,
        ask=(*ask.ask[:-1], asked.ask),
        hint=asked.hint,
        source=known.origin,
        written_in=known.locale,
        rows=((change, right) if lacks else (right, change), *all),
        fields=(),
    )


def _before(draft: Draft, along: Path, asked: Question) -> tuple[Text, ...]:
    """What was answered to the question before it was changed, or to one that is no longer asked, where the answers of today do not say it."""
    words: tuple[Text, ...] = ()
    if isinstance(asked.kind, NoLongerAsked):
        value = draft.value(asked.key)
        lead = _("Your answer so far:") if files_in(value) else _("{label}:", label=_("You wrote before"))
        return (lead, *asked.kind.show(value, along.known))
    if asked.key not in along.known:
        words = changed_words(asked, draft, along.upto(asked.key))
    return (_("{label}:", label=_("You wrote before")), *words) if words else ()


def _body(asked: Question, known: Known) -> tuple[Text, ...]:
    return asked.kind.body(known) if isinstance(asked.kind, Card) else ()


def _ways(draft: Draft, along: Path, asked: Question) -> list[Button]:
    ways = []
    proposed = draft.proposed(asked.key)
    if asked.key in along.known or can_keep(draft, along, asked):
        ways.append(Button(_("Keep it as it is"), "keep", asked.key, "quiet"))
    elif proposed and draft.changing == asked.key:
        ways.append(Button(_("Keep it as it is"), right_of(proposed), asked.key, "quiet"))
    if asked.optional:
        ways.append(Button(_without(draft, along, asked), "skip", asked.key, "quiet"))
    if along.before(asked.key):
        ways.append(Button(_("Back"), "back", asked.key, "quiet"))
    return ways


def _without(draft: Draft, along: Path, asked: Question) -> Words:
    """The button of whoever does not want to answer."""
    if asked in along.gone:
        return _("Remove all") if asked.kind.offer(draft.value(asked.key), along.known).rows else _("Remove")
    return _("Leave it empty") if asked.kind.show(draft.value(asked.key), along.upto(asked.key)) else _("Skip")


def can_keep(draft: Draft, along: Path, asked: Question) -> bool:
    """Whether what was answered to a question that has been changed since can be its answer as it is."""
    if draft.value(asked.key) is None or draft.is_outdated(asked.key) or not has_changed(asked, draft):
        return False
    return fits(asked, draft, along.upto(asked.key)) and not changed_words(asked, draft, along.upto(asked.key))


def _review(dialog: Dialog, draft: Draft, error: Words | None) -> Review:
    rows = (
        (Button(dialog.send, "send", weight="main", final=not dialog.sure),),
        (Button(_("Change an answer"), "change"), Button(_("Back"), "back", weight="quiet")),
    )
    words = (*(dialog.unchanged if _is_unchanged(dialog, draft) else ()), *dialog.review)
    return Review(draft.id, draft.version, dialog.title, words, lines(dialog, draft), rows, error)


def _is_unchanged(dialog: Dialog, draft: Draft) -> bool:
    """Whether all that somebody asks more of is confirmed as it was."""
    along = path(dialog, draft)
    asked = [draft.answers[step.key] for step in along.steps if step.lacks(along.known) and step.key in draft.answers]
    return bool(asked) and all(answer.known for answer in asked)


def what_to_change(dialog: Dialog, draft: Draft) -> Tell:
    """Every answer, to choose the one to change."""
    rows = tuple((Button(line.label, f"change:{line.key}"),) for line in lines(dialog, draft))
    return Tell(
        (_("Which answer do you want to change?"),),
        rows=(*rows, (Button(_("Back"), "resume", weight="quiet"),)),
        draft=draft.id,
        version=draft.version,
    )
