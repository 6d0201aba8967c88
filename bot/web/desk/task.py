"""A task of a case as one form. An error stands beside its field; the page of the case confirms what was done."""

from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import web

from bot.turns import contact_person
from bot.turns.tasks import DeskWork
from bot.web.desk.case_view import Answered, answered, beside
from bot.web.desk.form import boxes, posted_in
from bot.web.desk.queue import allowed
from bot.web.desk.talk import talk
from bot.web.http.answers import page, see
from bot.web.http.post import no_files, read
from bot.web.http.site import site_of
from dialogs.applicants.where import Open
from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.case.step import Step
from dialogs.engine.draft import Draft
from dialogs.engine.form import ASKED, KEPT, PREFILLED, Posted, filled
from dialogs.engine.record import Record
from dialogs.engine.turn import Writer
from dialogs.language.words import Words
from dialogs.phases.initiation.completion import as_it_stands
from dialogs.phases.steps import TASKS, open_to
from storage.cases import cases, desk_drafts, openings, submissions
from storage.people import staff

LAST = 4
"""Most items of the earlier talk that are shown while someone writes."""


@dataclass(frozen=True, slots=True)
class TaskRequest:
    """The contact person, the case and the task of a request."""

    who: ContactPerson
    case: Case
    task: Step


async def _wanted(request: web.Request) -> TaskRequest:
    """What the request is about. The same 404 for what does not exist and for what they may not see."""
    who, case = await allowed(request)
    task = TASKS.get(request.match_info["task"])
    if task is None:
        raise web.HTTPNotFound
    return TaskRequest(who, case, task)


async def show(request: web.Request) -> web.Response:
    """GET /queue/<reference>/do/<task>: the form, with what they had begun to write. Opening it begins nothing."""
    wanted = await _wanted(request)
    who, case, task = wanted.who, wanted.case, wanted.task
    if not open_to(who, case, task):
        raise web.HTTPNotFound
    turns = site_of(request).turns
    async with turns.database.read() as connection:
        begun = await desk_drafts.begun(connection, who.id, task.id, case.id)
        one = await DeskWork(turns, connection, who, turns.clock.now()).in_context(
            begun or Open(Draft(0), task.id, case.id, turns.clock.now()), case
        )
    return await _form(request, wanted, one.draft, begun=begun is not None)


async def _form(
    request: web.Request,
    wanted: TaskRequest,
    draft: Draft,
    refused: dict[str, Words] | None = None,
    posted: Posted | None = None,
    begun: bool = True,
) -> web.Response:
    who, case, task = wanted.who, wanted.case, wanted.task
    async with contact_person.at_work(site_of(request).turns, who) as work:
        # The form shows what the group wrote, so it counts as an opening; but it does not mark the rest of the case as read.
        await openings.opened(work.connection, case.id, who.id, "case", work.now)
        record = as_it_stands(await submissions.of_case(work.connection, case.id))
    return page(
        request,
        "task",
        who.locale,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
        who=who,
        switch="desk",
        case=case,
        task=task,
        boxes=boxes(task.asks, draft, refused, posted),
        beside=_beside(task, record),
        answers={entry.key: answered(entry) for entry in record.entries} if record and task.beside == "answers" else {},
        said=talk(case, [], 0, staff.today(site_of(request).clock.now()))[-LAST:] if task.beside == "talk" else [],
        begun=begun,
        once=site_of(request).keys.number(),
    )


def _beside(task: Step, record: Record | None) -> dict[str, tuple[Answered, ...]]:
    """For each question that judges the group's answers, those answers."""
    return {question.key: beside(question.key, record) for question in task.asks.questions}


async def take(request: web.Request) -> web.Response:
    """POST /queue/<reference>/do/<task>: carry the task out, keep it for later, or discard it."""
    wanted = await _wanted(request)
    who, case, task = wanted.who, wanted.case, wanted.task
    turns, post = site_of(request).turns, await read(request, no_files)
    posted, here = posted_in(post.answers), f"/queue/{case.reference}"
    # Before anything is refused: the first press may be what makes the task impossible now.
    if await _is_repeated(request, wanted, post.number("latest")):
        return see(f"{here}?done={task.id}")
    if not open_to(who, case, task):
        raise web.HTTPNotFound
    match post.act:
        case "cancel":
            await _throw_away(request, wanted)
            return see(here)
        case "later":
            draft, lost = await _keep(request, wanted, posted)
            return await _form(request, wanted, draft, lost, posted) if lost else see(f"{here}?kept={task.id}")
    done = await contact_person.fill_in(turns, who, case, task.id, posted, once=post.number("once"))
    if done is None:
        raise web.HTTPNotFound
    if done.again:
        # Two presses at once: the other has carried it out, or has kept what is not right yet.
        repeated = await _is_repeated(request, wanted, post.number("latest"))
        return see(f"{here}?done={task.id}" if repeated else f"{here}/do/{task.id}")
    if done.done is None:
        return await _form(request, wanted, done.draft, done.refused, posted)
    return see(f"{here}?done={task.id}")


async def _is_repeated(request: web.Request, wanted: TaskRequest, latest: int) -> bool:
    """Whether they have done this task already since they opened the form: a second press of the same button does nothing."""
    async with site_of(request).turns.database.read() as connection:
        history = await cases.history(connection, wanted.case.id)
    return bool(latest) and any(
        event.id > latest and event.what == wanted.task.id and event.person == wanted.who.id for event in history
    )


async def _throw_away(request: web.Request, wanted: TaskRequest) -> None:
    async with contact_person.at_work(site_of(request).turns, wanted.who) as work:
        if one := await desk_drafts.begun(work.connection, wanted.who.id, wanted.task.id, wanted.case.id):
            await desk_drafts.drop(work.connection, one.draft.id)


async def _keep(request: web.Request, wanted: TaskRequest, posted: Posted) -> tuple[Draft, dict[str, Words]]:
    """Keep what is written, complete or not. Returns the draft, and what in it cannot be kept as it is, with the reason."""
    async with contact_person.at_work(site_of(request).turns, wanted.who) as work:
        one = await work.begin(wanted.task.id, wanted.case)
        writer = Writer(wanted.who.id, wanted.who.locale, work.now)
        draft, refused = filled(wanted.task.asks, one.draft, posted, writer, later=True)
        await work.keep(one.draft, draft)
    written = {
        key
        for key, fields in posted.items()
        if any(
            value.strip() for name, values in fields.items() if name not in (ASKED, KEPT, PREFILLED) for value in values
        )
    }
    return draft, {key: why for key, why in refused.items() if key in written and draft.value(key) is None}
