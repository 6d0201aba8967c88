"""For whom a link is by which somebody may come to write along: a short name, if whoever invites them likes to say one.

On the web it is written into a field. Elsewhere the next message is the name, if it is as short as one; whatever else is done calls that off.
"""

from dataclasses import replace
from datetime import datetime

from dialogs.applicants import rooms
from dialogs.applicants.acts import Drop, Forget, Keep, Leave, NameLink, Response, Send
from dialogs.applicants.where import Open, Standing
from dialogs.engine.draft import ASIDE, Answer, Draft
from dialogs.language.events import Event, Fill, Say
from dialogs.language.replies import Button, Field, Tell
from dialogs.language.words import Words, _

MOST = 40
"""The most characters in a name."""
ASKS, GIVES = "linkfor", "namelink"
"""The button that asks for a name, and the one that sends it; after the colon, the draft."""
WAITS = ASIDE + "linkfor"
"""The key under which a draft keeps which of its writers is asked for a name."""
FOR = Button(_("Say for whom it is"), ASKS)
FIELDS = (Field("who", "line", _("For whom is the link?"), most=MOST),)


def asking(standing: Standing, one: Open, now: datetime) -> Response:
    """Asks this person for whom the link is that they made last."""
    noted = Answer([*_waiting(one.draft), standing.person], standing.person, standing.locale, now)
    draft = replace(one.draft, answers=one.draft.answers | {WAITS: noted})
    words = _(
        "Write a short name for whom the link is that you made last. When it is used, those who write with you read that name. Nobody else does."
    )
    sends = Button(_("Keep the name"), f"{GIVES}:{one.draft.id}", weight="main")
    rows = ((Button(_("Not now"), f"writers:{one.draft.id}", weight="quiet"),),)
    tell = Tell((words,), title=_("For whom is the link?"), rows=rows, fields=FIELDS, sends=sends)
    return Response((tell,), (Keep(draft),))


def asked(standing: Standing) -> Open | None:
    """The application in which this person is asked for a name, or None."""
    return next((one for one in standing.applications() if standing.person in _waiting(one.draft)), None)


def given(one: Open, event: Event) -> NameLink | None:
    """The name that an event gives where one is asked for; None when it is something else."""
    match event:
        case Fill(act=act, fields={"who": (text, *_more)}) if act == f"{GIVES}:{one.draft.id}":
            name = " ".join(text.split())[:MOST].strip()
        case Say(text=text) if len(text) <= MOST and "\n" not in text:
            name = text
        case _:
            return None
    return NameLink(one.case, one.draft.id, name) if name else None


def no_more(standing: Standing, one: Open) -> Standing:
    """The standing in which nobody is asked."""
    left = [person for person in _waiting(one.draft) if person != standing.person]
    answers = {key: answer for key, answer in one.draft.answers.items() if key != WAITS}
    if left:
        answers[WAITS] = replace(one.draft.answers[WAITS], value=left)
    over = replace(one, draft=replace(one.draft, answers=answers))
    return replace(standing, open=tuple(over if other is one else other for other in standing.open))


def kept(said: Response, standing: Standing, draft: int) -> Response:
    """The response, with which the draft is also kept as it stands, unless it is kept anyway, or goes."""
    one = standing.drafted(draft)
    for act in said.acts:
        if isinstance(act, Send | Drop | Forget | Leave) or (isinstance(act, Keep) and act.draft.id == draft):
            return said
    return replace(said, acts=(Keep(one.draft), *said.acts)) if one else said


def named(draft: int, name: str) -> Tell:
    """That the link made last is for somebody of this name; "" when there is none that waits."""
    words = _("The link that you made last is for {name}.", name=name)
    there = words if name else _("There is no link of yours that waits: it has been used, or has ended.")
    rows = ((Button(_("Who writes it"), f"writers:{draft}"),), (rooms.RESUME,))
    return Tell((there,), tone="good" if name else "trouble", rows=rows)


def came_by(name: str) -> tuple[Words, ...]:
    """Tells the others by whose link somebody has come in, if that was said."""
    return (_("It was the link for {name}.", name=name),) if name else ()


def _waiting(draft: Draft) -> list[int]:
    value = draft.value(WAITS)
    return [one for one in value if isinstance(one, int)] if isinstance(value, list) else []
