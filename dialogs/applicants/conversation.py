"""A conversation: what a person may do around the questions. Inside them, the engine takes the turn."""

from dataclasses import replace
from datetime import datetime

from dialogs.applicants import (
    begin,
    buttons,
    confirm_address,
    edited,
    link_names,
    offers,
    rooms,
    sending,
    terms,
    writers,
)
from dialogs.applicants.acts import Accept, Forget, Join, Keep, Response, Send, Speak, Weigh
from dialogs.applicants.where import Open, Standing
from dialogs.engine.draft import current
from dialogs.engine.record import Record, record
from dialogs.engine.turn import Writer, turn
from dialogs.kinds.kind import takes_files
from dialogs.language.events import Command, Event, Fill, Press, Say, Start, clean
from dialogs.language.replies import Ask, Reply, Review, Tell
from dialogs.language.words import _
from dialogs.phases.always.meeting import DIALOG as MEETING
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.steps import DIALOGS

IN_DIALOG = ("back", "skip", "keep", "change", "send", "sure")
"""Acts of the engine that come without a question's key."""


def converse(standing: Standing, event: Event, now: datetime) -> Response:
    """Respond to a person's event, from where they stand. Never raises on what a person does, and always says something."""
    event = offers.asked_for(clean(event), standing.house)
    if isinstance(event, Command) and event.name == "start":
        event = Start(event.rest)
    if isinstance(event, Command) and event.name in rooms.COMMANDS:
        event = Press(event.name)
    if not standing.terms:
        return _before_terms(standing, event, now)
    if asked := link_names.asked(standing):
        standing = link_names.no_more(standing, asked)
    said = edited.told(standing, _naming(asked, event) or _converse(standing, event, now), now)
    if asked:
        said = link_names.kept(said, standing, asked.draft.id)
    # What stands above a final choice must not lead away from it.
    quiet = any(isinstance(act, Accept | Weigh | Forget) for act in said.acts)
    if standing.terms != terms.version(standing.house) and not quiet:
        return replace(said, replies=_with_notice(said.replies, rooms.new_terms()))
    return said


def _naming(asked: Open | None, event: Event) -> Response | None:
    name = link_names.given(asked, event) if asked else None
    return Response(acts=(name,)) if name else None


def _with_notice(replies: tuple[Reply, ...], notice: Tell) -> tuple[Reply, ...]:
    """The replies with a notice: above the question or the review, so that what is answered next stays the newest message."""
    asked = 1 if replies and isinstance(replies[-1], Ask | Review) else 0
    at = len(replies) - asked
    return (*replies[:at], notice, *replies[at:])


def _before_terms(standing: Standing, event: Event, now: datetime) -> Response:
    act = event.act if isinstance(event, Press | Fill) else ""
    if act == "accept":
        return begin.application(standing, (Accept(terms.version(standing.house)),))
    if isinstance(event, Start) and event.payload:
        return Response(acts=(Join(event.payload),), show=True)
    if act == "data":
        return Response(rooms.data(standing))
    if act in ("forget", "forget2"):
        return buttons.pressed(standing, act, now)
    if act == "language":
        return Response((rooms.language_menu(standing),))
    if act.startswith("lang:") and act[5:] in standing.house.languages:
        return Response(acts=(Speak(act[5:]),), show=True)
    return Response((rooms.welcome(standing),))


def wants_files(standing: Standing) -> bool:
    """Whether the question at hand asks for files. Otherwise none are fetched."""
    here = standing.here
    asked = current(DIALOGS[here.dialog], here.draft) if here and standing.terms else None
    return asked is not None and takes_files(asked.kind)


def _converse(standing: Standing, event: Event, now: datetime) -> Response:
    match event:
        case Start(payload=payload) if payload:
            return Response(acts=(Join(payload),), show=True)
        case Start():
            return Response((rooms.home(standing),)) if standing.open or standing.sent else begin.application(standing)
        case Command():
            known = tuple(
                _("{command} – {what}", command=f"/{name}", what=what) for name, what in rooms.COMMANDS.items()
            )
            return Response(
                (Tell((_("I do not know that command. These I know:"), *known), tone="trouble"),), show=True
            )
        case Fill(act="code", fields={"code": (text, *_more)}):
            return confirm_address.filled(standing, text)
        case Say(text=text) if code := confirm_address.meant(standing, text):
            return confirm_address.filled(standing, code)
        case Press(key="", act=act) if one := writers.names_link(standing, act):
            return link_names.asking(standing, one, now)
        case Press(key="") | Fill(key="") if event.act.partition(":")[0] not in IN_DIALOG:
            return buttons.pressed(standing, event.act, now)
        case Press(act="sure", draft=draft) | Fill(act="sure", draft=draft) if again := _arrived(standing, draft):
            return Response((again,))
        case _ if standing.here is None:
            return Response((rooms.home(standing),))
        case _:
            return _turned(standing, standing.here, event, now)


def _arrived(standing: Standing, draft: int) -> Reply | None:
    """The receipt of a draft that was already sent, or None: pressing "send" twice gets the first receipt again."""
    one = next((one for one in standing.arrived if one.draft == draft), None)
    if one is None:
        return None
    nameless = any(sent.nameless for sent in standing.sent if sent.case == one.case)
    return sending.receipt(one.dialog, one.reference, one.at, standing.house.mailbox, one.case, nameless=nameless)


def _turned(standing: Standing, here: Open, event: Event, now: datetime) -> Response:
    dialog = DIALOGS[here.dialog]
    if isinstance(event, Press | Fill) and event.act == "sure" and standing.terms != terms.version(standing.house):
        return Response()
    meant = edited.meant(dialog, here.draft, event, standing.person)
    if isinstance(meant, Tell):
        return Response((meant, rooms.with_cancel(rooms.place(standing), standing)))
    taken = turn(dialog, meant or here.draft, event, Writer(standing.person, standing.locale, now))
    if taken.sent:
        return Response(acts=(Send(taken.draft, taken.sent, _shared(standing, here, taken.sent)),))
    draft, replies = taken.draft, tuple(rooms.with_cancel(reply, standing) for reply in taken.replies)
    if code := offers.to_offer(standing, draft, event):
        draft = offers.offered(standing, draft, code, now)
        replies = (*replies[:-1], offers.offer(code, standing.house), *replies[-1:])
    if draft == here.draft:
        return Response(replies)
    # What has changed is told before it is noted that today's questions were asked.
    return Response(replies, (Keep(edited.with_last_asked(dialog, draft, standing, now)),))


def _shared(standing: Standing, here: Open, sent: Record) -> Record | None:
    """The draft of the application as it is now, if the person chose to share it with the request for a meeting."""
    if here.dialog != MEETING.key or sent.value("share") != "yes":
        return None
    beside = next((one for one in standing.applications() if one.case == here.case), None)
    return record(APPLICATION, beside.draft) if beside else None
