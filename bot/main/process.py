"""The process: which parts of the program each long-running command (`serve`, `web`, `worker`) runs."""

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from bot.main import metrics_page, store
from bot.main.health import Health
from bot.main.server import Parts
from bot.operations import metrics
from bot.operations.loops import Work
from bot.operations.rate_limit import RateLimit
from bot.operations.timekeeper import Timekeeper
from bot.worker.alarms import Alarms
from bot.worker.delivery import Carrier, Delivery
from bot.worker.erasure_log import ErasureLog
from bot.worker.reminders import Reminders
from bot.worker.retention import MONTH
from storage.database.sqlstate import listen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.main.program import Bots, Program


def parts(program: "Program", web: bool, work: bool) -> Parts:
    """The parts that one process runs: the web, the work behind it, or both."""
    listen(program.database, metrics.database_error)
    bots = program.bots()
    carriers = dict[str, Carrier](bots) | program.mail()
    health = program.health()
    closing: list[Callable[[], Awaitable[None]]] = [program.database.close, *(bot.close for bot in bots.values())]
    loops = _everywhere(program, bots, carriers)
    if work:
        loops |= _worker(program, bots, carriers)
    elif bots:
        # The process that takes a turn also sends its replies; whatever does not arrive at once is left to the worker.
        closing.append(sender(program, dict(bots)).stop)
    measured = metrics_page.application(health) if program.settings.metrics_port else None
    return Parts(loops, reached(program, bots, health) if web else None, measured, health, closing, said)


def sender(program: "Program", carriers: dict[str, Carrier]) -> Delivery:
    """The delivery that sends from this process, and sends what the process commits at once."""
    made = program.delivery(carriers)
    program.turns.sending.begins(made)
    return made


def _everywhere(program: "Program", bots: "Bots", carriers: dict[str, Carrier]) -> dict[str, Work]:
    """The loops of every process."""
    minutes = timedelta(minutes=program.settings.alarm_minutes)
    loops: dict[str, Work] = {
        "alarms": Alarms(
            program.turns, minutes, program.settings.alarm_email, carriers, runbook=program.settings.runbook_url
        ).run,
        "timekeeper": Timekeeper(program.database, program.clock).run,
    }
    if program.settings.metrics_port:
        metrics_page.measure(program.database)
        loops["lag"] = metrics_page.lag
    return loops | {f"{name}: held": bot.held.run for name, bot in bots.items() if bot.held}


def _worker(program: "Program", bots: "Bots", carriers: dict[str, Carrier]) -> dict[str, Work]:
    """The loops behind the web: sending, scheduled work, and listening to Telegram."""
    from bot.telegram.listening import listening

    settings = program.settings
    silence, kept = timedelta(days=settings.reminder_days), settings.draft_months * MONTH
    loops: dict[str, Work] = {
        "ledger": ErasureLog(program.database, store.register_of(settings)).run,
        "delivery": sender(program, carriers).run,
        "reminders": Reminders(program.turns, silence, kept, settings.digest_hour).run,
    }
    for name, bot in bots.items():
        hook = f"{settings.public_url}/telegram/{bot.hook}" if settings.public_url else ""
        loops[name] = listening(program.database, bot, hook, program.keys.derive(f"webhook:{bot.hook}"))
    return loops


def reached(program: "Program", bots: "Bots", health: Health, **limits: RateLimit) -> web.Application:
    """The application that people's browsers, Telegram's webhooks and monitoring reach. A test may hand in other `limits` (bot/web/http/site.py)."""
    from bot.telegram.webhook import routes
    from bot.web.application import application

    made = application(program.turns, program.settings, program.keys, **limits)
    hooks = {bot.hook: bot for bot in bots.values()} if program.settings.public_url else {}
    made.add_routes(routes(hooks, program.keys))
    made.add_routes(health.routes())
    return made


def said(address: str) -> None:
    """Print the address at which people find us."""
    sys.stdout.write(f"\nSamverkansguiden is at {address}\n\n")
    sys.stdout.flush()
