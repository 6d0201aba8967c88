"""What a developer would reach for first: aiogram's finite state machine on Redis, a state and a handler for each question, as its documentation has it."""

import os
from collections.abc import Awaitable, Callable

from aiogram import Dispatcher
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import CallbackQuery, Message

from tests.benchmarks.contenders.place import WITHIN, keyboard, serve
from tests.benchmarks.steps import read

STEPS = read(os.environ["INTERVIEW"])
STATES = [State(f"step{number}", "Interview") for number in range(len(STEPS))]
"""By number: what is answered there is the step of that number."""

dispatcher = Dispatcher(storage=RedisStorage.from_url(os.environ["REDIS"]))


async def say(message: Message, number: int) -> object:
    """The messages that step `number` is answered with."""
    *before, last = STEPS[number].shown
    for shown in before:
        await message.answer(shown.text, parse_mode="HTML", reply_markup=keyboard(shown))
    answer = message.answer(last.text, parse_mode="HTML", reply_markup=keyboard(last))
    return answer if WITHIN else await answer


async def go_on(message: Message, state: FSMContext, number: int, answer: str) -> object:
    """Keep the answer of step `number`, and ask what comes next."""
    await state.update_data({f"answer{number}": answer})
    if number + 1 < len(STEPS):
        await state.set_state(STATES[number + 1])
    else:
        await state.clear()
    return await say(message, number)


@dispatcher.message(CommandStart())
async def start(message: Message, state: FSMContext) -> object:
    """Begin."""
    await state.set_state(STATES[1])
    return await say(message, 0)


def said(number: int) -> Callable[[Message, FSMContext], Awaitable[object]]:
    """The handler of a text."""

    async def handler(message: Message, state: FSMContext) -> object:
        return await go_on(message, state, number, message.text or "")

    return handler


def tapped(number: int) -> Callable[[CallbackQuery, FSMContext], Awaitable[object]]:
    """The handler of a press."""

    async def handler(press: CallbackQuery, state: FSMContext) -> object:
        await press.answer()
        assert isinstance(press.message, Message)
        return await go_on(press.message, state, number, press.data or "")

    return handler


for each, step in enumerate(STEPS[1:], 1):
    if step.verb == "say":
        dispatcher.message.register(said(each), STATES[each])
    else:
        dispatcher.callback_query.register(tapped(each), STATES[each])

if __name__ == "__main__":
    serve(dispatcher)
