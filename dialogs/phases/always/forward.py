"""A matter is forwarded to another committee, as a whole or in part."""

from dialogs.case import data, group
from dialogs.case.case import Case, CaseEvent
from dialogs.case.notice import Notice, ask_back, moment_of, to_applicants
from dialogs.case.state import FORWARDED
from dialogs.case.step import Step
from dialogs.case.task import dialog, sent_to_us
from dialogs.engine.condition import is_
from dialogs.engine.declare import Question
from dialogs.kinds.day import Day
from dialogs.kinds.kind import Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.text import FreeText
from dialogs.language.words import Text, Words, _
from dialogs.phases.always.committee import COMMITTEE, inside, named, referred


def _after(case: Case, event: CaseEvent) -> Case:
    if event.data.get("extent") != "whole":
        return referred(case, event, "part")
    return referred(case, event, "whole").stands(FORWARDED).turned("elsewhere", event.at)


def _opens(case: Case) -> bool:
    return sent_to_us(case) and not case.closed and case.state != FORWARDED.id


def _says(event: CaseEvent) -> Words:
    committee = inside(data.shown(event, "committee"))
    if event.data.get("extent") == "whole":
        return _("{name} forwarded the whole matter to {committee}.", name=event.by, committee=committee)
    return _(
        "{name} forwarded a part to {committee}: {part}",
        name=event.by,
        committee=committee,
        part=data.shown(event, "part"),
    )


def _tells(case: Case) -> tuple[Notice, ...]:
    part = case.referrals[-1]
    words: list[Text] = (
        [
            _(
                "Your case {reference} is about something that another committee is responsible for. {committee} has it from now on.",
                reference=case.reference,
                committee=part.committee,
            )
        ]
        if part.kind == "whole"
        else [
            _(
                "A part of your case {reference} is about something that another committee is responsible for. {committee} has that part from now on:",
                reference=case.reference,
                committee=part.committee,
            ),
            part.what,
            _("The rest stays with {name}.", name=case.taken_by),
        ]
    )
    words += [_("{label}:", label=_("The reason")), part.reason]
    words += [_("{label}:", label=_("What is expected of them")), part.expected]
    if due := moment_of(part.due):
        words.append(_("They are asked to answer by {day}.", day=due))
    return (to_applicants(_("Who has your case now"), *words, rows=(ask_back(case),)),)


FORWARD = Step(
    id="forward",
    by="staff",
    internal=False,
    after=_after,
    says=_says,
    label=_("Forward to another committee"),
    dialog=dialog(
        "forward",
        _("Forward"),
        Question(
            "extent",
            _("How much"),
            _("Does another committee take over the whole matter, or a part of it?"),
            OneChoice((Option("whole", _("The whole matter")), Option("part", _("A part of it")))),
        ),
        Question(
            "part",
            _("Which part"),
            _("Which part do you hand on?"),
            FreeText(500),
            when=is_("extent", "part"),
        ),
        Question("committee", _("To whom"), _("To whom do you hand it on?"), COMMITTEE),
        Question("reason", _("Reason"), _("Why is it theirs?"), FreeText(1500)),
        Question(
            "expected",
            _("What is expected"),
            _("What do you expect of them, and with what do they contribute?"),
            FreeText(1500),
        ),
        Question("due", _("By"), _("By what day?"), Day(), optional=True),
        send=_("Forward it"),
        done=_("It is forwarded"),
        review=(
            _(
                "The applicants are told who has the matter now. Send the documents to the committee as the registry does it; this keeps the line."
            ),
        ),
        facts=named,
    ),
    group=group.ELSEWHERE,
    opens=_opens,
    tells=_tells,
    shares=True,
    rank=60,
    seldom=True,
)
