"""What applicants throw away: a small dialog that they call off, or a draft, after being asked twice whether they are sure."""

from dialogs.applicants import rooms
from dialogs.applicants.acts import Drop, Leave, Response, Switch
from dialogs.applicants.where import Open, Standing
from dialogs.engine.draft import path
from dialogs.language.replies import Button, Tell
from dialogs.language.words import _, n_
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.steps import DIALOGS


def call_off(standing: Standing, here: Open) -> Response:
    """Drop this draft and go back to the application beside it, if any. Nothing was sent.

    What takes longer to write than to read is deleted like an application: not by one tap.
    """
    if (DIALOGS[here.dialog].call_off == "after asking" or here.writers) and _answers(here):
        return delete(standing, "delete", here)
    beside = next((one for one in standing.applications() if one.case == here.case), None)
    return Response(
        (Tell((_("Called off. Nothing was sent."),)),),
        (Drop(here.draft.id), Switch(beside.draft.id if beside else 0)),
        show=True,
    )


def delete(standing: Standing, step: str, one: Open | None) -> Response:
    """The `step` of deleting a draft: "delete" and "delete2" ask, "delete3" does it; "leave" leaves one that others write, too.

    Where it has come to be written by others since the button was shown, or by nobody else any more, it is asked anew.
    """
    if one is None:
        return Response((Tell((_("There is no draft to delete."),)), rooms.home(standing)))
    if one.writers and one.dialog == APPLICATION.key:
        return _leave(standing, step, one)
    step = "delete" if step == "leave" else step
    count = _answers(one)
    others = (_("Others write it, too: it is gone for them as well, and they are told."),) if one.writers else ()
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
                        (words, *others),
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


def _leave(standing: Standing, step: str, one: Open) -> Response:
    """The `step` of leaving a draft that others write, too: nothing of theirs goes."""
    name = rooms.name_of(one)
    if step == "leave":
        left = Tell((_("You have left it. The others go on with it, and have been told."),), tone="good")
        at_hand = standing.at_hand if standing.at_hand != one.draft.id else 0
        return Response((left,), (Leave(one.case), Switch(at_hand)), show=True)
    words = [
        _("Others write “{draft}” with you, so it is not deleted: you leave it, and it stays with them.", draft=name),
        _("You no longer see it. They can invite you again."),
    ]
    if any(sent.case == one.case for sent in standing.sent):
        words.append(_("What was sent in it is then no longer here for you, either."))
    rows = (
        (Button(_("No, I stay"), "resume", weight="main"),),
        (Button(_("Yes, I leave it"), f"leave:{one.draft.id}", weight="grave", final=True),),
    )
    return Response((Tell(tuple(words), title=_("Leave “{draft}”", draft=name), rows=rows),))


def _answers(one: Open) -> int:
    """How many of its questions are answered."""
    along = path(DIALOGS[one.dialog], one.draft)
    return sum(step.key in along.known for step in along.steps)
