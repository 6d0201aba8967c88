"""A case is protected (sekretessmarkering): only those who are named see it."""

from collections.abc import Iterable

from dialogs.case import data, group
from dialogs.case.case import Case, CaseEvent
from dialogs.case.fold import admitted, protected
from dialogs.case.rights import ContactPerson, has, may_see
from dialogs.case.state import DISPOSED
from dialogs.case.step import Step
from dialogs.case.task import among, dialog, names_among
from dialogs.engine.declare import Question
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.text import FreeText
from dialogs.language.words import Listing, Words, _


def _after(case: Case, event: CaseEvent) -> Case:
    return admitted(protected(case, event, "named", by_role=ADMINISTRATORS), event.person)


def _opens(case: Case) -> bool:
    return not case.protected and case.state != DISPOSED.id


def _may(who: ContactPerson, case: Case) -> bool:
    """Whoever has it, an administrator, and anybody who sees a case that nobody has: what is secret does not wait until somebody takes it."""
    return may_see(who, case) and (has(who, case) or who.administrator or not case.holder)


def named_in(event: CaseEvent, said: Words) -> Words:
    """What a step did, and for whom: the names of those whom it named, as they were then."""
    names = data.listed(event, "names")
    more = _("{reference}: {what}", reference=_("Who else may see it"), what=Listing(names))
    return _("{said} {decided}", said=said, decided=more) if names else said


def who_sees(names: tuple[str, ...]) -> Words:
    """Who may see a protected case, in a line."""
    return _("{reference}: {what}", reference=_("Who may see it"), what=Listing(names))


def _says(event: CaseEvent) -> Words:
    return named_in(event, _("{name} protected the case.", name=event.by))


ADMINISTRATORS = "administrators"
"""The key under which its event names the administrators of that day, where nobody has the case: so that no contact person alone has hidden it."""


def named_under(named: Iterable[int], by_role: Iterable[int]) -> dict[str, dict[str, list[str]]]:
    """The data of its event, where the program names people by their ids."""
    return {
        key: {"ids": [f"p{id}" for id in sorted(ids)]} for key, ids in (("named", named), (ADMINISTRATORS, by_role))
    }


PROTECT = Step(
    id="protect",
    by="staff",
    internal=True,
    after=_after,
    says=_says,
    holds=True,
    says_unsigned=_("On the command line somebody else was named who may see it."),
    label=_("Protect (sekretessmarkering)"),
    dialog=dialog(
        "protect",
        _("Protect the case"),
        Question(
            "named",
            _("Who may see it"),
            _("Who may see it, beside you? Nobody else will find it in the queue, in the overview or in exports."),
            SeveralChoices(among("people"), least=0),
            hint=_(
                "Marking for secrecy (sekretessmarkering) is a warning, not a decision: each request for the document is still tried."
            ),
        ),
        Question("reason", _("Reason"), _("Why is it protected?"), FreeText(500), optional=True),
        send=_("Protect it"),
        done=_("The case is protected"),
        facts=lambda known: {"names": names_among(known, "people", known.get("named"))},
        review=(_("Whoever has the case sees it as well. While nobody has it, the administrators do."),),
    ),
    group=group.CASE,
    opens=_opens,
    may=_may,
    hides=True,
    rank=110,
    seldom=True,
)
