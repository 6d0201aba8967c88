"""Other committees: handing the matter on, whole or in part; asking for a view; and noting what came back.

Law (domain): whatever concerns another committee is handed on, never dropped; every hand-over says who has it, since when, and what is expected.
"""

from dialogs.case.case import Case
from dialogs.case.task import Task, among, dialog, name_among, sent_to_us
from dialogs.engine.declare import Question, is_
from dialogs.kinds.day import Day
from dialogs.kinds.kind import Known, Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.text import FreeText
from dialogs.language.words import _


def _committee(known: Known) -> dict[str, object]:
    """The committee's name as it is today, kept with the event."""
    return {
        "committee": name_among(known, "committees", known.get("committee")),
        "committee_id": known.get("committee"),
    }


COMMITTEE = OneChoice(among("committees"))

FORWARD = Task(
    dialog(
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
        facts=_committee,
    ),
    _("Forward to another committee"),
    lambda case: sent_to_us(case) and case.state not in ("decided", "forwarded"),
    told=True,
)

VIEW = Task(
    dialog(
        "view",
        _("Ask another committee for its view"),
        Question("committee", _("Whom"), _("Whose view do you ask for?"), COMMITTEE),
        Question("part", _("What about"), _("What do you ask about?"), FreeText(1500)),
        Question("due", _("By"), _("By what day?"), Day()),
        send=_("Note the question"),
        done=_("The question is noted"),
        review=(_("The case stays with you. The applicants are not told of this."),),
        facts=_committee,
    ),
    _("Ask another committee for its view"),
    lambda case: sent_to_us(case) and case.state != "decided",
)

BACK = Task(
    dialog(
        "back",
        _("An answer came back"),
        Question("which", _("Which"), _("Which of these was answered?"), OneChoice(among("parts"))),
        Question("answer", _("The answer"), _("What did they answer?"), FreeText()),
        send=_("Note the answer"),
        done=_("The answer is noted"),
    ),
    _("Note what another committee answered"),
    lambda case: bool(case.away),
)


def parts_of(case: Case) -> list[list[str]]:
    """What other committees have not answered, to choose from."""
    return [[f"e{part.id}", f"{part.committee}: {part.what}" if part.what else part.committee] for part in case.away]
