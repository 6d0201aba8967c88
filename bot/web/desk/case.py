"""The page of a case: everything that was sent and said, and what to do now. The access log records each opening."""

from datetime import datetime

from aiohttp import web
from markupsafe import Markup

from bot.turns import contact_person
from bot.web.desk.area_svg import area_svg, geo, pin_of
from bot.web.desk.case_view import application, area_in, contact_in, papers
from bot.web.desk.doing import doing
from bot.web.desk.queue import allowed, neighbours, way_back
from bot.web.desk.talk import talk
from bot.web.http.answers import page, see
from bot.web.http.site import site_of
from dialogs.case import state as states
from dialogs.case.case import Case, CaseEvent
from dialogs.case.rights import may_read_log, may_take
from dialogs.desk import labels as words
from dialogs.desk.reading import copies_of, foreign_texts
from dialogs.desk.undelivered import sentence as failed
from dialogs.engine.declare import NOT_ASKED
from dialogs.kinds.day import day_of, in_words
from dialogs.kinds.times import instant
from dialogs.language.words import Text, Words, _
from dialogs.phases.always.close import CALLED as CLOSED_FOR
from dialogs.phases.always.disposed import proposals_of
from dialogs.phases.always.protect import who_sees
from dialogs.phases.always.reopen import REOPEN
from dialogs.phases.initiation.completion import left
from dialogs.phases.initiation.decision import OUTCOMES
from dialogs.phases.initiation.part import initiation
from dialogs.phases.initiation.start import DIALOG as STARTED_WITH
from dialogs.phases.steps import TASKS, phase_of, sayable, sentence
from dialogs.phases.steps import after as after_it
from storage.cases import case_invitations, cases, desk_drafts, following, submissions
from storage.outbox import undelivered
from storage.people import staff


async def show(request: web.Request) -> web.Response:
    """GET /queue/<reference>: everything that was sent in a case, what was said, its history, and what can be done."""
    return await _show(request, copying=False)


async def copied(request: web.Request) -> web.Response:
    """POST /queue/<reference>/copy: the same page, with a machine translation beside what was written. A post, because texts leave the house by it."""
    return await _show(request, copying=True)


async def _show(request: web.Request, copying: bool) -> web.Response:
    who, case = await allowed(request)
    site = site_of(request)
    turns, at = site.turns, site.clock.now()
    today = staff.today(at)
    async with turns.database.read() as connection:
        read_to = await following.read_to(connection, case.id, who.id)
        follows = await following.follows(connection, case.id, who.id)
        sent = await submissions.of_case(connection, case.id)
        history = await cases.history(connection, case.id)
        begun = await desk_drafts.of(connection, who.id)
        there = await staff.active(connection) if case.protected else []
        trouble = await undelivered.in_case(connection, case.id, turns.house.mailbox)
        invites = await case_invitations.may_invite(connection, who, case)
    # Before the case counts as read: a list of unread cases still has it.
    before, after = await neighbours(request, who, case.reference)
    async with contact_person.at_work(turns, who) as work:
        await work.opened(case, "case")
    fresh = {event.data.get("submission") for event in history if event.id > read_to} if read_to else set()
    area, phase = area_in(case, sent), initiation(case)
    pin = pin_of(area)
    to_applicants = [one for one in trouble if one.to == "applicants"]
    foreign = foreign_texts(case, sent)
    translation = site.turns.translation
    return page(
        request,
        "case",
        who.locale,
        who=who,
        switch="desk",
        case=case,
        phase=phase,
        seen_by=who_sees(tuple(one.name for one in there if one.id in case.named)) if case.protected else None,
        copies=copies_of(foreign, await translation.copies(foreign)) if copying and translation.on else None,
        can_copy=bool(foreign) and translation.on,
        back=way_back(request),
        before=before,
        after=after,
        takes=may_take(who, case),
        groups=doing(who, case, frozenset(one.dialog for one in begun if one.case == case.id), today),
        application=application(sent, phase.assessment, fresh),
        papers=papers(sent, fresh),
        talk=talk(case, to_applicants, read_to, today),
        elsewhere=[failed(one) for one in trouble if one.to != "applicants"],
        history=_history(case.id, history, read_to),
        waited=words.waited(case.waiting_since, at),
        state=words.state(case),
        in_phase=phase_of(case),
        contact=contact_in(sent),
        district=turns.house.city.district(case.district).name if case.district else "",
        started=_started(case),
        picture=Markup(area_svg(area, who.locale)),  # noqa: S704 the drawing escapes what it writes
        map=geo(pin) if pin else "",
        follows=follows,
        reads_log=may_read_log(who, case),
        invites=invites,
        late="late" in request.query,
        done=TASKS.get(request.query.get("done", "")),
        kept=TASKS.get(request.query.get("kept", "")),
        today=today,
        words=words,
        states=states,
        outcomes=OUTCOMES,
        closed_for=CLOSED_FOR,
        proposals=proposals_of(case),
        day=_day,
        instant=instant,
    )


def _history(id: int, events: list[CaseEvent], read_to: int) -> list[tuple[Words, datetime, bool]]:
    """What happened, the latest first: in words, when, and whether it is new. What the applicants did says so where it opened a closed case again."""
    told, case, shown = [], Case(id), {event.id for event in sayable(events)}
    for event in events:
        before, case = case, after_it(case, event)
        said = sentence(event)
        if before.closing and not case.closing and event.what != REOPEN.id:
            said = _("{said} {decided}", said=said, decided=_("The case is open again"))
        if event.id in shown:
            told.append((said, event.at, bool(read_to) and event.id > read_to))
    return told[::-1]


def _day(iso: str) -> Words | str:
    """A stored day in words for a reader; the stored text itself if it is not a day."""
    day = day_of(iso)
    return _("{date}", date=in_words(day)) if day else iso


def _started(case: Case) -> list[tuple[Words, tuple[Text, ...]]]:
    """What a contact person wrote when the city started the case."""
    shown = (
        (question.label, question.kind.show(initiation(case).started.get(question.key), {}))
        for question in STARTED_WITH.questions
    )
    gone = left(initiation(case).started)
    return [*((label, texts) for label, texts in shown if texts), *([(NOT_ASKED, gone)] if gone else [])]


async def take(request: web.Request) -> web.Response:
    """POST /queue/<reference>/take: "I take it". Someone who is too late learns who was quicker."""
    who, case = await allowed(request)
    async with contact_person.at_work(site_of(request).turns, who) as work:
        taken = await work.take(case)
    return see(f"/queue/{case.reference}" if taken else f"/queue/{case.reference}?late")


async def follow(request: web.Request) -> web.Response:
    """POST /queue/<reference>/follow: from now on they hear about what happens in the case."""
    return await _follow(request, follows=True)


async def unfollow(request: web.Request) -> web.Response:
    """POST /queue/<reference>/unfollow: they no longer hear about it, unless the case is theirs."""
    return await _follow(request, follows=False)


async def _follow(request: web.Request, follows: bool) -> web.Response:
    who, case = await allowed(request)
    async with contact_person.at_work(site_of(request).turns, who) as work:
        await work.follow(case, follows)
    return see(f"/queue/{case.reference}")
