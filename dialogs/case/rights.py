"""Contact persons and what each may do. Law: someone who may not see a thing learns nothing, not even that it is there."""

from dataclasses import dataclass, field

from dialogs.case.case import Case
from dialogs.case.state import SENT


@dataclass(frozen=True, slots=True)
class ContactPerson:
    """A contact person: the person's id, the name that colleagues and applicants read, the language, and whom they stand in for today."""

    id: int
    name: str
    locale: str
    administrator: bool = False
    stands_in_for: frozenset[int] = frozenset()
    """The ids of the absent colleagues they stand in for."""
    door: str = field(default="", compare=False, repr=False)
    """The address of the session on the web by which they came, "" for none."""


def may_see(who: ContactPerson, case: Case) -> bool:
    """Everybody may see a case in which something was sent or that the city started; a protected case, only those named, and who is
    named as an administrator only while they are one.
    """
    return bool(case.reference) and (not case.protected or _named(who, case))


def _named(who: ContactPerson, case: Case) -> bool:
    return who.id in case.named and (who.administrator or who.id not in case.by_role)


def has(who: ContactPerson, case: Case) -> bool:
    """Whether the case is theirs today: held by them, or by somebody they stand in for."""
    return case.holder != 0 and (case.holder == who.id or case.holder in who.stands_in_for)


def may_take(who: ContactPerson, case: Case) -> bool:
    """Anybody who may see a case may take it, once it is sent and while nobody has it."""
    return may_see(who, case) and not case.holder and case.state == SENT.id


def may_work(who: ContactPerson, case: Case) -> bool:
    """Only someone who has the case may assess, ask, write, forward and decide."""
    return may_see(who, case) and has(who, case)


def may_hand_over(who: ContactPerson, case: Case) -> bool:
    """Someone who has the case may hand it over; so may an administrator, so that no case is stuck with somebody who left."""
    return case.holder != 0 and may_let_see(who, case)


def may_let_see(who: ContactPerson, case: Case) -> bool:
    """Someone who has the case says who else sees it; so does an administrator, who alone does where its sender was promised that."""
    return may_see(who, case) and (who.administrator or (has(who, case) and not case.promised))


def may_read_log(who: ContactPerson, case: Case) -> bool:
    """Someone who has the case may read who opened it; so may administrators."""
    return may_see(who, case) and (has(who, case) or who.administrator)
