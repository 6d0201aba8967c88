"""What is deleted when: the schedule, what was deleted, what comes next, and what was disposed of. Counts and case numbers, nothing personal."""

from datetime import date, timedelta

from aiohttp import web

from bot.web.desk.whole import signed_in
from bot.web.http.answers import page
from bot.web.http.site import site_of
from bot.worker.retention import MONTH, schedule
from dialogs.kinds.day import day_of, in_words
from storage.cases import disposal
from storage.erasure import retention

SOON = timedelta(days=30)
"""How far ahead "what comes next" looks."""


async def show(request: web.Request) -> web.Response:
    """GET /queue/retention: for every contact person."""
    who, site = await signed_in(request), site_of(request)
    rules = schedule(
        timedelta(days=site.settings.reminder_days),
        site.settings.draft_months * MONTH,
        site.turns.sessions.lasts,
        site.turns.staff_chats,
    )
    names = {rule.key: rule.what for rule in rules}
    kept = next(rule.after for rule in rules if rule.key == "drafts")
    async with site.turns.database.read() as connection:
        soon = await retention.untouched(connection, site.clock.now() - kept + SOON)
        counts = await retention.counts(connection)
        disposed = await disposal.disposed(connection)
    return page(
        request,
        "retention",
        who.locale,
        who=who,
        switch="desk",
        rules=rules,
        soon=soon,
        by=in_words((site.clock.now() + SOON).date()),
        counts=[
            (in_words(date.fromisoformat(day)), names[what], count) for day, what, count in counts if what in names
        ],
        disposed=[
            (reference, number, in_words(on) if (on := day_of(day)) else None, at)
            for reference, number, day, at in disposed
        ],
    )
