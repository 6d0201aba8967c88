"""Applicants on Telegram who have come so far."""

from tests.telegram.phone import Phone
from tests.telegram.stage import Stage


async def at_the_papers(stage: Stage, id: int) -> Phone:
    """Somebody who is asked for files."""
    phone = stage.phone(id)
    await phone.walk("papers")
    return phone


async def sent(stage: Stage) -> str:
    """Somebody sends an application; its reference."""
    sara = stage.phone()
    await sara.walk("")
    await sara.tap("send")
    await sara.read()
    await sara.tap("sure")
    await sara.read()
    async with stage.parts.database.read() as connection:
        return str((await connection.exec_driver_sql("SELECT reference FROM cases")).scalar_one())
