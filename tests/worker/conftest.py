"""Telegram's Bot API, as the tests of the bots stand on it."""

from tests.telegram.conftest import api

__all__ = ["api"]
