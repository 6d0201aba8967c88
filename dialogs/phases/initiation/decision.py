"""What the Technical Committee (TN) decided. Law: only TN decides; the contact person records the decision."""

from dialogs.case import data, group
from dialogs.case.background import Background
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import to_work
from dialogs.case.notice import Notice, ask_back, moment_of, to_applicants
from dialogs.case.state import Mark, State
from dialogs.case.step import Step
from dialogs.case.task import dialog
from dialogs.engine.condition import is_
from dialogs.engine.declare import Question
from dialogs.engine.prefilled import Prefilled
from dialogs.kinds.amount import Amount, is_amount
from dialogs.kinds.day import Day
from dialogs.kinds.kind import Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.text import FreeText
from dialogs.language.words import Text, Words, _
from dialogs.phases.initiation.part import Decision, initiation, known
from dialogs.phases.initiation.ready import READY_STATE

DECIDED = State("decided", _("Decided"), 70, 60, Mark("#4a8f2c", "M0 1h6M0 4h6"), over=True)
FINAL = ("granted", "granted_in_part", "refused")
"""After the other outcomes the phase goes on: the committee wants to know more, or another one may hand the matter back."""
OUTCOME = OneChoice(
    (
        Option("granted", _("Granted")),
        Option("granted_in_part", _("Granted in part")),
        Option("refused", _("Refused")),
        Option("referred_back", _("Referred back")),
        Option("forwarded", _("Forwarded to another committee")),
    )
)
OUTCOMES: dict[str, Text] = {option.id: option.label for option in OUTCOME.among({})}

PLAIN: dict[str, Words] = {
    "granted": _("The Technical Committee has said yes to your application {reference}."),
    "granted_in_part": _("The Technical Committee has said yes to a part of your application {reference}."),
    "refused": _(
        "The Technical Committee has said no to your application {reference}. You can write to your contact person about what it means and what you can do now."
    ),
    "referred_back": _(
        "The Technical Committee wants to know more before it decides about your application {reference}. Your contact person gets in touch with you."
    ),
    "forwarded": _(
        "The Technical Committee has handed your application {reference} on to another committee, whose matter it is."
    ),
}
"""The outcome in plain words."""


def _opens(case: Case) -> bool:
    return case.state == READY_STATE.id


def decided(case: Case) -> bool:
    """Whether the Technical Committee has said yes or no, at least in part."""
    decision = initiation(case).decision
    return decision is not None and decision.outcome in FINAL


def _met(background: Background) -> Prefilled | None:
    ready = initiation(background.case).ready
    return Prefilled(ready.meeting, ready.called) if ready and ready.meeting <= background.day else None


def _after(case: Case, event: CaseEvent) -> Case:
    outcome, sum = data.text(event, "outcome"), event.data.get("sum")
    decision = Decision(
        data.text(event, "day"),
        data.text(event, "paragraph"),
        outcome,
        sum if is_amount(sum) else None,
        data.text(event, "conditions"),
        data.text(event, "reservation"),
        data.text(event, "text"),
        event.by,
        event.at,
    )
    case = known(case, decisions=(*initiation(case).decisions, decision))
    if outcome == "referred_back":
        return to_work(case).turned("city", event.at)
    return case.stands(DECIDED).turned("elsewhere" if outcome == "forwarded" else "nobody", event.at)


def _says(event: CaseEvent) -> Words:
    outcome = OUTCOMES.get(data.shown(event, "outcome"))
    return _(
        "The Technical Committee decided on {day}, {paragraph}: {outcome}.",
        day=data.day(event, "day"),
        paragraph=data.shown(event, "paragraph"),
        outcome=outcome or data.shown(event, "outcome"),
    )


def _tells(case: Case) -> tuple[Notice, ...]:
    one = initiation(case).decision
    if one is None or one.outcome not in OUTCOMES:
        return ()
    words: list[Text] = [PLAIN[one.outcome].filled(reference=case.reference)]
    if one.sum is not None:
        words.append(_("For dialogue work the city contributes {sum} kronor.", sum=one.sum))
    if one.conditions:
        words += [_("{label}:", label=_("Conditions")), one.conditions]
    if day := moment_of(one.day):
        words.append(_("Decided on {day}, {paragraph}.", day=day, paragraph=one.paragraph))
    words += [_("{label}:", label=_("The official words, in Swedish")), one.text]
    return (to_applicants(_("The Technical Committee has decided"), *words, rows=(ask_back(case),)),)


def _comes_next(case: Case, today: str) -> bool:
    ready = initiation(case).ready
    return _opens(case) and ready is not None and ready.meeting <= today


DECISION = Step(
    id="decision",
    by="staff",
    internal=False,
    after=_after,
    says=_says,
    label=_("Enter the decision"),
    dialog=dialog(
        "decision",
        _("The Technical Committee’s decision"),
        Question(
            "outcome",
            _("Outcome"),
            _("What did the Technical Committee decide?"),
            OUTCOME,
        ),
        Question("day", _("Day"), _("On which day?"), Day(past=True, future=False)),
        Question("paragraph", _("Paragraph"), _("Under which paragraph?"), FreeText(40), hint=_("For example § 278.")),
        Question(
            "sum",
            _("Sum for dialogue work"),
            _("Which sum for dialogue work, in kronor?"),
            Amount(),
            optional=True,
            when=is_("outcome", "granted", "granted_in_part"),
        ),
        Question("conditions", _("Conditions"), _("Under which conditions?"), FreeText(), optional=True),
        Question("reservation", _("Reservation"), _("Was there a reservation?"), FreeText(), optional=True),
        Question(
            "text",
            _("The official words"),
            _("The decision in its official words, from the minutes:"),
            FreeText(),
            hint=_("The applicants read it in Swedish below the plain words in their own language."),
        ),
        send=_("Enter the decision and tell the applicants"),
        done=_("The decision is entered"),
        review=(_("Check it against the minutes. The applicants are told at once."),),
    ),
    group=group.COMMITTEE,
    opens=_opens,
    prefilled={"day": _met},
    tells=_tells,
    shares=True,
    comes_next=_comes_next,
    rank=80,
)
