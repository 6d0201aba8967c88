"""A conversation: what a person may do around the questions. Inside them, the engine takes the turn."""

from dataclasses import replace
from datetime import datetime

from dialogs.applicants import answers as across
from dialogs.applicants import offers, rooms, terms
from dialogs.applicants.questions_and_answers import QUESTIONS_AND_ANSWERS
from dialogs.applicants.sent_status import OVER, status
from dialogs.applicants.where import (
    MOST_DRAFTS,
    Accept,
    Act,
    Begin,
    Drop,
    Forget,
    Join,
    Keep,
    Open,
    Quiet,
    Said,
    Send,
    Speak,
    Standing,
    Switch,
)
from dialogs.engine.draft import Answer, current, path
from dialogs.engine.record import Record, record
from dialogs.engine.turn import Writer, turn
from dialogs.kinds.files import Files
from dialogs.language.events import Command, Event, Fill, Press, Start, clean, number_in
from dialogs.language.replies import Button, Reply, Tell
from dialogs.language.words import _, n_
from dialogs.phases import DIALOGS
from dialogs.phases.initiation.application import APPLICATION

IN_DIALOG = ("back", "skip", "keep", "change", "send", "sure")
"""Acts of the engine that come without a question's key."""


def converse(standing: Standing, event: Event, now: datetime) -> Said:
    """Take an event of a person who stands there. Never raises on what a person does, and always says something."""
    event = offers.asked_for(clean(event), standing.house)
    if isinstance(event, Command) and event.name == "start":
        event = Start(event.rest)
    if isinstance(event, Command) and event.name in rooms.COMMANDS:
        event = Press(event.name)
    if not standing.terms:
        return _before_terms(standing, event, now)
    said = _converse(standing, event, now)
    if standing.terms != terms.VERSION and not any(isinstance(act, Accept) for act in said.acts):
        return replace(said, replies=(*said.replies, rooms.new_terms()))
    return said


def _before_terms(standing: Standing, event: Event, now: datetime) -> Said:
    act = event.act if isinstance(event, Press | Fill) else ""
    if act == "accept":
        return _begin_application(standing, (Accept(terms.VERSION),))
    if isinstance(event, Start) and event.payload:
        return Said(acts=(Join(event.payload),), show=True)
    if act == "data":
        return Said((rooms.data(standing),))
    if act in ("forget", "forget2"):
        return _pressed(standing, act, now)
    if act == "language":
        return Said((rooms.language_menu(standing),))
    if act.startswith("lang:") and act[5:] in standing.house.languages:
        return Said(acts=(Speak(act[5:]),), show=True)
    return Said((rooms.welcome(standing),))


def wants_files(standing: Standing) -> bool:
    """Whether the question at hand asks for files: nobody else's are fetched."""
    here = standing.here
    asked = current(DIALOGS[here.dialog], here.draft) if here and standing.terms else None
    return asked is not None and isinstance(asked.kind, Files)


def _converse(standing: Standing, event: Event, now: datetime) -> Said:
    match event:
        case Start(payload=payload) if payload:
            return Said(acts=(Join(payload),), show=True)
        case Start():
            return Said((rooms.home(standing),)) if standing.open or standing.sent else _begin_application(standing)
        case Command():
            known = tuple(
                _("{command} – {what}", command=f"/{name}", what=what) for name, what in rooms.COMMANDS.items()
            )
            return Said((Tell((_("I do not know that command. These I know:"), *known), tone="trouble"),), show=True)
        case Press(key="") | Fill(key="") if event.act.partition(":")[0] not in IN_DIALOG:
            return _pressed(standing, event.act, now)
        case Press(act="sure", draft=draft) | Fill(act="sure", draft=draft) if again := _arrived(standing, draft):
            return Said((again,))
        case _ if standing.here is None:
            return Said((rooms.home(standing),))
        case _:
            return _turned(standing, standing.here, event, now)


def _arrived(standing: Standing, draft: int) -> Reply | None:
    """The receipt of a draft that was sent already: a second press on "send" gets the first one's."""
    one = next((one for one in standing.arrived if one.draft == draft), None)
    return rooms.receipt(one.dialog, one.reference, one.at, standing.house.mailbox, one.case) if one else None


def _turned(standing: Standing, here: Open, event: Event, now: datetime) -> Said:
    dialog = DIALOGS[here.dialog]
    if isinstance(event, Press | Fill) and event.act == "sure" and standing.terms != terms.VERSION:
        return Said()
    taken = turn(dialog, here.draft, event, Writer(standing.person, standing.locale, now))
    if taken.sent:
        return Said(acts=(Send(taken.draft, taken.sent, _shared(standing, here, taken.sent)),))
    draft, replies = taken.draft, tuple(rooms.with_cancel(reply, standing) for reply in taken.replies)
    if code := offers.to_offer(standing, draft, event):
        draft = offers.offered(standing, draft, code, now)
        replies = (*replies[:-1], offers.offer(code, standing.house), *replies[-1:])
    return Said(replies, (Keep(draft),) if draft != here.draft else ())


def _shared(standing: Standing, here: Open, sent: Record) -> Record | None:
    """The application's draft as it is now, when the person chose to let it go along with the wish for a meeting."""
    if here.dialog != "meeting" or sent.value("share") != "yes":
        return None
    beside = next((one for one in standing.applications() if one.case == here.case), None)
    return record(APPLICATION, beside.draft) if beside else None


def _pressed(standing: Standing, act: str, now: datetime) -> Said:
    name, _colon, rest = act.partition(":")
    number = number_in(rest)
    one = standing.drafted(number)
    match name:
        case "home":
            return Said((rooms.home(standing),))
        case "menu":
            return Said((rooms.menu(standing),))
        case "help":
            return Said(
                (
                    rooms.help_answer(number)
                    if rest == str(number) and number < len(QUESTIONS_AND_ANSWERS)
                    else rooms.help_menu(),
                )
            )
        case "data":
            return Said((rooms.data(standing),))
        case "language":
            return Said((rooms.language_menu(standing),))
        case "lang" if rest in standing.house.languages:
            return Said(acts=(Speak(rest),), show=True)
        case "accept":
            return Said(acts=(Accept(terms.VERSION),), show=True)
        case "drafts":
            return Said((rooms.drafts(standing),))
        case "open" if one:
            return Said(acts=(Switch(one.draft.id),), show=True)
        case "new":
            return _begin_application(standing)
        case "status":
            return Said((status(standing),))
        case "export":
            return Said((rooms.export(),), show=True)
        case "forget":
            return Said((rooms.forget(standing),))
        case "forget2":
            return Said((rooms.forgotten(standing),), (Forget(),))
        case "quiet":
            return Said(
                (Tell((_("All right, no more reminders. Your draft stays where it is."),), tone="good"),), (Quiet(),)
            )
        case "later":
            return _later(standing)
        case "meeting":
            return _begin_meeting(standing, now)
        case "withdraw":
            return _begin_withdrawal(standing, number)
        case "complete" | "write" | "time" | "notime" | "calendar" | "receipt":
            return across.pressed(standing, name, rest)
        case "cancel" if standing.here and standing.here.dialog != "application":
            return _cancel(standing, standing.here)
        case "delete" | "delete2" | "delete3":
            # A button names its draft. When that is gone already, a second press must not reach another one.
            return _delete(standing, name, one if rest else standing.here)
    return Said(show=True)


def _later(standing: Standing) -> Said:
    stopped = Tell(
        (_("Everything is saved. Come back whenever you like: open this chat and go on where you were."),),
        title=_("See you!"),
        tone="good",
        rows=((RESUME_HERE,),) if standing.here else (),
    )
    return Said((stopped,))


RESUME_HERE = Button(_("Continue now"), "resume")


def _begin_application(standing: Standing, acts: tuple[Act, ...] = ()) -> Said:
    if acts and standing.applications():
        return Said(acts=acts, show=True)
    if empty := next((one for one in standing.applications() if not one.draft.answers), None):
        # Two presses on "new" begin one.
        return Said(acts=(*acts, Switch(empty.draft.id)), show=True)
    if len(standing.open) >= MOST_DRAFTS:
        full = n_(
            "You have {count} open draft, and that is the most I can keep. Please finish or delete one first.",
            "You have {count} open drafts, and that is the most I can keep. Please finish or delete one first.",
            count=len(standing.open),
        )
        return Said((Tell((full,), tone="trouble"), rooms.drafts(standing)))
    return Said((Tell(APPLICATION.intro),), (*acts, Begin("application")), show=True)


def _begin_meeting(standing: Standing, now: datetime) -> Said:
    beside = standing.here if standing.here and standing.here.dialog == "application" else None
    if standing.here and standing.here.dialog == "meeting":
        return Said(show=True)
    meetings = [one for one in standing.open if one.dialog == "meeting"]
    # Of the draft at hand and of no other one: "yes" to sharing is about the draft that one came from.
    if there := next((one for one in meetings if not beside or one.case == beside.case), None):
        return Said(acts=(Switch(there.draft.id),), show=True)
    answers: dict[str, Answer] = {}
    if beside:
        known = path(APPLICATION, beside.draft).known
        answers |= {"contact": beside.draft.answers["contact"]} if "contact" in known else {}
    if beside and beside.draft.answers:
        answers["beside"] = Answer("yes", standing.person, standing.locale, now)
    return Said(
        (Tell(DIALOGS["meeting"].intro),),
        (Begin("meeting", beside.case if beside else _only_case(standing), answers),),
        show=True,
    )


def _only_case(standing: Standing) -> int:
    """The case that a wish for a meeting belongs to when no draft is at hand: the one that was sent, if there is no other matter; else a new one."""
    sent = [one.case for one in standing.sent if one.state != "withdrawn"]
    return sent[0] if len(sent) == 1 and not standing.open else 0


def _begin_withdrawal(standing: Standing, case: int) -> Said:
    sent = next((one for one in standing.sent if one.case == case and one.state not in (*OVER, "started")), None)
    if not sent:
        return Said((status(standing),))
    there = next((one for one in standing.open if one.dialog == "withdrawal" and one.case == case), None)
    acts: tuple[Act, ...] = (Switch(there.draft.id),) if there else (Begin("withdrawal", case),)
    return Said((Tell(DIALOGS["withdrawal"].intro),), acts, show=True)


def _cancel(standing: Standing, here: Open) -> Said:
    beside = next((one for one in standing.applications() if one.case == here.case), None)
    return Said(
        (Tell((_("Called off. Nothing was sent."),)),),
        (Drop(here.draft.id), Switch(beside.draft.id if beside else 0)),
        show=True,
    )


def _delete(standing: Standing, step: str, one: Open | None) -> Said:
    if one is None:
        return Said((Tell((_("There is no draft to delete."),)), rooms.home(standing)))
    along = path(DIALOGS[one.dialog], one.draft)
    answers = sum(step.key in along.known for step in along.steps)
    keep = Button(_("No, keep it"), "resume", weight="main")
    match step:
        case "delete":
            words = n_(
                "Delete the draft “{draft}” with {count} answer and all its files?",
                "Delete the draft “{draft}” with {count} answers and all its files?",
                count=answers,
                draft=rooms.name_of(one),
            )
            return Said(
                (
                    Tell(
                        (words,),
                        title=_("Delete my draft"),
                        rows=((keep,), (Button(_("Delete…"), f"delete2:{one.draft.id}", weight="grave"),)),
                    ),
                )
            )
        case "delete2":
            words = _("Really delete it? It is gone for good, and nobody can bring it back, not even the city.")
            return Said(
                (
                    Tell(
                        (words,),
                        title=_("Delete my draft"),
                        rows=(
                            (keep,),
                            (Button(_("Yes, delete it for good"), f"delete3:{one.draft.id}", weight="grave"),),
                        ),
                    ),
                )
            )
    gone = Tell((_("Deleted. Nothing of it is left with us."),), tone="good")
    at_hand = standing.at_hand if standing.at_hand != one.draft.id else 0
    return Said((gone,), (Drop(one.draft.id), Switch(at_hand)), show=True)
