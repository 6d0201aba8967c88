"""A visitor without JavaScript: opens pages, fills in the forms that stand there, presses their buttons."""

import re
from collections.abc import Mapping
from io import BytesIO
from types import TracebackType
from typing import Self
from urllib.parse import unquote_plus, urlencode, urljoin

from aiohttp import ClientSession, CookieJar, FormData, TCPConnector

from tests.planted import PLUGIN
from tests.web.page import Page

Upload = tuple[str, bytes]


def _looked_at(page: Page) -> Page:
    """Neither an address nor the page of an error of ours holds what anybody wrote, but for the form that gives it back to them."""
    PLUGIN.look("an address", unquote_plus(page.url))
    if page.status >= 500:
        PLUGIN.look("an error page", re.sub(r"(?s)<form .*?</form>", "", page.html))
    return page


class Visitor:
    """A browser at one address, with its cookies. Each request has a line of its own: whoever serves may be killed and started in between."""

    def __init__(self, url: str, language: str = "en") -> None:
        self.url = url
        self.session = ClientSession(
            connector=TCPConnector(force_close=True),
            cookie_jar=CookieJar(unsafe=True),
            headers={"Accept-Language": language},
        )
        self.page = Page("")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.session.close()

    async def open(self, path: str = "/", **headers: str) -> Page:
        async with self.session.get(urljoin(self.url, path), headers=headers) as answer:
            self.page = _looked_at(Page(await answer.text(), answer.status, str(answer.url), dict(answer.headers)))
        return self.page

    async def post(self, path: str, data: "FormData | BytesIO | dict[str, str]", **headers: str) -> Page:
        async with self.session.post(urljoin(self.url, path), data=data, headers=headers) as answer:
            self.page = _looked_at(Page(await answer.text(), answer.status, str(answer.url), dict(answer.headers)))
        return self.page

    async def press(
        self, act: str, files: tuple[Upload, ...] = (), page: Page | None = None, **fields: "str | list[str]"
    ) -> Page:
        """Press the button that says `act`, after writing `fields` (a dot in a name is written as two underscores)."""
        return await self.fill(act, {key.replace("__", "."): text for key, text in fields.items()}, files, page)

    async def fill(
        self,
        act: str,
        fields: "Mapping[str, str | list[str]]",
        files: tuple[Upload, ...] = (),
        page: Page | None = None,
        at: str = "",
    ) -> Page:
        """The same, with the fields by their names; `at` is the address of another process of the same service."""
        form = (page or self.page).form_with(act)
        name, value = next(one for one in form.buttons if one[1].partition(" ")[0] == act)
        written = form.fields | {key: [text] if isinstance(text, str) else text for key, text in fields.items()}
        inputs = [(key, text) for key, values in written.items() for text in values]
        to = urljoin(at, form.action or "/") if at else form.action or self.page.url
        if not form.multipart:
            body = BytesIO(urlencode([*inputs, (name, value)]).encode())
            return await self.post(to, body, **{"Content-Type": "application/x-www-form-urlencoded"})
        data = FormData(default_to_multipart=True, quote_fields=False)
        for key, text in inputs:
            data.add_field(key, text)
        for filename, content in files:
            data.add_field("files", BytesIO(content), filename=filename, content_type="application/octet-stream")
        data.add_field(name, value)
        return await self.post(to, data)
