"""A visitor without JavaScript: opens pages, fills in the forms that stand there, presses their buttons."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from types import TracebackType
from typing import Self
from urllib.parse import unquote_plus, urlencode, urljoin

from aiohttp import ClientSession, CookieJar, FormData

from tests.planted import PLUGIN

Upload = tuple[str, bytes]
VOID = {"input", "meta", "link", "img", "br", "path", "circle"}


@dataclass
class Form:
    action: str
    multipart: bool = False
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Page:
    """A page as somebody finds it: its forms, and its text by the place it stands in."""

    status: int
    url: str
    html: str
    headers: dict[str, str]
    forms: list[Form]
    text: str

    @property
    def asked(self) -> str:
        """The key of the question that the page ends with, "review", "receipt" or ""."""
        for form in self.forms:
            for _name, value in form.buttons:
                if value == "send":
                    return "review"
        keys = [value.partition(" ")[2] for form in self.forms for _name, value in form.buttons if " " in value]
        return keys[0] if keys else "receipt" if "receipt" in self.html else ""

    def form_with(self, act: str) -> Form:
        for form in self.forms:
            for _name, value in form.buttons:
                if value.partition(" ")[0] == act:
                    return form
        raise AssertionError(
            f"no button {act!r} on the page; there are {[value for form in self.forms for _n, value in form.buttons]}"
        )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(at.get("action", ""), at.get("enctype", "") == "multipart/form-data"))
        if not self.forms:
            return
        form = self.forms[-1]
        match tag:
            case "input" if (
                at.get("name")
                and at.get("type") != "file"
                and (at.get("type") not in ("checkbox", "radio") or "checked" in at)
            ):
                form.fields.setdefault(at["name"], []).append(at.get("value", ""))
            case "select":
                self._select = at["name"]
            case "option" if "selected" in at:
                form.fields.setdefault(self._select, []).append(at["value"])
            case "textarea" if at.get("name"):
                self._area = at["name"]
                form.fields.setdefault(self._area, []).append("")
            case "button" if at.get("name"):
                form.buttons.append((at["name"], at.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.forms[-1].fields[self._area] = [self.forms[-1].fields[self._area][0].removeprefix("\n")]
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].fields[self._area][-1] += data
        self.words.append(data)


def read(status: int, url: str, html: str, headers: dict[str, str]) -> Page:
    reader = _Reader()
    reader.feed(html)
    return Page(status, url, html, headers, reader.forms, " ".join(" ".join(reader.words).split()))


def _looked_at(page: Page) -> Page:
    """Neither an address nor the page of an error of ours holds what anybody wrote, but for the form that gives it back to them."""
    PLUGIN.look("an address", unquote_plus(page.url))
    if page.status >= 500:
        PLUGIN.look("an error page", re.sub(r"(?s)<form .*?</form>", "", page.html))
    return page


class Visitor:
    def __init__(self, url: str, language: str = "en") -> None:
        self.url = url
        self.session = ClientSession(cookie_jar=CookieJar(unsafe=True), headers={"Accept-Language": language})
        self.page = Page(0, "", "", {}, [], "")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.session.close()

    async def open(self, path: str = "/", **headers: str) -> Page:
        async with self.session.get(urljoin(self.url, path), headers=headers) as answer:
            self.page = _looked_at(read(answer.status, str(answer.url), await answer.text(), dict(answer.headers)))
        return self.page

    async def post(self, path: str, data: "FormData | BytesIO | dict[str, str]", **headers: str) -> Page:
        async with self.session.post(urljoin(self.url, path), data=data, headers=headers) as answer:
            self.page = _looked_at(read(answer.status, str(answer.url), await answer.text(), dict(answer.headers)))
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
    ) -> Page:
        """The same, with the fields by their names."""
        form = (page or self.page).form_with(act)
        name, value = next(one for one in form.buttons if one[1].partition(" ")[0] == act)
        written = form.fields | {key: [text] if isinstance(text, str) else text for key, text in fields.items()}
        inputs = [(key, text) for key, values in written.items() for text in values]
        if not form.multipart:
            body = BytesIO(urlencode([*inputs, (name, value)]).encode())
            return await self.post(
                form.action or self.page.url, body, **{"Content-Type": "application/x-www-form-urlencoded"}
            )
        data = FormData(default_to_multipart=True, quote_fields=False)
        for key, text in inputs:
            data.add_field(key, text)
        for filename, content in files:
            data.add_field("files", BytesIO(content), filename=filename, content_type="application/octet-stream")
        data.add_field(name, value)
        return await self.post(form.action or self.page.url, data)
