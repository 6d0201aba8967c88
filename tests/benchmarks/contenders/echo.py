"""The framework's floor: aiogram says back what it hears, and stops the spinner of a press, as its documentation teaches."""

from aiogram import Dispatcher
from aiogram.types import CallbackQuery, Message
from aiogram.types import Message as Sent

from tests.benchmarks.contenders.place import WITHIN, serve

dispatcher = Dispatcher()


@dispatcher.message()
async def heard(message: Message) -> object:
    """A text comes back."""
    if WITHIN:
        return message.answer(message.text or "")
    return await message.answer(message.text or "")


@dispatcher.callback_query()
async def pressed(press: CallbackQuery) -> object:
    """A press comes back as a text."""
    await press.answer()
    assert isinstance(press.message, Sent)
    if WITHIN:
        return press.message.answer(press.data or "")
    return await press.message.answer(press.data or "")


if __name__ == "__main__":
    serve(dispatcher)
