"""Disposal (gallring): what a case says is erased for good. Law: only under a recorded decision that another one has proposed, or for a reason
that the operator records on the command line; numbers that were counted stay as they were, and so does what the committee decided.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dialogs.case import data, group
from dialogs.case.case import Case, CaseEvent
from dialogs.case.rights import ContactPerson, may_see
from dialogs.case.state import CLOSED
from dialogs.case.state import DISPOSED as DISPOSED_STATE
from dialogs.case.step import Step
from dialogs.case.task import among, dialog
from dialogs.engine.declare import Question
from dialogs.kinds.day import day_of, in_words
from dialogs.kinds.kind import Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.language.ids import number_of
from dialogs.language.words import Words, _
from dialogs.phases.always.protect import ADMINISTRATORS
from dialogs.phases.initiation.decision import OUTCOMES
from dialogs.phases.initiation.part import Decision, initiation, known


def kept_of(case: Case) -> dict[str, Any]:
    """What the event of a disposal keeps of a case: what overviews count, and what the committee decided and when. Nothing that anybody wrote."""
    begun = initiation(case)
    decided = [[one.day, one.paragraph, one.outcome, one.at.isoformat()] for one in begun.decisions]
    return {
        "reference": case.reference,
        "registration": case.registration,
        "named": {"ids": [f"p{id}" for id in sorted(case.named)]},
        ADMINISTRATORS: {"ids": [f"p{id}" for id in sorted(case.by_role)]},
        "was": (case.closed or CLOSED.id) if case.kinds else case.was,
        "district": case.district,
        "locale": case.locale,
        "actors": list(begun.actors),
        "established": begun.established,
        "sent": case.sent_at.isoformat() if case.sent_at else "",
        "decided": decided,
    }


def _may(who: ContactPerson, case: Case) -> bool:
    proposed = case.proposal.person if case.proposal else 0
    return who.administrator and may_see(who, case) and who.id != proposed


def _after(case: Case, event: CaseEvent) -> Case:
    """Nothing that the case said is known any more, but what is counted."""
    named = frozenset(map(number_of, data.listed(event, "named"))) - {0}
    stays = Case(
        case.id,
        reference=data.text(event, "reference"),
        registration=data.text(event, "registration"),
        protected=bool(named),
        named=named,
        by_role=named.intersection(map(number_of, data.listed(event, ADMINISTRATORS))),
        was=data.text(event, "was"),
        district=data.text(event, "district"),
        locale=data.text(event, "locale"),
        sent_at=_instant(data.text(event, "sent")),
    )
    stays = known(
        stays,
        actors=data.listed(event, "actors"),
        established=data.text(event, "established"),
        decisions=tuple(_decisions(event.data)),
    )
    return stays.stands(DISPOSED_STATE)


def _instant(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _decisions(said: Mapping[str, Any]) -> list[Decision]:
    """The decisions without their words."""
    found = []
    for one in said.get("decided") or ():
        match one:
            case [str(day), str(paragraph), str(outcome), str(at)] if when := _instant(at):
                found.append(Decision(day, paragraph, outcome, None, "", "", "", "", when))
    return found


def _says(event: CaseEvent) -> Words:
    if reason := data.shown(event, "reason"):
        said = _("It was taken down on the command line: {reason}", reason=reason)
    else:
        said = _(
            "{name} disposed of it under the decision {number} of {day}.",
            name=event.by,
            number=data.shown(event, "number"),
            day=data.day(event, "day"),
        )
    decided = _decisions(event.data)
    return _("{said} {decided}", said=said, decided=_decided(decided[-1])) if decided else said


def _decided(one: Decision) -> Words:
    day = day_of(one.day)
    return _(
        "The Technical Committee decided on {day}, {paragraph}: {outcome}.",
        day=in_words(day) if day else one.day,
        paragraph=one.paragraph,
        outcome=OUTCOMES.get(one.outcome, one.outcome),
    )


def _opens(case: Case) -> bool:
    return case.proposal is not None and case.closed not in ("", DISPOSED_STATE.id)


def proposals_of(case: Case) -> list[list[Any]]:
    """What was proposed last, to choose it by name: whoever confirms it confirms that one, and none that came since."""
    one = case.proposal
    if one is None:
        return []
    day = day_of(one.day)
    said = _(
        "{number}, {day}: proposed by {name}",
        number=one.number,
        day=in_words(day) if day else one.day,
        name=one.by,
    )
    return [[f"e{one.id}", said]]


DISPOSED = Step(
    id="disposed",
    by="staff",
    internal=True,
    after=_after,
    says=_says,
    label=_("Dispose of the case (gallring)…"),
    dialog=dialog(
        "disposed",
        _("Dispose of the case"),
        Question("proposal", _("The decision"), _("Which decision do you carry out?"), OneChoice(among("proposals"))),
        Question(
            "certain",
            _("What it covers"),
            _("Does the decision cover everything in this case?"),
            OneChoice((Option("yes", _("Yes")), Option("no", _("No, or I am not certain")))),
            hint=_("What was sent, the files, the messages, the notes and the access log."),
        ),
        send=_("Dispose of it for good"),
        done=_("The case is disposed of"),
        review=(
            _("Really dispose of the case? It is gone for good, and nobody can bring it back, not even the city."),
            _("Its number, its days, what kind of thing happened when, and the decision stay."),
        ),
    ),
    group=group.CASE,
    opens=_opens,
    may=_may,
    rank=130,
    grave=True,
)
