"""Where a group stands, before it writes its application: which criteria it does not meet yet."""

from dialogs.case.criterion import Criterion, unmet
from dialogs.engine.condition import any_of, is_
from dialogs.engine.declare import Question
from dialogs.kinds.card import Card
from dialogs.kinds.kind import Known
from dialogs.language.words import Text, _, n_


def standing(criteria: tuple[Criterion, ...]) -> Question:
    """The card that says how many of `criteria` the group meets and names the others; asked where there is such a one."""

    def where_one_stands(known: Known) -> tuple[Text, ...]:
        missing = unmet(criteria, known)
        return (
            _how_many(len(criteria) - len(missing), len(criteria)),
            *(_("• {criterion}", criterion=criterion.label) for criterion in missing),
            _(
                "Nobody turns you away because of this. You can come back to this draft whenever you like, ask the contact person for a first meeting, or go on now."
            ),
        )

    return Question(
        "standing",
        _("Where you stand"),
        _("How do you want to go on?"),
        Card(_("Go on with the application"), body=where_one_stands),
        when=any_of(*(is_(criterion.key, "not_yet", "dont_know") for criterion in criteria)),
        ways=(("meeting", _("Ask for a first meeting")), ("later", _("Stop here, keep the draft"))),
    )


def _how_many(met: int, all: int) -> Text:
    if not met:
        return _(
            "You do not meet any of the {all} criteria yet. That is where everybody begins. This is what you do not have yet:",
            all=all,
        )
    return n_(
        "You meet {count} of the {all} criteria, at least in part. This is what you do not have yet:",
        "You meet {count} of the {all} criteria, at least in part. This is what you do not have yet:",
        count=met,
        all=all,
    )
