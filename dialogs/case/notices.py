"""Who is told what of a step. Law: staff get no applicant's text, only reference, kind, area, link."""

from dialogs.case.case import Case
from dialogs.case.notice import Notice, in_a_line
from dialogs.case.step import Step
from dialogs.language.replies import Button, Tell
from dialogs.language.words import Words, _


def notices(step: Step, case: Case, link: str) -> tuple[Notice, ...]:
    """The notices of a step that has just been taken; `case` includes it, and `link` is its page in the queue, or ""."""
    arrived = _arrived(step.arrives, step.mailbox, case, link) if step.arrives else ()
    return (*arrived, *step.tells(case))


def _arrived(what: Words, mailbox: bool, case: Case, link: str) -> tuple[Notice, ...]:
    about = in_a_line(case)
    rows = ((Button(_("Open the case"), f"case:{case.id}", weight="main"),),)
    mailed = (about, *((_("Open it in the queue: {link}", link=link),) if link else ()))
    said = Notice("desk", Tell((about,), title=what, rows=rows, lasting=True))
    if not mailbox or case.protected:
        return (said,)
    return (said, Notice("mailbox", Tell(mailed, title=what, lasting=True)))
