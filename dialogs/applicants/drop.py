"""What applicants throw away: a small dialog that they call off, or a draft, after being asked twice whether they are sure."""

from dialogs.applicants import rooms
from dialogs.applicants.where import Drop, Open, Response, Standing, Switch
from dialogs.engine.draft import path
from dialogs.language.replies import Button, Tell
from dialogs.language.words import _, n_
from dialogs.phases.steps import DIALOGS


def call_off(standing: Standing, here: Open) -> Response:
    """Drop this draft and go back to the application beside it, if any. Nothing was sent.

    What takes longer to write than to read is deleted like an application: not by one tap.
    """
    if DIALOGS[here.dialog].call_off == "after asking" and _answers(here):
        return delete(standing, "delete", here)
    beside = next((one for one in standing.applications() if one.case == here.case), None)
    return Response(
        (Tell((_("Called off. Nothing was sent."),)),),
        (Drop(here.draft.id), Switch(beside.draft.id if beside else 0)),
        show=True,
    )


def delete(standing: Standing, step: str, one: Open | None) -> Response:
    """The `step` of deleting a draft: "delete" and "delete2" ask, "delete3" does it."""
    if one is None:
        return Response((Tell((_("There is no draft to delete."),)), rooms.home(standing)))
    count = _answers(one)
    keep = Button(_("No, keep it"), "resume", weight="main")
    match step:
        case "delete":
            words = n_(
                "Delete the draft “{draft}” with {count} answer and all its files?",
                "Delete the draft “{draft}” with {count} answers and all its files?",
                count=count,
                draft=rooms.name_of(one),
            )
            return Response(
                (
                    Tell(
                        (words,),
                        title=_("Delete my draft"),
                        rows=((keep,), (Button(_("Delete…"), f"delete2:{one.draft.id}", weight="grave"),)),
                    ),
                )
            )
        case "delete2":
            words = _("Really delete it? It is gone for good, and nobody can bring it back, not even the city.")
            return Response(
                (
                    Tell(
                        (words,),
                        title=_("Delete my draft"),
                        rows=(
                            (keep,),
                            (
                                Button(
                                    _("Yes, delete it for good"), f"delete3:{one.draft.id}", weight="grave", final=True
                                ),
                            ),
                        ),
                    ),
                )
            )
    gone = Tell((_("Deleted. Nothing of it is left with us."),), tone="good")
    at_hand = standing.at_hand if standing.at_hand != one.draft.id else 0
    return Response((gone,), (Drop(one.draft.id), Switch(at_hand)), show=True)


def _answers(one: Open) -> int:
    """How many of its questions are answered."""
    along = path(DIALOGS[one.dialog], one.draft)
    return sum(step.key in along.known for step in along.steps)
