"""The scene: what the page of the chat shows, computed from where the person stands and what was said last."""

from dataclasses import dataclass, replace

from dialogs.applicants import edited, rooms
from dialogs.applicants.where import House, Open, Standing
from dialogs.engine.draft import path
from dialogs.language.replies import Appointment, Ask, Receipt, Reply, Review, Tell
from dialogs.language.words import Text, Words, _
from dialogs.phases.steps import DIALOGS

NAME = _("Samverkansguiden")


@dataclass(frozen=True, slots=True)
class Exchange:
    """An answered question: one bubble of ours, one of the person's. `shown` is empty when the question was skipped."""

    key: str
    ask: Words
    shown: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """What the page shows: notices not yet dealt with, the answers before the current question, the replies of the last turn, and the page's title."""

    standing: Standing
    notices: tuple[Tell | Appointment, ...]
    earlier: tuple[Exchange, ...]
    parts: tuple[Reply, ...]
    title: Text

    @property
    def asked(self) -> Ask | None:
        """The question that the page ends with, if any."""
        return next((part for part in reversed(self.parts) if isinstance(part, Ask)), None)

    @property
    def here(self) -> Open | None:
        """The draft that the page is about."""
        return self.standing.here

    @property
    def stranger(self) -> bool:
        """Whether nobody is stored yet: nothing is stored before a person acts."""
        return not self.standing.person


def stranger(locale: str, house: House) -> Standing:
    """The standing of somebody who has not done anything yet."""
    return Standing(0, locale, "", 0, (), (), (), house)


def scene(standing: Standing, replies: list[Reply]) -> Scene:
    """The scene of a person. Whatever is stored, it ends in something that the person can answer or press."""
    notices = tuple(reply for reply in replies if isinstance(reply, Tell | Appointment) and reply.lasting)
    said = [
        fresh
        for reply in replies
        if not (isinstance(reply, Tell | Appointment) and reply.lasting) and (fresh := _fresh(standing, reply))
    ]
    if not any(_stands(reply) for reply in said):
        said.append(rooms.with_cancel(rooms.place(standing), standing))
    last = said[-1]
    if isinstance(last, Ask | Review) and standing.here:
        notice = edited.said_of(DIALOGS[standing.here.dialog], standing.here.draft, standing.person)
        said[-1:] = [notice, last] if notice else [last]
    return Scene(standing, notices, _earlier(standing, last), tuple(said), _title(standing, said))


def _stands(reply: Reply) -> bool:
    return isinstance(reply, Ask | Review | Receipt) or (isinstance(reply, Tell) and bool(reply.rows))


def _fresh(standing: Standing, reply: Reply) -> Reply | None:
    """The reply as it is now: an earlier question may have been answered elsewhere since, or have changed in an update."""
    if not isinstance(reply, Ask | Review):
        return reply
    if standing.here is None or standing.here.draft.id != reply.draft:
        return None
    now = rooms.with_cancel(rooms.place(standing), standing)
    if (
        isinstance(now, Ask | Review)
        and now.version == reply.version
        and getattr(now, "key", "") == getattr(reply, "key", "")
    ):
        return replace(now, error=reply.error)
    return now


def _earlier(standing: Standing, last: Reply) -> tuple[Exchange, ...]:
    if not isinstance(last, Ask) or standing.here is None:
        return ()
    draft = standing.here.draft
    along = path(DIALOGS[standing.here.dialog], draft)
    known = along.upto(last.key)
    shown = ((step, step.kind.show(known[step.key], known)) for step in along.steps if step.key in known)
    return tuple(
        Exchange(step.key, step.label if step.wording else step.ask, texts)
        for step, texts in shown
        if texts or step.optional
    )


def _title(standing: Standing, said: list[Reply]) -> Text:
    match next((reply for reply in said if isinstance(reply, Receipt)), said[-1]):
        case Ask() if standing.here:
            return DIALOGS[standing.here.dialog].title
        case Tell(title=None, draft=draft) if draft and standing.here:
            return DIALOGS[standing.here.dialog].title
        case Tell(title=Words() as title) | Review(title=title) | Receipt(title=title):
            return title
        case _:
            return NAME
