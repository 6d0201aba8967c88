"""The applicants' chat at `/`: each form sent is one turn, and the page is computed afresh each time."""

import json
from http import HTTPStatus
from typing import Literal

from aiohttp import web

from bot.turns.origin import Origin
from bot.turns.sessions import Ended
from bot.turns.uploads import Crowded, UploadForm
from bot.web.chat.render import PostedFields, render
from bot.web.chat.scene import Scene, scene, stranger
from bot.web.http.answers import AT_ONCE, at_once, page, see
from bot.web.http.cookies import (
    CHAT,
    address_of,
    drop,
    ended,
    here,
    keep_chat,
    keep_longer,
    keep_news,
    keep_on,
    leave_chat,
    named,
    news_of,
    person_of,
    standing_of,
)
from bot.web.http.guards import too_fast
from bot.web.http.language import negotiated, wanted
from bot.web.http.post import Admit, FormPost, no_files, read
from bot.web.http.site import Site, remote, site_of
from dialogs.applicants import rooms
from dialogs.applicants.where import Standing
from dialogs.engine.declare import Question
from dialogs.engine.draft import current
from dialogs.kinds.kind import takes_files
from dialogs.language.replies import Ask, Review
from dialogs.language.words import cleaned
from dialogs.phases.steps import DIALOGS
from storage.erasure import forgetting
from storage.people.people import Address

Lost = Literal["", "cookie", "session"]


async def show(request: web.Request) -> web.Response:
    """GET: where the person stands. Somebody unknown gets the welcome, and nothing is created or stored about them."""
    there = await here(request)
    if await ended(request):
        return _no_longer(request)
    return await _seen(request, there.at if there else None, answered=False)


def _no_longer(request: web.Request, unsaved: tuple[str, ...] = ()) -> web.Response:
    """The page of a browser whose session has ended, with what was just written there. Whoever goes on begins anew."""
    now = scene(stranger(negotiated(request), site_of(request).turns.house), [])
    status = HTTPStatus.UNPROCESSABLE_ENTITY if unsaved else HTTPStatus.OK
    response = chat_page(request, now, status, unsaved=unsaved, lost="session")
    drop(request, response, named(request, CHAT), "/")
    return response


async def _seen(request: web.Request, at: Address | None, answered: bool) -> web.Response:
    """The page of the person at this address; `answered` when they have just taken a turn."""
    site = site_of(request)
    there = await site.turns.seen(at, answered) if at else None
    if there is None or there.standing is None:
        return chat_page(
            request,
            scene(stranger(negotiated(request), site.turns.house), []),
            lost="cookie" if "begun" in request.query else "",
        )
    response = chat_page(request, scene(there.standing, there.replies), as_get=True)
    keep_news(request, response, there.upto)
    keep_longer(request, response)
    return response


def chat_page(
    request: web.Request,
    now: Scene,
    status: int = HTTPStatus.OK,
    posted: PostedFields | None = None,
    *,
    unsaved: tuple[str, ...] = (),
    lost: Lost = "",
    as_get: bool = False,
) -> web.Response:
    """The page of a scene. `posted` refills a refused form, `unsaved` is text that no longer fits any question, `lost` is what the browser
    has not: it keeps no cookie, or its session has ended.
    """
    pages = site_of(request).pages
    parts = [render(pages, now, part, posted) for part in now.parts]
    notices = [render(pages, now, notice) for notice in now.notices]
    menu = rooms.menu(now.standing).rows[:-1] if now.standing.terms else None
    return page(
        request,
        "chat",
        now.standing.locale,
        status=status,
        as_get=as_get,
        scene=now,
        parts=parts,
        notices=notices,
        unsaved=unsaved,
        lost=lost,
        menu=menu,
        switch="links" if now.stranger else "press",
    )


async def take(request: web.Request) -> web.Response:
    """POST: one turn, then back to `/`, or the page itself for our script. A refusal is answered at once, with the form still filled in."""
    site = site_of(request)
    before, there = await standing_of(request), await here(request)
    if await ended(request):
        return _no_longer(request, _written(await read(request, no_files)))
    wait = site.rate_limit.wait(str(before.person)) if before else site.newcomers.wait(remote(request))
    if wait:
        return await too_fast(request, wait, before.locale if before else "")
    new = site.keys.new()
    async with site.turns.uploads.form(there.at if there and before else address_of(site, new)) as form:
        post = await read(request, lambda so_far: _door(request, form, before, so_far))
        # Whoever was shut out while it came is nobody whom we know.
        before, there = await standing_of(request), await here(request)
        known = there if before else None
        token = "" if known else new
        at = known.at if known else address_of(site, token)
        chosen = post.one("language")
        locale = chosen if chosen in site.turns.house.languages else negotiated(request)
        session = at.address if token else ""  # the first session's hash is where the person is reached on the web
        origin = Origin(
            at,
            locale,
            network=remote(request),
            seen=news_of(request),
            session=session,
            browser=known.session if known else 0,
        )
        await _turn(site, origin, post)
        form.handed_over()
    if post.act == "forget2":
        return left(request, "forgotten", "sent" if await _stays(request, before) else "")
    response = await _refused(request, post, at, before) or await _onwards(request, post, at, before)
    if token:
        keep_chat(request, response, token)
    else:
        keep_on(request, response)
    return response


async def _stays(request: web.Request, before: Standing | None) -> bool:
    """Whether something that they sent, or wrote with others who sent it, stays with the city."""
    if before is None or before.arrived:
        return before is not None
    async with site_of(request).turns.database.read() as connection:
        return await forgetting.has_sent(connection, before.person)


def left(request: web.Request, how: str, what: str = "") -> web.Response:
    """To the page that says what is true now for whoever has "done" here, with `what` they come back by ("link" or ""), or is "forgotten", with `what` stays
    with the city ("sent" or ""). Nothing of the chat stays in the browser.
    """
    response = see(f"/left?{how}{f'={what}' if what else ''}")
    leave_chat(request, response)
    return response


async def _onwards(request: web.Request, post: FormPost, at: Address, before: Standing | None) -> web.Response:
    """The answer after a turn. It saves a slow connection a round trip where that leaves no post for a reload to repeat."""
    # A form with a draft but no cookie comes from somebody who was here before: only the redirect shows that the browser keeps no cookie.
    if not at_once(request) or (not before and post.number("draft")):
        return see("/" if before else "/?begun")
    response = await _seen(request, at, answered=True)
    response.headers["Preference-Applied"] = AT_ONCE
    return response


async def _turn(site: Site, origin: Origin, post: FormPost) -> None:
    """Take it. Ended when their session has: what they wrote is lost then, in the moment in which somebody ends it."""
    event = post.event()
    if await site.turns.take(origin, event) == "ended":
        raise Ended
    if post.files and not post.refused and post.act == "done":
        # Files that were chosen and sent with "Continue" in one step.
        await site.turns.take(origin, post.fill())


def _asked(standing: Standing) -> Question | None:
    return current(DIALOGS[standing.here.dialog], standing.here.draft) if standing.here else None


async def _door(request: web.Request, form: UploadForm, before: Standing | None, so_far: FormPost) -> Admit | None:
    """How to store the form's files: only for somebody known, at the very question that asks for files. Skips them if too many come at the same time."""
    asked = _asked(before) if before else None
    if (
        not before
        or not before.here
        or not asked
        or not takes_files(asked.kind)
        or asked.key != so_far.one("asked")
        or before.here.draft.id != so_far.number("draft")
    ):
        return None
    try:
        form.begin(remote(request), lambda: request.transport.abort() if request.transport else None)
    except Crowded:
        return form.pass_over
    return form.take


async def _refused(request: web.Request, post: FormPost, at: Address, before: Standing | None) -> web.Response | None:
    """The page with the form as it was sent, if the turn took nothing from it; None when there is nothing to keep."""
    if not post.one("form"):
        return None
    there = await site_of(request).turns.seen(at, answered=True)
    standing = there.standing
    if standing is None:
        return None
    now = scene(standing, there.replies)
    # Somebody who writes it, too, has sent or deleted it meanwhile, or has taken this person out.
    gone = before is not None and post.number("draft") > 0 and not before.drafted(post.number("draft"))
    if standing.terms and not gone and not any(isinstance(part, Ask | Review) and part.error for part in now.parts):
        return None
    if now.asked and now.asked.key == post.one("asked") and now.asked.draft == post.number("draft"):
        return chat_page(request, now, HTTPStatus.UNPROCESSABLE_ENTITY, post.answers)
    unsaved = _unsaved(post, standing)
    return chat_page(request, now, HTTPStatus.UNPROCESSABLE_ENTITY, unsaved=unsaved) if unsaved else None


def _unsaved(post: FormPost, standing: Standing) -> tuple[str, ...]:
    """The text from a form whose question is no longer the current one, unless it is stored already (a form sent twice)."""
    draft = standing.here.draft if standing.here else None
    stored = json.dumps(draft.value(post.one("asked")), ensure_ascii=False) if draft else ""
    return tuple(text for text in _written(post) if json.dumps(cleaned(text), ensure_ascii=False)[1:-1] not in stored)


def _written(post: FormPost) -> tuple[str, ...]:
    """What somebody wrote into a form in words."""
    return tuple(text for values in post.answers.values() for text in values if " " in text.strip())


async def locale_of(request: web.Request) -> str:
    """The reader's language: the one in the address, else the person's own, else the browser's."""
    if chosen := wanted(request):
        return chosen
    person = await person_of(request)
    return person.locale if person else negotiated(request)
