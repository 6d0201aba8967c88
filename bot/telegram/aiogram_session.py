"""aiogram's session, imported without the models that it would build: the one file that knows aiogram.

When imported, aiogram builds a pydantic model of everything in the Bot API (`model_rebuild` of each, at the end of aiogram/types/__init__.py),
and has no switch to stop that. We send and read plain JSON and use none of the models. So pydantic's `model_rebuild` does nothing during this
import; our own models are built as usual before and after it, and a test checks both.

Measured over five runs each (Python 3.11, 2 cores, aiogram 3.31, pydantic 2.13), importing the applicants' bot into a program that has loaded
the rest: 0.7 s of processor time and 14 MB with this, 3.5 s and 122 MB without it, in every process that has the bot's token.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import BaseModel


@contextmanager
def _without_models() -> Iterator[None]:
    building = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_rebuild = classmethod(lambda _model, **_given: None)  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        BaseModel.model_rebuild = building  # type: ignore[method-assign]


with _without_models():
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

__all__ = ["AiohttpSession", "TelegramAPIServer"]
