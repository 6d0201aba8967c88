"""Pages to read: the information about personal data, the questions and answers, and the accessibility statement."""

from datetime import date

from aiohttp import web

from bot.web.chat.chat import locale_of
from bot.web.http.answers import page
from bot.web.http.site import site_of
from dialogs.applicants import accessibility, terms
from dialogs.applicants.questions_and_answers import QUESTIONS_AND_ANSWERS
from dialogs.kinds.day import in_words


async def privacy(request: web.Request) -> web.Response:
    """GET /privacy: the full information about personal data."""
    house = site_of(request).turns.house
    return page(request, "privacy", await locale_of(request), parts=terms.full(house))


async def questions(request: web.Request) -> web.Response:
    """GET /help: the model's questions and answers."""
    return page(request, "help", await locale_of(request), entries=QUESTIONS_AND_ANSWERS)


async def accessible(request: web.Request) -> web.Response:
    """GET /accessibility: the accessibility statement."""
    statement = accessibility.statement(site_of(request).turns.house.mailbox)
    day = in_words(date.fromisoformat(accessibility.ASSESSED))
    return page(request, "accessibility", await locale_of(request), statement=statement, day=day)
