"""A case is handed over to a colleague."""

from dialogs.case import data, group
from dialogs.case.background import Background
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import admitted, held_by, noted
from dialogs.case.notice import Notice, in_a_line, to_applicants
from dialogs.case.rights import may_hand_over
from dialogs.case.step import Step
from dialogs.case.task import among, dialog, name_among
from dialogs.engine.declare import Question
from dialogs.engine.prefilled import Prefilled
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.text import FreeText
from dialogs.language.ids import number_of
from dialogs.language.replies import Button, Tell
from dialogs.language.words import Words, _
from dialogs.phases.always.under_way import under_way


def _after(case: Case, event: CaseEvent) -> Case:
    holder = number_of(event.data.get("to"))
    case = held_by(noted(case, event, "note"), holder, data.text(event, "name"))
    return admitted(case, holder) if case.protected else case


def _says(event: CaseEvent) -> Words:
    return _("{name} handed it over to {other}.", name=event.by, other=data.shown(event, "name"))


def _tells(case: Case) -> tuple[Notice, ...]:
    words = _(
        "{name} is your contact person for {reference} from now on.", name=case.taken_by, reference=case.reference
    )
    rows = ((Button(_("Open the case"), f"case:{case.id}", weight="main"),),)
    mine = Tell((in_a_line(case),), title=_("A colleague has handed a case over to you"), rows=rows, lasting=True)
    told = to_applicants(_("You have a new contact person"), words)
    return (Notice("holder", mine), told) if case.kinds or case.joined else (Notice("holder", mine),)


def _opens(case: Case) -> bool:
    return case.holder != 0


def _what_is_open(background: Background) -> Prefilled | None:
    case = background.case
    waiting = (_("{committee} has not answered yet.", committee=one.committee) for one in case.away)
    lines = (*under_way(case), *waiting)
    return Prefilled(lines, _("what is open in the case today")) if lines else None


HANDOVER = Step(
    id="handover",
    by="staff",
    internal=False,
    after=_after,
    says=_says,
    label=_("Hand over to a colleague"),
    dialog=dialog(
        "handover",
        _("Hand over"),
        Question("to", _("To whom"), _("To whom do you hand the case over?"), OneChoice(among("people"))),
        Question(
            "note",
            _("For your colleague"),
            _("What does your colleague need to know?"),
            FreeText(1500),
            optional=True,
            hint=_("Internal. The applicants are not told. It can still become a public document."),
        ),
        send=_("Hand it over"),
        done=_("It is handed over"),
        review=(_("The applicants are told who has their case now."),),
        facts=lambda known: {"name": name_among(known, "people", known.get("to"))},
    ),
    group=group.CASE,
    opens=_opens,
    may=may_hand_over,
    prefilled={"note": _what_is_open},
    tells=_tells,
    moves=True,
    rank=100,
    seldom=True,
)
