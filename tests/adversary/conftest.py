"""The same stages as the web's and Telegram's own tests stand on."""

from tests.telegram.conftest import api, stage, still
from tests.web.conftest import served, visitor

__all__ = ["api", "served", "stage", "still", "visitor"]
