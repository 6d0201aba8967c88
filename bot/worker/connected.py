"""A channel as the settings connect it: what carries, what listens, and what people's networks bring to us."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from aiohttp import web

from bot.operations.loops import Work
from bot.settings.settings import Settings
from bot.turns.turns import Turns
from bot.worker.outcome import Carrier
from dialogs.engine.declared import Declared
from dialogs.language.channel import Channel


class Unreached(Exception):
    """The network does not answer, or does not know us. The text says so to whoever runs the program, and holds no secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """One channel of CHANNELS, connected. The module that the channel names makes it: `connect(turns, settings)` gives one for each channel
    that the settings have what it takes for. Declared, the author's error, for a carrier that cannot carry.
    """

    channel: str
    carrier: Carrier
    listen: Work | None = None
    """A loop by which the worker hears what comes; None where nothing comes, or all of it by `hooks`."""
    beside: Mapping[str, Work] = field(default_factory=dict)
    """Loops of every process, by name."""
    hooks: tuple[web.RouteDef, ...] = ()
    """What the network posts to us. Whoever may is found out there; no rate limit for people applies."""
    named: Callable[[], Awaitable[str]] | None = None
    """What the network calls us, as in `Channel.door`. Raises Unreached."""
    close: Callable[[], Awaitable[None]] | None = None

    def __post_init__(self) -> None:
        if not callable(getattr(self.carrier, "carry", None)):
            raise Declared(f"the carrier of {self.channel} has no carry(post)")


def carriers(connected: Mapping[str, Connected]) -> dict[str, Carrier]:
    """What carries, by channel."""
    return {name: one.carrier for name, one in connected.items()}


Connect = Callable[[Turns, Settings], Iterable[Connected]]
"""What the module of a channel has under the name `connect`."""


def connected(channels: Iterable[Channel], turns: Turns, settings: Settings) -> dict[str, Connected]:
    """Those of the channels that the settings connect, by name. Declared, the author's error, names the channel and the module that cannot."""
    names: dict[str, list[str]] = {}
    for channel in channels:
        if channel.by:
            names.setdefault(channel.by, []).append(channel.name)
    return {one.channel: one for module, its in names.items() for one in _connected(module, its, turns, settings)}


def _connected(module: str, names: list[str], turns: Turns, settings: Settings) -> list[Connected]:
    """What this module connects of the channels with these names."""
    who = f"channel {', '.join(names)}: {module}"
    connect = _connect_of(module, who)
    try:
        found = list(connect(turns, settings))
    except (TypeError, Declared) as wrong:
        raise Declared(
            f"{who}: its connect(turns, settings) gives no Connected as bot/worker/connected.py says: {wrong}"
        ) from wrong
    if others := sorted({one.channel for one in found} - {*names}):
        raise Declared(f"{who} connects {', '.join(others)} as well: say so by `by` in dialogs/language/channels.py")
    return found


def _connect_of(module: str, who: str) -> Connect:
    try:
        connect: Connect | None = getattr(import_module(module), "connect", None)
    except ModuleNotFoundError as missing:
        if not f"{module}.".startswith(f"{missing.name}."):
            raise  # it is there, and what it needs is not
        raise Declared(
            f"{who} is not there: write it, with connect(turns, settings), or mend `by` in dialogs/language/channels.py"
        ) from missing
    if not callable(connect):
        raise Declared(f"{who} has no connect(turns, settings): see bot/worker/connected.py")
    return connect
