"""The reminder of an open draft."""

from dialogs.language.replies import Button, Tell
from dialogs.language.words import Text, _


def reminder(draft: int, name: Text) -> Tell:
    """One gentle reminder of an open draft."""
    words = (
        _("Your draft “{draft}” is still here. Would you like to go on with it?", draft=name),
        _("This is the only reminder about it."),
    )
    rows = (
        (Button(_("Continue"), f"open:{draft}", weight="main"),),
        (Button(_("No more reminders"), "quiet", weight="quiet"),),
    )
    return Tell(words, rows=rows, lasting=True)
