"""Contact persons and what each may do. Law: who may not, learns nothing, not even that there is something."""

from dataclasses import dataclass

from dialogs.case.case import Case


@dataclass(frozen=True, slots=True)
class ContactPerson:
    """A contact person: the person behind, the name colleagues and applicants read, the language, and for whom they stand in today."""

    id: int
    name: str
    locale: str
    administrator: bool = False
    stands_in_for: frozenset[int] = frozenset()
    """The absent colleagues whose deputy this is."""


def may_see(who: ContactPerson, case: Case) -> bool:
    """Everybody sees a case of which something was sent, or that the city started; a protected one, who is named."""
    return bool(case.reference) and (not case.protected or who.id in case.named)


def has(who: ContactPerson, case: Case) -> bool:
    """Whether the case is theirs today: taken by them, or by somebody for whom they stand in."""
    return case.holder != 0 and (case.holder == who.id or case.holder in who.stands_in_for)


def may_take(who: ContactPerson, case: Case) -> bool:
    """A case that nobody has."""
    return may_see(who, case) and not case.holder and case.state == "sent"


def may_work(who: ContactPerson, case: Case) -> bool:
    """Assess, ask, write, forward, decide: who has the case."""
    return may_see(who, case) and has(who, case)


def may_hand_over(who: ContactPerson, case: Case) -> bool:
    """Who has it; and an administrator, so that no case is stuck with somebody who left."""
    return may_see(who, case) and case.holder != 0 and (has(who, case) or who.administrator)


def may_read_log(who: ContactPerson, case: Case) -> bool:
    """Who opened a case is read by who has it and by administrators."""
    return may_see(who, case) and (has(who, case) or who.administrator)
