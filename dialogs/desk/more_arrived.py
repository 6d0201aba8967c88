"""One notice for many: what a contact person reads when too much comes in to report each thing."""

from dialogs.language.replies import Button, Tell
from dialogs.language.words import Text, _


def more_arrived(link: str) -> Tell:
    """One notice for many: so much has come in within an hour that the rest is not reported one by one."""
    words: tuple[Text, ...] = (_("So much has come in that I do not tell you of each. All of it is in the queue."),)
    rows = ((Button(_("The queue"), "queue", weight="main"),),)
    more = (_("Open the queue: {link}", link=link),) if link else ()
    return Tell((*words, *more), title=_("More has come in"), rows=rows, lasting=True)
