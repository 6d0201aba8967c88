"""What a contact person has begun and not finished: what of it can still be done, and what cannot any more."""

from dataclasses import dataclass

from bot.turns.tasks import DeskWork
from dialogs.applicants.where import Open
from dialogs.case.case import Case
from storage.cases import desk_drafts


@dataclass(frozen=True, slots=True)
class Begun:
    """The latest of what can still be done, with its case, if any; and everything whose case does not take it any more."""

    first: Open | None
    case: Case | None
    closed: tuple[Open, ...]


async def begun_by(work: DeskWork, only: Open | None = None) -> Begun:
    """What this contact person has begun, or of that `only` this."""
    there = [only] if only else await desk_drafts.of(work.connection, work.who.id)
    cases = {id: await work.case(id) for id in {one.case for one in there}}
    opened = [one for one in there if work.allowed(one.dialog, cases[one.case])]
    first = opened[0] if opened else None
    return Begun(first, cases[first.case] if first else None, tuple(one for one in there if one not in opened))


async def discard_closed(work: DeskWork) -> bool:
    """Delete what cannot be done any more, and nothing else. False when there is nothing of that kind."""
    closed = (await begun_by(work)).closed
    for one in closed:
        await desk_drafts.drop(work.connection, one.draft.id)
    return bool(closed)
