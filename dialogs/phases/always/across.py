"""What contact persons send to the applicants: a request for completion, a message, times for a meeting; and the note after the meeting."""

from dialogs.case.case import Case
from dialogs.case.task import Task, among, dialog, sent_to_us
from dialogs.engine.declare import Question
from dialogs.kinds.day import Day
from dialogs.kinds.kind import Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.text import FreeText
from dialogs.kinds.times import Times
from dialogs.language.words import _


def reachable(case: Case) -> bool:
    """Whether there are applicants to notify: they have sent something, or joined by an invitation."""
    return case.state not in ("draft", "withdrawn", "disposed") and (bool(case.kinds) or case.joined > 0)


ASK = Task(
    dialog(
        "ask",
        _("Ask for completion"),
        Question(
            "keys",
            _("What to complete"),
            _("Which answers do you want them to complete?"),
            SeveralChoices(among("askable")),
            hint=_("Only these are opened. Everything else stays as it was sent."),
        ),
        Question(
            "message",
            _("Message"),
            _("What is missing, and why do you ask? Write to them."),
            FreeText(1500),
            hint=_(
                "They read it as you write it. Short and plain words help whoever does not have Swedish as a mother tongue."
            ),
        ),
        Question("due", _("Answer by"), _("By what day do you wish an answer?"), Day()),
        send=_("Send the request"),
        done=_("The request is on its way"),
        review=(_("This goes to the applicants, who are told in their language what is asked."),),
    ),
    _("Ask for completion"),
    lambda case: sent_to_us(case) and "application" in case.kinds and case.state != "decided",
    told=True,
)

WRITE = Task(
    dialog(
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
    _("Write to the applicants"),
    reachable,
    told=True,
)

TIMES = Task(
    dialog(
        "times",
        _("Offer times for a meeting"),
        Question(
            "times",
            _("Times"),
            _("Which two or three times do you offer?"),
            Times(),
            hint=_("Write one a line, for example 2026-12-03 14:00."),
        ),
        Question(
            "place",
            _("Where"),
            _("Where do you meet? An address, or a link to a video meeting."),
            FreeText(300),
        ),
        send=_("Offer these times"),
        done=_("The times are on their way"),
        review=(_("The applicants choose one of these. Then both of you get it for the calendar."),),
    ),
    _("Offer times for a meeting"),
    reachable,
    told=True,
)

HELD = Task(
    dialog(
        "held",
        _("After the meeting"),
        Question(
            "text",
            _("After the meeting"),
            _("What was said and agreed at the meeting?"),
            FreeText(),
            hint=_("Internal. The applicants are not told. It can still become a public document."),
        ),
        send=_("Save the note"),
        done=_("The note is saved"),
    ),
    _("Note what the meeting gave"),
    lambda case: case.meeting is not None,
)
