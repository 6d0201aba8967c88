"""A contact person writes to the applicants."""

from dataclasses import replace

from dialogs.case import data, group
from dialogs.case.case import Case, CaseEvent, Message
from dialogs.case.notice import Notice, answer, to_applicants
from dialogs.case.step import Step
from dialogs.case.task import dialog, reachable, unanswered
from dialogs.engine.declare import Question
from dialogs.kinds.kind import Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.text import FreeText
from dialogs.language.words import _


def _after(case: Case, event: CaseEvent) -> Case:
    message = Message(event.id, event.by, data.text(event, "text"), data.text(event, "locale"), event.at)
    case = replace(case, messages=(*case.messages, message))
    return case.turned("applicants", event.at) if event.data.get("ball") == "applicants" else case


def _tells(case: Case) -> tuple[Notice, ...]:
    last = case.messages[-1]
    words = _("{name} writes about {reference}:", name=last.by, reference=case.reference)
    return (to_applicants(_("A message from your contact person"), words, last.text, rows=(answer(case),)),)


def _comes_next(case: Case, _today: str) -> bool:
    return case.waits_for == "city" and unanswered(case)


WRITE = Step(
    id="write",
    by="staff",
    internal=False,
    after=_after,
    says=_("{name} wrote to the applicants."),
    label=_("Write to the applicants"),
    dialog=dialog(
        "write",
        _("Write to the applicants"),
        Question("text", _("Message"), _("What do you want to write to them?"), FreeText()),
        Question(
            "ball",
            _("Whose turn it is"),
            _("Whose turn is it after this?"),
            OneChoice(
                (
                    Option("applicants", _("Theirs: I wait for an answer")),
                    Option("city", _("Ours: it is for their information")),
                )
            ),
        ),
        send=_("Send the message"),
        done=_("The message is on its way"),
        review=(_("This goes to the applicants as you wrote it."),),
    ),
    group=group.APPLICANTS,
    opens=reachable,
    tells=_tells,
    shares=True,
    keeps_locale=True,
    beside="talk",
    comes_next=_comes_next,
    rank=30,
)
