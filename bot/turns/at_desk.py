"""At the desk in a chat: every event of a contact person in the bot, each in one transaction."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bot.turns.begun import begun_by, discard_closed
from bot.turns.case_page import case_page
from bot.turns.desk_lists import LONGEST_SEARCH, overview_screen, queue_screen, searched
from bot.turns.origin import Origin
from bot.turns.resources import Resources
from bot.turns.sign_in import let_into_chat
from bot.turns.tasks import DeskWork
from dialogs.applicants.where import Open
from dialogs.case.case import Case
from dialogs.case.extent import ByChannel
from dialogs.case.rights import may_read_log
from dialogs.desk import on_the_web, page, reading, screens
from dialogs.desk.dialogs import BEGUN_BY, DESK_DIALOGS
from dialogs.engine.show import show
from dialogs.engine.turn import Writer, turn
from dialogs.language.channels import CHANNELS
from dialogs.language.events import Command, Event, Fill, Press, Say, Start, clean
from dialogs.language.ids import number_in
from dialogs.language.replies import Ask, Reply, Tell
from dialogs.phases.initiation.assessment import beside
from dialogs.phases.initiation.completion import as_it_stands
from dialogs.phases.steps import TASKS
from storage.cases import desk_drafts, openings, queue
from storage.outbox import outbox, shown
from storage.outbox.outbox import About
from storage.people import at_work, people, staff

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy.ext.asyncio import AsyncConnection

IN_DIALOG = ("back", "skip", "keep", "change", "send")


class AtDesk:
    """One event of a contact person in the bot, inside its transaction."""

    def __init__(self, turns: Resources, connection: "AsyncConnection", origin: Origin, event: Event) -> None:
        self.turns, self.connection, self.origin = turns, connection, origin
        self.event = clean(event)
        self.now = turns.clock.now()
        self.reach = ByChannel(CHANNELS[origin.address.channel], turns.house.staff_bot)
        self.about = About()

    async def take(self) -> bool:
        """Deal with the event. False when nobody invited is at the address."""
        if await people.seen_before(self.connection, self.origin.address.channel, self.origin.updates, self.now):
            return await staff.at(self.connection, self.origin.address, self.now) is not None
        if isinstance(self.event, Start) and self.event.payload:
            await let_into_chat(self.connection, self.turns.keys, self.event.payload, self.origin, self.now)
        who = await at_work.at(self.connection, self.origin.address, self.now)
        if who is None:
            return False
        self.work = DeskWork(self.turns, self.connection, who, self.now)
        await people.used(self.connection, {self.origin.address}, self.now)
        pressed, to = self.event if isinstance(self.event, Press) else None, self.origin.address
        await shown.clear(self.connection, {to: None})
        for reply in await self._replies():
            replaces = pressed.ref if pressed and isinstance(reply, Ask) and reply.key == pressed.key else ""
            locale = await people.locale_of(self.connection, who.id)
            await outbox.put(self.connection, to, who.id, self.about, reply, locale, self.now, replaces=replaces)
        return True

    async def _replies(self) -> tuple[Reply, ...]:
        act, rest = "", ""
        match self.event:
            case Press(key="", act=act) | Fill(key="", act=act):
                pass
            case Command(name=act, rest=rest):
                pass
            case Start():
                act = "hello"
            case _:
                return await self._turned()
        name, _colon, after = act.partition(":")
        if name in screens.AT_THE_DESK and self.reach.of(None) != "all":
            return (self._on_the_web(None),)
        return await self._turned() if name in IN_DIALOG else await self._pressed(name, after or rest)

    async def _pressed(self, name: str, rest: str) -> tuple[Reply, ...]:
        who = self.work.who
        # What is written from here on must not become an answer about another case.
        if name != "cancel":
            await people.change(self.connection, who.id, at_hand=0)
        around: dict[str, Callable[[], Awaitable[tuple[Reply, ...]]]] = {
            "overview": partial(overview_screen, self.work),
            "resume": self._resume,
            "absence": self._absence,
            "cancel": self._cancel,
            "discard": self._discard,
        }
        if name in around:
            return await around[name]()
        if dialog := BEGUN_BY.get(name):
            return await self._begin(dialog.key, None)
        match name:
            case "queue" | "mine" | "untaken" | "unread" | "followed":
                return (await queue_screen(self.work, name, rest),)
            case "language":
                return (screens.languages(self.turns.house, who.locale),)
            case "lang" if rest in self.turns.house.languages:
                await people.change(self.connection, who.id, locale=rest)
            case "back_at_work":
                await self.work.back_at_work()
                return (screens.back_at_work(),)
            case (
                "case" | "read" | "more" | "take" | "follow" | "unfollow" | "do" | "invite" | "log" | "package" | "copy"
            ):
                return await self._in_case(name, rest)
        return (await self._hello(),)

    async def _hello(self) -> Tell:
        if self.reach.of(None) != "all":
            return on_the_web.hello(self.work.who, self.turns.link("").rstrip("/"))
        return screens.hello(self.work.who, tuple(await desk_drafts.of(self.connection, self.work.who.id)))

    def _on_the_web(self, case: Case | None, written: bool = False) -> Tell:
        if case is None:
            return on_the_web.at_the_desk(self.turns.link("").rstrip("/"), written)
        self.about = About(case.id)
        return on_the_web.on_the_web(case, self.now, self.turns.link(case.reference), written)

    async def _absence(self) -> tuple[Reply, ...]:
        """The absence they have noted, unless it is over; otherwise the first question about a new one."""
        there = await staff.colleagues(self.connection)
        mine = next((one for one in there if one.id == self.work.who.id), None)
        if mine and mine.away_until >= staff.today(self.now):
            return (screens.away(mine.away_since, mine.away_until, mine.deputy),)
        return await self._begin(BEGUN_BY["away"].key, None)

    async def _in_case(self, name: str, rest: str) -> tuple[Reply, ...]:
        task, _colon, number = rest.rpartition(":")
        case = await self.work.case(number_in(number))
        if case is None:
            return (screens.missing(),)
        if self.reach.of(case) != "all":
            return (self._on_the_web(case),)
        self.about = About(case.id)
        match name:
            case "take":
                await self.work.take(case)
                return (screens.taken(await self.work.case(case.id) or case, self.work.who),)
            case "follow" | "unfollow":
                await self.work.follow(case, name == "follow")
                return (page.more(await case_page(self.work, case)),)
            case "more":
                return (page.more(await case_page(self.work, case)),)
            case "do":
                return await self._begin(task, case)
            case "invite":
                return ((await self.work.invite_actor(case.id)).said,)
            case "log" | "package" | "copy":
                return (await self._brought(name, case),)
        made = await case_page(self.work, case)
        await self.work.opened(case, "case")
        return page.everything(made) if name == "read" else page.new(made)

    async def _brought(self, name: str, case: Case) -> Reply:
        """The log, the package or the translations of a case. Someone who may not have it is told that there is no such thing."""
        match name:
            case "log" if may_read_log(self.work.who, case):
                opened = await openings.of(self.connection, case.id)
                return screens.log(case, [(one.name, one.what, one.at) for one in opened])
            case "package" if case.kinds:
                await self.work.opened(case, "package")
                return screens.package(case)
            case "copy" if self.turns.translation.on and not case.protected:
                await openings.opened(self.connection, case.id, self.work.who.id, "case", self.now)
                return reading.wanted(case)
        return screens.missing()

    async def _begin(self, dialog: str, case: Case | None) -> tuple[Reply, ...]:
        if self.reach.of(case) != "all":
            return (self._on_the_web(case),)
        if not self.work.allowed(dialog, case):
            return (screens.not_now(),)
        self.about = About(case.id if case else None)
        one = await self.work.begin(dialog, case)
        if case and TASKS[dialog].quotes:
            await openings.opened(self.connection, case.id, self.work.who.id, "case", self.now)
        await people.change(self.connection, self.work.who.id, at_hand=one.draft.id)
        return (await self._asked(show(DESK_DIALOGS[dialog], one.draft), dialog, case),)

    async def _asked(self, reply: Reply, dialog: str, case: Case | None) -> Reply:
        """A task's question as it is asked: in the assessment, together with what the group itself says."""
        if isinstance(reply, Ask) and case and dialog in TASKS and TASKS[dialog].beside == "criteria":
            said = beside(reply.key, as_it_stands(await self.work.sent(case)))
            reply = replace(reply, ask=(*said, *reply.ask))
        return screens.in_case(reply, case)

    async def _here(self) -> tuple[Open | None, Case | None]:
        """The draft that the pressed button belongs to, or else the draft at hand, with its context; and its case."""
        person = await people.person_at(self.connection, self.origin.address, self.now, lock=True)
        wanted = self.event.draft if isinstance(self.event, Press | Fill) else 0
        wanted = wanted or (person.at_hand if person else 0)
        begun = await desk_drafts.of(self.connection, self.work.who.id)
        here = next((one for one in begun if one.draft.id == wanted), None)
        if here is None:
            return None, None
        await people.change(self.connection, self.work.who.id, at_hand=here.draft.id)
        case = await self.work.locked(here.case)
        return await self.work.in_context(here, case), case

    async def _resume(self) -> tuple[Reply, ...]:
        here, _case = await self._here()
        found = await begun_by(self.work, here)
        said = (screens.closed(found.closed),) if found.closed else ()
        if found.first is None:
            return said or (await self._hello(),)
        return (*said, *await self._begin(found.first.dialog, found.case))

    async def _discard(self) -> tuple[Reply, ...]:
        return (screens.called_off(None) if await discard_closed(self.work) else screens.over(),)

    async def _cancel(self) -> tuple[Reply, ...]:
        here, case = await self._here()
        if here is None:
            return (screens.over(),)
        await desk_drafts.drop(self.connection, here.draft.id)
        return (screens.called_off(case),)

    async def _turned(self) -> tuple[Reply, ...]:
        here, case = await self._here()
        if here is None:
            return (await self._nothing_at_hand(),)
        if self.reach.of(case) != "all":
            await people.change(self.connection, self.work.who.id, at_hand=0)
            return (self._on_the_web(case, written=isinstance(self.event, Say)),)
        self.about = About(case.id if case else None)
        if not self.work.allowed(here.dialog, case):
            await people.change(self.connection, self.work.who.id, at_hand=0)
            return (screens.closed((here,)),)
        dialog = DESK_DIALOGS[here.dialog]
        taken = turn(dialog, here.draft, self.event, Writer(self.work.who.id, self.work.who.locale, self.now))
        if taken.sent:
            done = await self.work.finish(replace(here, draft=taken.draft), case, taken.sent)
            return (done.said,)
        if taken.draft != here.draft:
            await self.work.keep(here.draft, taken.draft)
        return tuple([await self._asked(reply, here.dialog, case) for reply in taken.replies])

    async def _nothing_at_hand(self) -> Tell:
        """Text that answers no question may name a case, and is looked for. Anything else belongs to something that is over."""
        if isinstance(self.event, Press | Fill):
            return screens.over()
        text = self.event.text if isinstance(self.event, Say) else ""
        if text and len(text) <= LONGEST_SEARCH and "\n" not in text:
            found, _total = await queue.find(self.connection, self.work.who, searched(text), self.now, most=1)
            if found:
                return await queue_screen(self.work, "queue", text)
        if self.reach.of(None) != "all":
            return self._on_the_web(None, written=True)
        return screens.unasked(tuple(await desk_drafts.of(self.connection, self.work.who.id)))
