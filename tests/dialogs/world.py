"""A person in a world of plain JSON: what a conversation asks for is carried out in memory, and checked at every step."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, assert_never

from bot.speech.catalogs import languages, progress, say
from bot.speech.detect import code_of, tongue
from dialogs.applicants import conversation, forget_me, rooms, sending, terms
from dialogs.applicants.acts import (
    Accept,
    Act,
    Begin,
    Choose,
    Confirm,
    Drop,
    EndLinks,
    Forget,
    Invite,
    Join,
    Keep,
    Leave,
    NameLink,
    Quiet,
    Reach,
    Send,
    Speak,
    Switch,
    TakeOut,
    Weigh,
)
from dialogs.applicants.where import Arrived, House, Open, SentCase, Standing
from dialogs.case.background import Background
from dialogs.case.case import Case
from dialogs.engine.declare import Dialog
from dialogs.engine.draft import Draft, current, path, revive
from dialogs.engine.record import Record
from dialogs.kinds.card import Card
from dialogs.language.events import Event
from dialogs.language.replies import (
    AnsweredQuestion,
    Appointment,
    Ask,
    Export,
    Receipt,
    Reply,
    Retraction,
    Review,
    Tell,
)
from dialogs.language.words import Text
from dialogs.phases.steps import DIALOGS, SENT
from storage.database.json import ANSWERS, RECORD, REPLY, as_json
from tests.dialogs.short import check_short
from tests.house import LANGUAGES, buttons

STALE = "That button belongs to an earlier question. Here is where we are now."
HOUSE = House(LANGUAGES | languages(), "mailbox@example.se", tongue=tongue, code_of=code_of)


def _without(here: Standing, act: Drop | Leave | Forget) -> Standing:
    match act:
        case Drop(draft=draft):
            return replace(here, open=tuple(one for one in here.open if one.draft.id != draft))
        case Leave(case=case):
            return replace(here, open=tuple(one for one in here.open if one.case != case))
    return replace(here, open=(), at_hand=0)


class World:
    """One person. `drafts` are JSON texts, as a database would keep them; `dialogs` may be other ones than the house's."""

    def __init__(self, locale: str = "en", accepted: bool = True) -> None:
        self.now = datetime(2026, 3, 3, 9, tzinfo=UTC)
        self.standing = Standing(1, locale, terms.VERSION if accepted else "", 0, (), (), (), HOUSE)
        self.stored: dict[int, str] = {}
        self.records: list[Record] = []
        self.count = 0
        self.shown: list[Reply] = []

    @property
    def draft(self) -> Draft:
        """The draft at hand."""
        assert self.standing.here
        return self.standing.here.draft

    def does(self, event: Event) -> list[Reply]:
        """What is said to that; every law of a turn is checked on the way."""
        self.now += timedelta(minutes=1)
        said = conversation.converse(self.standing, event, self.now)
        replies = list(said.replies)
        for act in said.acts:
            replies += self._carry_out(act)
        self._reload()
        if said.show:
            replies.append(rooms.with_cancel(rooms.place(self.standing), self.standing))
        assert replies, f"nothing is said to {event}"
        for reply in replies:
            _check(reply)
        self.shown = replies
        return replies

    def _carry_out(self, act: Act) -> list[Reply]:
        here = self.standing
        match act:
            case Speak(locale=locale):
                self.standing = replace(here, locale=locale)
            case Accept(version=version):
                self.standing = replace(here, terms=version)
            case Begin(dialog=dialog, case=case, answers=answers):
                self.count += 1
                begun = Open(Draft(self.count, answers=answers), dialog, case or self.count, self.now)
                self.standing = replace(here, open=(begun, *here.open), at_hand=self.count)
            case Switch(draft=draft):
                self.standing = replace(here, at_hand=draft)
            case Keep(draft=draft):
                assert draft.version >= here.here.draft.version if here.here else False
                self.standing = replace(
                    here,
                    open=tuple(replace(one, draft=draft) if one.draft.id == draft.id else one for one in here.open),
                )
            case Drop() | Leave() | Forget():
                self.standing = _without(here, act)
            case Send():
                return self._send(act)
            case Weigh():
                return [forget_me.forget(here)]
            case Quiet() | Choose() | Join() | Invite() | EndLinks() | NameLink() | TakeOut() | Reach() | Confirm():
                pass
            case _:
                assert_never(act)
        return []

    def _send(self, act: Send) -> list[Reply]:
        one = self.standing.drafted(act.draft.id)
        assert one
        without_gap(DIALOGS[one.dialog], act.draft, act.record)
        assert RECORD.validate_python(_through_json(as_json(RECORD, act.record))) == act.record
        self.records.append(act.record)
        reference = f"SAM-2026-{one.case:04}"
        state = "withdrawn" if one.dialog == "withdrawal" else "sent"
        applied, ways = one.dialog == "application", frozenset({"write", "withdraw"} if state == "sent" else ())
        sent = SentCase(one.case, reference, act.record.title, self.now, state, applied, ways=ways)
        self.standing = replace(
            self.standing,
            at_hand=0,
            open=tuple(other for other in self.standing.open if other is not one),
            sent=(sent, *(other for other in self.standing.sent if other.case != one.case)),
            arrived=(*self.standing.arrived, Arrived(act.draft.id, one.dialog, reference, self.now, one.case)),
        )
        return [sending.receipt(one.dialog, reference, self.now, HOUSE.mailbox, one.case)]

    def _reload(self) -> None:
        reloaded = []
        for one in self.standing.open:
            answers = ANSWERS.validate_python(_through_json(as_json(ANSWERS, one.draft.answers)))
            assert answers == one.draft.answers, "what is stored is not what was answered"
            reloaded.append(replace(one, draft=revive(DIALOGS[one.dialog], replace(one.draft, answers=answers))))
        self.standing = replace(self.standing, open=tuple(_informed(one, reloaded) for one in reloaded))


def _informed(one: Open, all: list[Open]) -> Open:
    """The draft with what is known from an application beside it."""
    beside = next((other for other in all if other.case == one.case and other.dialog == "application"), one)
    if beside is one:
        return one
    background = Background(Case(one.case), writing=path(DIALOGS["application"], beside.draft).known)
    return replace(one, draft=SENT[one.dialog].informed(one.draft, background, lambda words: say(words, "en")))


def without_gap(dialog: Dialog, draft: Draft, record: Record) -> None:
    """Every question on the path has its answer, and the record holds all that is not a card or skipped."""
    along = path(dialog, draft)
    assert current(dialog, draft) is None
    told = {entry.key for entry in record.entries}
    for step in along.steps:
        assert step.key in along.known
        shown = step.kind.show(along.known[step.key], along.known)
        assert step.key in told or step.optional or isinstance(step.kind, Card) or not shown


def stale(replies: list[Reply]) -> bool:
    """Whether the person was told that a button belongs to an earlier question."""
    errors = [reply.error for reply in replies if isinstance(reply, Ask | Review)]
    return any(error.id == STALE for error in errors if error)


def _through_json(value: object) -> Any:
    return json.loads(json.dumps(value, allow_nan=False))


def _check(reply: Reply) -> None:
    assert REPLY.validate_python(_through_json(as_json(REPLY, reply))) == reply
    if isinstance(reply, Ask):
        number, total = reply.place
        assert 1 <= number <= total
    check_short(reply, ("sv",))
    for button in buttons(reply):
        assert len(button.act) <= 40
    for locale in LANGUAGES:
        for text in _texts(reply):
            assert isinstance(say(text, locale), str)


def _texts(reply: Reply) -> list[Text]:
    labels: list[Text] = [button.label for button in buttons(reply)]
    match reply:
        case Tell():
            return [*labels, *reply.words, *([reply.title] if reply.title else [])]
        case Ask():
            assert progress(reply.place, "ar")
            single = [reply.label, reply.section, reply.wording, reply.hint, reply.error, reply.source]
            fields = [
                text
                for field in reply.fields
                for text in (field.label, field.hint, *(choice.label for choice in field.choices))
                if text is not None
            ]
            return [
                *labels,
                *reply.ask,
                *reply.so_far,
                *(text for text in single if text),
                *fields,
                *(_line(reply.noted) if reply.noted else ()),
            ]
        case Review():
            return [
                *labels,
                reply.title,
                *reply.words,
                *(text for line in reply.lines for text in _line(line)),
                *([reply.error] if reply.error else []),
            ]
        case Receipt():
            return [*labels, reply.title, *reply.words]
        case Export():
            return [*reply.words]
        case Retraction():
            return []
        case Appointment():
            return [*labels, reply.title, *reply.words]
        case _:
            assert_never(reply)


def _line(line: AnsweredQuestion) -> tuple[Text, ...]:
    return (line.label, *line.shown, *((line.section,) if line.section else ()))
