"""The Bot API server that a process talks to, as the tests of processes stand on it."""

from tests.process.conftest import api

__all__ = ["api"]
