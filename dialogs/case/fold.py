"""What several steps make of a case alike."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.case.case import Case, CaseEvent, Note
from dialogs.case.data import listed, text, title
from dialogs.case.state import DISPOSED, DRAFT, SENT, TAKEN, WITHDRAWN
from dialogs.language.ids import number_of


def sent(case: Case, event: CaseEvent, dialog: str) -> Case:
    """Applicants sent this dialog: the case waits for the city. It is protected from here on if they have protected personal data."""
    case = replace(
        to_work(case) if case.state == DRAFT.id else case,
        reference=case.reference or text(event, "reference"),
        title=title(event) or case.title,
        locale=text(event, "locale") or case.locale,
        kinds=tuple(dict.fromkeys((*case.kinds, dialog))),
    )
    if event.data.get("protects") is True:
        case = replace(case if case.protected else protected(case, event, by_role="named"), promised=True)
    return case.turned("city", event.at)


def protected(case: Case, event: CaseEvent, key: str = "", *, by_role: str) -> Case:
    """The case protected, for whoever has it, those whom the event names under `key`, and, while they are administrators, those `by_role`."""
    named = {number_of(one) for one in listed(event, key)} | {case.holder} - {0}
    role = {number_of(one) for one in listed(event, by_role)} - named - {0}
    return replace(case, protected=True, named=frozenset((named | role) - {0}), by_role=frozenset(role))


def admitted(case: Case, *people: int) -> Case:
    """The case, which these may see while it is protected, whatever their role."""
    return replace(case, named=case.named | set(people) - {0}, by_role=case.by_role - set(people))


def to_work(case: Case) -> Case:
    """The case with its contact person, or with whoever takes it while it has none."""
    return case.stands(TAKEN if case.holder else SENT)


def afresh(case: Case) -> Case:
    """The case at work again, if it was withdrawn or disposed of. Law: a contact person can work on what was written beside that and is sent later."""
    return to_work(case) if case.state in (WITHDRAWN.id, DISPOSED.id) else case


def reopened(case: Case, at: datetime) -> Case:
    """A case that a contact person closed, where it stood before, and waiting for the city; any other case where it is. Nobody proposes any more to
    dispose of it.
    """
    case = replace(case, kept=False, proposal=None) if case.kept or case.proposal else case
    if case.closing is None:
        return case
    return replace(case, state=case.closing.before, closed="").turned("city", at)


def noted(case: Case, event: CaseEvent, key: str, about: str = "") -> Case:
    """A contact person wrote a note, if there is one under this key."""
    said = text(event, key)
    return replace(case, notes=(*case.notes, Note(event.id, said, event.by, event.at, about))) if said else case


def last_offer(case: Case, **values: Any) -> Case:
    """The case with this known of the times that were offered last; the same case where none were."""
    if not case.offers:
        return case
    return replace(case, offers=(*case.offers[:-1], replace(case.offers[-1], **values)))


def held_by(case: Case, person: int, name: str) -> Case:
    """The case with this contact person."""
    case = replace(case, holder=person, taken_by=name, by_role=case.by_role - {person})
    return case.stands(TAKEN) if case.state == SENT.id else case
