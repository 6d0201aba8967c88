"""The criteria that a phase is judged by. A contact person's assessment is derived from the same criteria."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dialogs.engine.condition import Condition, is_
from dialogs.engine.declare import Question, Section
from dialogs.kinds.kind import Known, Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.language.words import Words, _

VERDICTS = (
    Option("met", _("Met")),
    Option("partly", _("Partly")),
    Option("not_yet", _("Not yet")),
    Option("dont_know", _("Don’t know")),
)
"""The group's own verdicts on a criterion."""
MET = ("met", "partly")
"""The verdicts after which the group is asked for its own words; after the others it is told how others got there."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: its wording word for word, what it means, how others got there, and the questions asked where it is met."""

    key: str
    label: Words
    wording: Words
    meaning: Words
    guidance: Words
    guideline: Words
    """For the contact person: what to look for, so that everybody judges alike (asked for by ASN)."""
    questions: tuple[Question, ...]
    was: tuple[str, ...] = ()
    """Keys that it had before."""

    def card(self) -> Question:
        """The question that shows the criterion and asks for the group's own view."""
        verdicts = (one if one.id in MET else replace(one, note=self.guidance) for one in VERDICTS)
        return Question(
            self.key,
            self.label,
            _("How is it with you: do you meet this?"),
            OneChoice(tuple(verdicts)),
            hint=self.meaning,
            wording=self.wording,
            was=self.was,
        )

    def section(self, number: int, of: int) -> Section:
        """The card and, where the criterion is met or partly met, its questions."""
        met: Condition = is_(self.key, *MET)
        title = _("Criterion {number} of {of}", number=number, of=of)
        return Section(title, (self.card(), *(replace(question, when=met) for question in self.questions)))


def sections(criteria: tuple[Criterion, ...]) -> Iterator[Section]:
    """The sections of all criteria, in their order."""
    for number, criterion in enumerate(criteria, 1):
        yield criterion.section(number, len(criteria))


def unmet(criteria: tuple[Criterion, ...], known: Known) -> tuple[Criterion, ...]:
    """The criteria that the group has answered with "not yet" or "don't know"."""
    return tuple(criterion for criterion in criteria if known.get(criterion.key) in ("not_yet", "dont_know"))
