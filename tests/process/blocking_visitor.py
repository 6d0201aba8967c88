"""The visitor for tests that wait in threads, as those do which start and kill processes: the one of tests/web, in a loop of its own."""

import asyncio
import threading
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar
from urllib.parse import urljoin

from tests.answers import SV
from tests.web.page import Page
from tests.web.visitor import Upload, Visitor

PATIENCE = 60
"""Seconds for a page."""
STEPS = SV.form
"""What the visitor does at each question: the button, and what is filled in."""
Got = TypeVar("Got")


class BlockingVisitor:
    """A browser at `url`, which may be set anew. Any thread may use it, several at once. Close it when done."""

    def __init__(self, url: str, language: str = "sv") -> None:
        self.url = url
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._visitor = self._do(self._made(language))

    def see(self, path: str = "/") -> Page:
        """The chat as it stands, or another page."""
        return self._do(self._visitor.open(urljoin(self.url, path)))

    def press(
        self,
        page: Page,
        act: str,
        filled: Mapping[str, str | list[str]] | None = None,
        at: str = "",
        files: tuple[Upload, ...] = (),
    ) -> Page:
        """Send the form with this button, filled in; `at` is another process's address of the same service."""
        return self._do(self._visitor.fill(act, filled or {}, files, page, at or self.url))

    def get(self, path: str) -> bytes:
        """What lies at an address."""
        return self._do(self._got(urljoin(self.url, path)))

    def post(self, path: str) -> Page:
        """Send a form with nothing in it."""
        return self._do(self._visitor.post(urljoin(self.url, path), {}))

    @property
    def cookies(self) -> dict[str, str]:
        """By name."""
        return {one.key: one.value for one in self._visitor.session.cookie_jar}

    def close(self) -> None:
        """Give the connections back."""
        self._do(self._visitor.session.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _made(self, language: str) -> Visitor:
        return Visitor(self.url, language)

    async def _got(self, url: str) -> bytes:
        async with self._visitor.session.get(url) as answer:
            return await answer.read()

    def _do(self, what: Coroutine[Any, Any, Got]) -> Got:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(PATIENCE)
