"""The same web as its own tests stand on, for what is proved in a copy."""

from tests.web.conftest import served, served_to_anybody, visitor

__all__ = ["served", "served_to_anybody", "visitor"]
