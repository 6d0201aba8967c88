"""The process: which parts of the program each long-running command (`serve`, `web`, `worker`) runs."""

import sys
from collections.abc import Mapping
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
from bot.worker.connected import Connected
from bot.worker.connected import carriers as carriers_of
from bot.worker.delivery import Delivery
from bot.worker.erasure_log import ErasureLog
from bot.worker.outcome import Carrier
from bot.worker.reminders import Reminders
from bot.worker.retention import MONTH
from bot.worker.wiping import Wiping
from dialogs.language.channels import CHANNELS
from storage.database.sqlstate import listen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.main.program import Program


def parts(program: "Program", web: bool, work: bool) -> Parts:
    """The parts that one process runs: the web, the work behind it, or both."""
    listen(program.database, metrics.database_error)
    connected = program.connected()
    carriers = carriers_of(connected)
    health = program.health()
    closing: list[Callable[[], Awaitable[None]]] = [
        program.database.close,
        *(one.close for one in connected.values() if one.close),
    ]
    loops = _everywhere(program, connected, carriers)
    chats = {name: one for name, one in carriers.items() if CHANNELS[name].way == "pushed"}
    if work:
        loops |= _worker(program, connected, carriers)
    elif chats:
        # The process that takes a turn also sends its replies; whatever does not arrive at once is left to the worker.
        closing.append(sender(program, chats).stop)
    measured = metrics_page.application(health) if program.settings.metrics_port else None
    return Parts(loops, reached(program, connected, health) if web else None, measured, health, closing, said)


def sender(program: "Program", carriers: Mapping[str, Carrier]) -> Delivery:
    """The delivery that sends from this process, and sends what the process commits at once."""
    made = program.delivery(carriers)
    program.turns.sending.begins(made)
    return made


def _everywhere(
    program: "Program", connected: Mapping[str, Connected], carriers: Mapping[str, Carrier]
) -> dict[str, Work]:
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
    return loops | {f"{name}: {what}": work for name, one in connected.items() for what, work in one.beside.items()}


def _worker(program: "Program", connected: Mapping[str, Connected], carriers: Mapping[str, Carrier]) -> dict[str, Work]:
    """The loops behind the web: sending, scheduled work, and listening to whatever brings nothing by itself."""
    settings = program.settings
    silence, kept = timedelta(days=settings.reminder_days), settings.draft_months * MONTH
    loops: dict[str, Work] = {
        "ledger": ErasureLog(program.database, store.register_of(settings)).run,
        "delivery": sender(program, carriers).run,
        "reminders": Reminders(program.turns, silence, kept, settings.digest_hour).run,
    }
    if program.database.embedded:
        loops["wiping"] = Wiping(program.database).run
    return loops | {name: one.listen for name, one in connected.items() if one.listen}


def reached(
    program: "Program", connected: Mapping[str, Connected], health: Health, **limits: RateLimit
) -> web.Application:
    """The application that people's browsers, the channels' networks and monitoring reach. A test may hand in other `limits` (bot/web/http/site.py)."""
    from bot.web.application import application

    hooks = [hook for one in connected.values() for hook in one.hooks]
    made = application(program.turns, program.settings, program.keys, hooks, **limits)
    made.add_routes(health.routes())
    return made


def said(address: str) -> None:
    """Print the address at which people find us."""
    sys.stdout.write(f"\nSamverkansguiden is at {address}\n\n")
    sys.stdout.flush()
