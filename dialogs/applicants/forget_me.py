"""Deleting everything about oneself: what goes and what stays, said before it is done and after."""

from dialogs.applicants.rooms import COMMANDS, CONFIRM
from dialogs.applicants.where import Standing
from dialogs.language.replies import Button, Tell
from dialogs.language.words import Words, _

ENDS = _("Every private link and every browser in which this is open ends.")
NEWS = _("News of what you have sent then come only where you asked the city to answer.")


UNCONFIRMED = _("Your e-mail address is not confirmed: letters there say only a number, and nobody can read more.")
UNANSWERED = _("The city can then not answer you any more: it answers in this chat alone.")


def forget(standing: Standing, kept: bool = False, ends: bool = True) -> Tell:
    """What will be deleted and what stays, before anything is deleted. `kept`: they sent something in a case that they do not write any more.
    `ends`: this chat itself ends, as it does where it is open in browsers.
    """
    drafts = _("All your drafts and their files are deleted for good.")
    shared = _("A draft that others write with you stays with them.")
    words = (
        (drafts, ENDS, shared, *_news(standing, ends), stays(standing))
        if standing.arrived or kept
        else (
            drafts,
            _("Your language and what this chat needs to reach you are deleted, too."),
            ENDS,
            shared,
            _("Nothing else about you is left."),
        )
    )
    rows = (
        (Button(_("No, keep everything"), "resume", weight="main"),),
        *(((Button(CONFIRM, "code"),),) if ends and standing.unconfirmed else ()),
        (Button(_("Yes, delete everything for good"), "forget2", weight="grave", final=True),),
    )
    return Tell(words, title=COMMANDS["forget"], rows=rows)


def _news(standing: Standing, ends: bool) -> tuple[Words, ...]:
    """Where news of what was sent reach them then. Where this chat goes on, somebody without a name is answered in it as before."""
    if standing.nameless:
        return (UNANSWERED,) if ends else ()
    return (NEWS, UNCONFIRMED) if ends and standing.unconfirmed else (NEWS,)


def forgotten(standing: Standing) -> Tell:
    """What has been deleted, and what has not."""
    gone = _("All your drafts are deleted. Nothing of them is left with us.")
    return Tell((gone, *((stays(standing),) if standing.arrived else ())), tone="good")


def stays(standing: Standing) -> Words:
    """That what was sent stays."""
    return _(
        "What you have sent stays with the city: it is a public document. Ask about it at {mailbox}.",
        mailbox=standing.house.mailbox,
    )
