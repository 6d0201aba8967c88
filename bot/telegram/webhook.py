"""Webhooks. Law: 200 means committed; after anything else, Telegram sends the update again."""

import asyncio
import hmac
import json
import logging
from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

from aiohttp import web

from bot.settings.keys import Keys
from bot.telegram.render import Call
from storage.database.sqlstate import kind

log = logging.getLogger(__name__)
MOST = 2**20
"""Bytes of the largest update that is read."""
PATIENCE = 30.0
"""Seconds that an update has to arrive."""
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header


class Hearing(Protocol):
    """A bot that takes updates as Telegram sends them."""

    async def hear(self, update: Any) -> Call | None:
        """Deal with an update, durably. Returns a call that may go with the answer. Raises when Telegram has to send it again."""


def routes(bots: Mapping[str, Hearing], keys: Keys) -> list[web.RouteDef]:
    """POST /telegram/<name> for each bot, by name. For someone who does not know the secret, nothing is there."""

    async def take(name: str, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET, "")
        known = [one.derive(f"webhook:{name}") for one in (keys, *keys.before)]
        if not any(hmac.compare_digest(given.encode(), one.encode()) for one in known):
            raise web.HTTPNotFound
        try:
            async with asyncio.timeout(PATIENCE):
                update = await _update(request)
        except TimeoutError as error:
            raise web.HTTPRequestTimeout from error
        try:
            nicety = await bots[name].hear(update)
        except Exception as error:
            log.error("webhook %s: %s", name, kind(error))
            raise web.HTTPInternalServerError from error
        # Telegram carries it out and does not report how that went (Bot API, "Making requests when getting updates").
        return web.json_response(nicety) if nicety else web.Response()

    return [web.post(f"/telegram/{name}", partial(take, name)) for name in bots]


async def _update(request: web.Request) -> Any:
    """The update that was sent. HTTPRequestEntityTooLarge when it is over MOST, HTTPBadRequest when it is not JSON."""
    if (request.content_length or 0) > MOST:
        raise web.HTTPRequestEntityTooLarge(MOST, request.content_length or 0)
    body = b""
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > MOST:
            raise web.HTTPRequestEntityTooLarge(MOST, len(body))
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise web.HTTPBadRequest from error
