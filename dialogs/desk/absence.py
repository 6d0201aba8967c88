"""A contact person's own absence, with a deputy."""

from dialogs.case.task import among, dialog
from dialogs.engine.declare import Question
from dialogs.kinds.day import Day
from dialogs.kinds.one_choice import OneChoice
from dialogs.language.words import _

ABSENCE = dialog(
    "absence",
    _("My absence"),
    Question("since", _("From"), _("From what day are you away?"), Day()),
    Question("until", _("Until"), _("Until what day, that one included?"), Day()),
    Question(
        "deputy",
        _("Deputy"),
        _("Who stands in for you?"),
        OneChoice(among("people")),
        hint=_(
            "They get your notices and can work on your cases as you can, but for protected ones in which they are not named."
        ),
    ),
    send=_("Save the absence"),
    done=_("Your absence is saved"),
)
