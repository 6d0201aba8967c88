"""One event, one transaction: the whole way through the real turns, on both databases."""

from bot.turns import Turns
from dialogs.events import Start
from tests.house import Caller


async def test_hello(turns: Turns) -> None:
    caller = Caller(turns)
    await caller.does(Start())
    shown = await caller.taps("accept")
    assert shown[-1].type == "ask"
    assert shown[-1].key == "scope"
