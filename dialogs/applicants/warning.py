"""The last warning before a draft is deleted because nobody has touched it for a long time."""

from dialogs.language.replies import Button, Tell
from dialogs.language.words import Moment, Text, _


def warning(draft: int, name: Text, day: Moment) -> Tell:
    """Warns for the last time that the draft will be deleted on `day`."""
    words = (
        _(
            "Nobody has touched your draft “{draft}” for a long time. It will be deleted on {date}.",
            draft=name,
            date=day,
        ),
        _("Open it and change or add something, and it stays."),
    )
    return Tell(words, rows=((Button(_("Continue"), f"open:{draft}", weight="main"),),), lasting=True)
