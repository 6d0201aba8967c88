"""A contact person closes a case that nothing comes of. Law: that judges nobody (only the committee decides), and whatever the applicants do opens it again."""

from dataclasses import replace

from dialogs.case import data, group
from dialogs.case.case import Case, CaseEvent, Closing
from dialogs.case.notice import Notice, ask_back, to_applicants
from dialogs.case.rights import ContactPerson, has, may_see
from dialogs.case.state import CLOSED
from dialogs.case.step import Step
from dialogs.case.task import dialog, there
from dialogs.engine.condition import is_, not_
from dialogs.engine.declare import Question
from dialogs.kinds.kind import Known, Option, id_today
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.text import FreeText
from dialogs.language.words import Text, Words, _

SPAM, NONE_CAME = "spam", "no_application"
REASONS = (
    Option(SPAM, _("It is spam, or meant to harm")),
    Option("duplicate", _("The same thing was sent twice")),
    Option(NONE_CAME, _("No application has come of it")),
    Option("elsewhere", _("It is somebody else’s matter")),
    Option("ended", _("The group has ended it")),
)
CALLED: dict[str, Text] = {reason.id: reason.label for reason in REASONS}
WHY: dict[str, Words] = {
    "duplicate": _(
        "What {reference} is about was sent to the city twice. The city goes on with the other case, so this one is closed. Nothing that you wrote is lost."
    ),
    NONE_CAME: _("No application has come of {reference} yet, so the case is closed for now."),
    "elsewhere": _("{reference} is about something that others are responsible for, so the city closes the case here."),
    "ended": _("You have told the city that you do not go on with {reference}, so the case is closed."),
}
"""What the applicants are told, by reason. Of spam nobody is told; in the list of what they sent its sender reads that it is closed, and no more."""


def _reasons(known: Known) -> tuple[Option, ...]:
    return tuple(one for one in REASONS if one.id != NONE_CAME or not known.get("applied"))


def _may(who: ContactPerson, case: Case) -> bool:
    """Whoever has it; and anybody who sees a case that nobody has, so that nobody has to take spam, and to be named to its sender."""
    return may_see(who, case) and (has(who, case) or not case.holder)


def _opens(case: Case) -> bool:
    """Never once it is ready for the committee: from there on only the committee decides, or the group withdraws it."""
    return there(case) and not case.closed and case.waits_for != "committee"


def _after(case: Case, event: CaseEvent) -> Case:
    reason = id_today(REASONS, data.text(event, "reason"))
    closing = Closing(str(reason), data.text(event, "whose"), data.text(event, "words"), event.by, event.at, case.state)
    case = replace(case, closings=(*case.closings, closing))
    return case.stands(CLOSED).turned("nobody", event.at)


def _says(event: CaseEvent) -> Words:
    reason = id_today(REASONS, data.text(event, "reason"))
    return _("{name} closed it: {reason}.", name=event.by, reason=CALLED.get(str(reason), data.shown(event, "reason")))


def why(reference: str, closing: Closing) -> list[Text]:
    """Why a case was closed, and what can be done, for those who write it."""
    told = WHY.get(closing.reason, _("The city has closed {reference}."))
    words: list[Text] = [told.filled(reference=reference)]
    if closing.whose:
        words += [_("{label}:", label=_("Whose matter it is")), closing.whose]
    if closing.words:
        words += [_("{name} writes:", name=closing.by), closing.words]
    judged = _("Nobody has judged your idea: only the Technical Committee decides.")
    return [
        *words,
        *([judged] if closing.reason != SPAM else []),
        _("Do you want to go on, or is this not right? Write to the contact person, and the case is open again."),
    ]


def _tells(case: Case) -> tuple[Notice, ...]:
    closing = case.closing
    if closing is None or closing.reason == SPAM:
        return ()
    return (to_applicants(_("Your case is closed"), *why(case.reference, closing), rows=(ask_back(case),)),)


CLOSE = Step(
    id="close",
    by="staff",
    internal=False,
    after=_after,
    says=_says,
    label=_("Close the case…"),
    dialog=dialog(
        "close",
        _("Close the case"),
        Question(
            "reason",
            _("Reason"),
            _("Why is the case closed?"),
            OneChoice(_reasons),
            hint=_("What another committee is responsible for is forwarded to it, never just closed."),
        ),
        Question(
            "whose",
            _("Whose matter it is"),
            _("Whose matter is it, and how do the applicants reach them?"),
            FreeText(500),
            when=is_("reason", "elsewhere"),
        ),
        Question(
            "words",
            _("To the applicants"),
            _("Do you want to write something to the applicants beside that?"),
            FreeText(1500),
            optional=True,
            when=not_(is_("reason", SPAM)),
        ),
        send=_("Close the case"),
        done=_("The case is closed"),
        review=(
            _(
                "The applicants are told why, kindly, and that the case opens again when they write. Of spam nobody is told."
            ),
        ),
    ),
    group=group.CASE,
    opens=_opens,
    may=_may,
    tells=_tells,
    shares=True,
    keeps_locale=True,
    rank=125,
    seldom=True,
)
