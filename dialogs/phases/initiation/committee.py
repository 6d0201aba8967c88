"""To the Technical Committee (TN): ready for its meeting, and what it decided. Law: only TN decides; the contact person records the decision."""

from dialogs.case.case import Case
from dialogs.case.task import Task, dialog, sent_to_us
from dialogs.engine.declare import Question, is_
from dialogs.kinds.amount import Amount
from dialogs.kinds.day import Day
from dialogs.kinds.kind import Option
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.text import FreeText
from dialogs.language.words import Words, _

OUTCOMES: dict[str, Words] = {
    "granted": _("Granted"),
    "granted_in_part": _("Granted in part"),
    "refused": _("Refused"),
    "referred_back": _("Referred back"),
    "forwarded": _("Forwarded to another committee"),
}

READY = Task(
    dialog(
        "ready",
        _("Ready for the Technical Committee"),
        Question(
            "registration",
            _("Registration number"),
            _("Which registration number (diarienummer) has the registry given it?"),
            FreeText(40, least=3),
            hint=_("For example TN-2019-3825."),
        ),
        Question("meeting_day", _("The committee’s meeting"), _("At which meeting is it decided?"), Day()),
        send=_("It is ready"),
        done=_("It is ready for the Technical Committee"),
        review=(_("The applicants are told when the committee meets."),),
    ),
    _("Ready for the Technical Committee"),
    lambda case: sent_to_us(case) and "application" in case.kinds and case.state in ("taken", "ready"),
    told=True,
    prefill=lambda case: {"registration": case.ready.registration} if case.ready else {},
)


def _decidable(case: Case) -> bool:
    return case.state == "ready"


DECISION = Task(
    dialog(
        "decision",
        _("The Technical Committee’s decision"),
        Question(
            "outcome",
            _("Outcome"),
            _("What did the Technical Committee decide?"),
            OneChoice(tuple(Option(id, label) for id, label in OUTCOMES.items())),
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
    _("Enter the decision"),
    _decidable,
    told=True,
)
