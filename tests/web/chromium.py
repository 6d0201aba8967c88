"""One Chromium, and one driver of it, for all tests of a worker: each takes a second of a processor to start, and stays as it is for whoever comes next."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from types import TracebackType
from typing import Self

from playwright.async_api import Browser, async_playwright

from tests.browser import found


class Chromium:
    """A Chromium that is started when it is first lent, and anew when it has died. To be used in one event loop, by one borrower at a time."""

    def __init__(self, env: Mapping[str, str | float | bool] | None = None) -> None:
        """`env` is the environment it is started in; as it is here when there is none."""
        self._env = dict(env) if env is not None else None
        self._browser: Browser | None = None
        self._running = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the browser and its driver."""
        await self._running.aclose()

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[Browser]:
        """The browser without any context. What the borrower has opened is closed afterwards, and with it its cookies, its cache and its storage."""
        browser = await self._alive()
        assert not browser.contexts
        try:
            yield browser
        finally:
            await self.given_back()

    async def given_back(self) -> None:
        """Close what is open in it."""
        for context in self._browser.contexts if self._browser else ():
            await context.close()

    async def _alive(self) -> Browser:
        if self._browser is None or not self._browser.is_connected():
            await self._running.aclose()
            playwright = await self._running.enter_async_context(async_playwright())
            self._browser = await playwright.chromium.launch(
                executable_path=found(), args=["--no-sandbox"], env=self._env
            )
            self._running.push_async_callback(self._browser.close)
        return self._browser
