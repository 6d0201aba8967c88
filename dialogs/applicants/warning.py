"""The last word before a draft is deleted for its long silence."""

from dialogs.language.replies import Button, Tell
from dialogs.language.words import Moment, Text, _


def warning(draft: int, name: Text, day: Moment) -> Tell:
    """The last word before a draft is deleted for its long silence."""
    words = (
        _(
            "Nobody has touched your draft “{draft}” for a long time. It will be deleted on {date}.",
            draft=name,
            date=day,
        ),
        _("Open it and change or add something, and it stays."),
    )
    return Tell(words, rows=((Button(_("Continue"), f"open:{draft}", weight="main"),),), lasting=True)
