"""What has come of a case so far: what is under way, how it was judged, who else has it, what was decided."""

from dialogs.case.case import Case
from dialogs.case.state import STARTED
from dialogs.desk.labels import VERDICTS
from dialogs.engine.record import Record
from dialogs.kinds.day import day_of, in_words
from dialogs.language.words import Moment, Text, _
from dialogs.phases.always.close import CALLED as CLOSED_FOR
from dialogs.phases.always.under_way import under_way
from dialogs.phases.initiation.assessment import gone_criteria
from dialogs.phases.initiation.completion import told
from dialogs.phases.initiation.criteria import CRITERIA
from dialogs.phases.initiation.part import Decision, initiation


def so_far(case: Case) -> list[Text]:
    """What is under way, what the city wrote down when it started the case, and what was decided."""
    words: list[Text] = [*under_way(case)]
    begun = initiation(case)
    if case.state == STARTED.id:
        words.append(_("Actors who have come in by a link: {count}.", count=case.joined))
        words += [_("What the city wrote down when it started the case:"), *told(begun.started)]
    if case.closing:
        one = case.closing
        words += [text for text in (CLOSED_FOR.get(one.reason, one.reason), one.whose, one.words) if text]
    return words + (decided(begun.decision) if begun.decision else [])


def decided(one: Decision) -> list[Text]:
    """The parts of a decision that the timeline does not give."""
    words: list[Text] = []
    if one.sum is not None:
        words.append(_("Sum for dialogue work: {sum} kronor.", sum=one.sum))
    for label, text in ((_("Conditions"), one.conditions), (_("Reservation"), one.reservation)):
        words += [_("{label}:", label=label), text] if text else []
    return words


def judged(case: Case, record: Record | None) -> list[Text]:
    """The criteria, as the group sees them and as the contact person does."""
    one = initiation(case).assessment
    if not one:
        return []
    words: list[Text] = [_("The assessment by {name}, {at}:", name=one.by, at=Moment(one.at))]
    for criterion in (*CRITERIA, *gone_criteria(one, record)):
        ours = VERDICTS.get(one.verdicts.get(criterion.key, ""))
        theirs = VERDICTS.get(str(record.value(criterion.key))) if record else None
        if ours and theirs:
            words.append(
                _("• {criterion}: {ours}. The group: {theirs}.", criterion=criterion.label, ours=ours, theirs=theirs)
            )
        elif ours:
            words.append(_("• {criterion}: {ours}.", criterion=criterion.label, ours=ours))
        if note := one.notes.get(criterion.key):
            words.append(note)
    if one.summary:
        words += [_("{label}:", label=_("Internal note on the whole")), one.summary]
    return words


def elsewhere(case: Case) -> list[Text]:
    """A line for each part that another committee has or had: who, since when, what is expected by when, what came back."""
    words: list[Text] = []
    for part in case.referrals:
        since = Moment(part.since, "date")
        due = day_of(part.due)
        if part.kind == "view":
            words.append(_("{committee} was asked for its view on {at}:", committee=part.committee, at=since))
        elif part.kind == "whole":
            words.append(_("{committee} has the whole matter since {at}.", committee=part.committee, at=since))
        else:
            words.append(_("{committee} has a part since {at}:", committee=part.committee, at=since))
        words += [part.what] if part.what else []
        words += [_("{label}:", label=_("Expected of them")), part.expected] if part.expected else []
        if part.back_at:
            words += [_("Answered on {at}:", at=Moment(part.back_at, "date")), part.back]
        elif due:
            words.append(_("Not answered yet, asked for by {day}.", day=in_words(due)))
        else:
            words.append(_("Not answered yet."))
    return words
