"""What Telegram sends to a webhook."""

from typing import Any

from aiohttp import ClientSession

from bot.telegram.webhook import SECRET
from tests.telegram.stage import Stage


def hello(id: int = 1, **content: Any) -> dict[str, Any]:
    """An update: somebody writes."""
    return {
        "update_id": id,
        "message": {
            "message_id": id,
            "date": 100,
            "chat": {"id": 501, "type": "private"},
            "from": {"id": 501, "language_code": "en"},
            "text": "/start",
            **content,
        },
    }


async def post(url: str, secret: str, **what: Any) -> int:
    """Bring it to a webhook; the status of the answer."""
    async with ClientSession() as session, session.post(url, headers={SECRET: secret}, **what) as response:
        return int(response.status)


async def rows(stage: Stage, table: str) -> int:
    """How many rows a table has."""
    async with stage.parts.database.read() as connection:
        return int((await connection.exec_driver_sql(f"SELECT count(*) FROM {table}")).scalar_one())
