"""A channel as the settings connect it: what carries, what listens, and what people's networks bring to us."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import web

from bot.operations.loops import Work
from bot.worker.delivery import Carrier


class Unreached(Exception):
    """The network does not answer, or does not know us. The text says so to whoever runs the program, and holds no secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """One channel of CHANNELS, connected. The module that the channel names makes it: `connect(turns, settings)` gives one for each channel
    that the settings have what it takes for.
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


def carriers(connected: Mapping[str, Connected]) -> dict[str, Carrier]:
    """What carries, by channel."""
    return {name: one.carrier for name, one in connected.items()}
