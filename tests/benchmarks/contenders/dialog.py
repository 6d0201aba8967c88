"""What a developer would reach for next: aiogram_dialog on Redis, a window for each question, as its documentation has it."""

import os
from typing import Any

from aiogram import Dispatcher
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import DefaultKeyBuilder
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.input import TextInput
from aiogram_dialog.widgets.kbd import Select
from aiogram_dialog.widgets.text import Const, Format

from tests.benchmarks.contenders.place import serve
from tests.benchmarks.steps import Shown, read

STEPS = read(os.environ["INTERVIEW"])
Interview = type("Interview", (StatesGroup,), {f"step{number}": State() for number in range(len(STEPS))})
STATES = [getattr(Interview, f"step{number}") for number in range(len(STEPS))]
"""By number: the window that step of that number is answered with."""


async def go_on(message: Message, manager: DialogManager, answer: str) -> None:
    """Keep the answer, say what stands before the next window, and go there."""
    number = STATES.index(manager.current_context().state) + 1
    manager.dialog_data[f"answer{number}"] = answer
    for shown in STEPS[number].shown[:-1]:
        await message.answer(shown.text, parse_mode="HTML")
    await manager.next()


async def said(message: Message, _widget: Any, manager: DialogManager, text: str) -> None:
    """A text."""
    await go_on(message, manager, text)


async def tapped(press: CallbackQuery, _widget: Any, manager: DialogManager, act: str) -> None:
    """A press."""
    assert isinstance(press.message, Message)
    await go_on(press.message, manager, act)


def window(number: int) -> Window:
    """A window: the last message that step `number` is answered with, its rows of buttons, and an input where the next step is a text."""
    shown: Shown = STEPS[number].shown[-1]
    rows = [
        Select(Format("{item[0]}"), id=f"row{each}", item_id_getter=lambda item: item[1], items=row, on_click=tapped)
        for each, row in enumerate(shown.rows)
    ]
    text = number + 1 < len(STEPS) and STEPS[number + 1].verb == "say"
    more = [TextInput(id="text", on_success=said)] if text else []
    return Window(Const(shown.text), *rows, *more, state=STATES[number], parse_mode="HTML")


dispatcher = Dispatcher(
    storage=RedisStorage.from_url(os.environ["REDIS"], key_builder=DefaultKeyBuilder(with_destiny=True))
)
dispatcher.include_router(Dialog(*(window(number) for number in range(len(STEPS)))))
setup_dialogs(dispatcher)


@dispatcher.message(CommandStart())
async def start(_message: Message, dialog_manager: DialogManager) -> None:
    """Begin."""
    await dialog_manager.start(STATES[0], mode=StartMode.RESET_STACK)


if __name__ == "__main__":
    # It stores where a person is after it has asked them: in the background, whoever answers at once would be nowhere.
    serve(dispatcher, background=False)
