"""The contact person's assessment, derived from the criteria; it stands beside the group's own, and TN decides."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from dialogs.case import data, group
from dialogs.case.background import Background
from dialogs.case.case import Case, CaseEvent
from dialogs.case.criterion import VERDICTS, Criterion
from dialogs.case.step import Step
from dialogs.case.task import among, dialog, our_turn, sent_to_us
from dialogs.engine.declare import Question
from dialogs.engine.prefilled import Prefilled
from dialogs.engine.record import Record
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.text import FreeText
from dialogs.kinds.verdict import Verdict
from dialogs.language.words import Text, _
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.initiation.completion import sent_since
from dialogs.phases.initiation.criteria import CRITERIA
from dialogs.phases.initiation.part import Assessment, initiation, known

VERDICT = Verdict(tuple(one for one in VERDICTS if one.id != "dont_know"))
"""The verdicts that a contact person can give on a criterion."""


def judged(criterion: Criterion) -> Question:
    """The question that asks a contact person for a verdict on a criterion, with the guideline for it."""
    return Question(
        criterion.key,
        criterion.label,
        _("How do you assess it? Write a note first if you want one, then choose."),
        VERDICT,
        hint=criterion.guideline,
        wording=criterion.wording,
        was=criterion.was,
    )


def beside(key: str, record: Record | None) -> tuple[Text, ...]:
    """The group's own verdict and words on a criterion; () for any other question."""
    criterion = next((one for one in CRITERIA if one.key == key), None)
    if criterion is None or record is None:
        return ()
    wanted = {key, *(question.key for question in criterion.questions)}
    said: list[Text] = []
    for entry in record.entries:
        if entry.key in wanted:
            label = _("The group") if entry.key == key else entry.label
            said += [_("{label}:", label=label), *entry.shown]
    return tuple(said)


def gone_criteria(one: Assessment, record: Record | None) -> Iterator[Criterion]:
    """The criteria of an assessment that are none any more, in the words of the record where they stand in it."""
    entries = {entry.key: entry for entry in record.entries} if record else {}
    for key in sorted(one.verdicts.keys() - {criterion.key for criterion in CRITERIA}):
        entry = entries.get(key)
        label = entry.label if entry else _("A criterion that is no longer asked about")
        wording = entry.wording or entry.ask if entry else label
        yield Criterion(key, label, wording, wording, wording, label, ())


def _verdict(criterion: Criterion, background: Background) -> Prefilled | None:
    """The last verdict, unless it was on other answers than those that stand there now. Law: nobody confirms a judgement on what was not read."""
    one, key = initiation(background.case).assessment, criterion.key
    if one is None or key not in one.verdicts:
        return None
    if sent_since(background, one.at) & {key, *(question.key for question in criterion.questions)}:
        return None
    return Prefilled({"id": one.verdicts[key], "words": one.notes.get(key, "")}, one.called)


def _district(background: Background) -> Prefilled | None:
    one, district = initiation(background.case).assessment, background.case.district
    return Prefilled(district, one.called if one else _("the area that the application names")) if district else None


def _summary(background: Background) -> Prefilled | None:
    one = initiation(background.case).assessment
    return Prefilled(one.summary, one.called) if one and one.summary else None


def _after(case: Case, event: CaseEvent) -> Case:
    judged = {key: value for key, value in event.data.items() if isinstance(value, dict) and value.get("id")}
    verdicts = {key: str(value["id"]) for key, value in judged.items()}
    notes = {key: str(value["words"]) for key, value in judged.items() if value.get("words")}
    assessment = Assessment(verdicts, notes, data.text(event, "summary"), event.by, event.at)
    return known(replace(case, district=data.text(event, "district") or case.district), assessment=assessment)


def _comes_next(case: Case, _today: str) -> bool:
    return our_turn(case) and APPLICATION.key in case.kinds and not initiation(case).assessment


ASSESSMENT = Step(
    id="assessment",
    by="staff",
    internal=True,
    after=_after,
    says=_("{name} assessed it."),
    label=_("Assess"),
    dialog=dialog(
        "assessment",
        _("Assessment"),
        *(judged(criterion) for criterion in CRITERIA),
        Question(
            "district",
            _("District"),
            _("Which district is it in?"),
            OneChoice(among("districts")),
            optional=True,
            hint=_("It is for the overview, so that support is spread fairly over the city."),
        ),
        Question(
            "summary",
            _("Internal note"),
            _("A note for your colleagues on the whole?"),
            FreeText(),
            optional=True,
            hint=_("Internal. The applicants are not told. It can still become a public document."),
        ),
        send=_("Save the assessment"),
        done=_("The assessment is saved"),
        review=(_("This is your assessment. The applicants do not see it. The Technical Committee decides."),),
    ),
    group=group.ASSESSMENT,
    opens=sent_to_us,
    prefilled={
        **{criterion.key: partial(_verdict, criterion) for criterion in CRITERIA},
        "district": _district,
        "summary": _summary,
    },
    beside="criteria",
    comes_next=_comes_next,
    rank=10,
)
