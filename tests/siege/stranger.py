"""Strangers with a browser, or what says that it is one: each from a network address of their own, everything at once, again and again."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

from aiohttp import ClientError, ClientSession, ClientTimeout, CookieJar, FormData, TCPConnector

from tests.siege.bombs import MARKS, PDF, heavy_picture, picture_bomb
from tests.web.page import Page

VICTIM = "offer@victim.example"
TOO_MANY = 429
PAUSE = 0.2
"""Seconds after a refusal; who does not wait gets nothing but refusals."""
PLAIN = {"Content-Type": "application/x-www-form-urlencoded"}
WISH: dict[str, tuple[str, dict[str, str | list[str]]]] = {
    "about": ("done", {"text": "A bench on our street."}),
    "share": ("no", {}),
    "contact": ("done", {"name": "Kim", "email": VICTIM, "phone": ""}),
}
"""What is answered where somebody wishes for a first meeting."""


class Stranger:
    """Somebody at one address of loopback. What comes back is counted by status, 0 for a line that was cut."""

    def __init__(self, url: str, address: str, seed: int) -> None:
        self.url, self.chance, self.answers = url, random.Random(f"{seed} {address}"), Counter[int]()
        self.sent = 0
        """Bytes of files that were sent."""
        self._address = address

    async def rage(self) -> None:
        """Come as far as the question for files as several people, then do all of it side by side until cancelled."""
        settled = self._fills, self._fills, self._bombs, self._exports, self._endless
        sessions = [self._session() for _act in settled]
        await asyncio.gather(*(self._settles(session) for session in sessions))
        async with asyncio.TaskGroup() as group:
            for act, session in zip(settled, sessions, strict=True):
                group.create_task(self._again(act, session))
            for act in (self._marks, self._newcomers, self._pages, self._wishes, self._large):
                group.create_task(self._as_somebody_new(act))

    def _session(self) -> ClientSession:
        connector = TCPConnector(local_addr=(self._address, 0), force_close=True)
        return ClientSession(connector=connector, cookie_jar=CookieJar(unsafe=True), timeout=ClientTimeout(20))

    async def _as_somebody_new(self, act: Callable[[ClientSession], Awaitable[None]]) -> None:
        """As somebody new each time."""
        while True:
            async with self._session() as session:
                await self._tried(act, session)

    async def _settles(self, session: ClientSession) -> None:
        while not await self._tried(self._to_the_files, session):
            pass

    async def _again(self, act: Callable[[ClientSession], Awaitable[None]], session: ClientSession) -> None:
        """As the same person."""
        async with session:
            while True:
                await self._tried(act, session)

    async def _tried(self, act: Callable[[ClientSession], Awaitable[None]], session: ClientSession) -> bool:
        try:
            await act(session)
        except (ClientError, TimeoutError, OSError, LookupError):
            self.answers[0] += 1
            await asyncio.sleep(self.chance.uniform(0.2, 0.6))
            return False
        await asyncio.sleep(self.chance.uniform(0.01, 0.1))
        return True

    async def _post(self, session: ClientSession, data: object, **headers: str) -> str:
        async with session.post(self.url + "/", data=data, headers=headers) as answer:
            self.answers[answer.status] += 1
            text = await answer.text()
        await asyncio.sleep(PAUSE if answer.status == TOO_MANY else 0)
        return text

    async def _get(self, session: ClientSession, path: str) -> None:
        async with session.get(self.url + path) as answer:
            self.answers[answer.status] += 1
            with suppress(ClientError):
                async for _chunk in answer.content.iter_chunked(1 << 16):
                    pass
        await asyncio.sleep(PAUSE if answer.status == TOO_MANY else 0)

    async def _marks(self, session: ClientSession) -> None:
        """Combining marks out of order, as many as fit into a form."""
        await self._post(session, f"form=1&press=done&text={MARKS}", **PLAIN)

    async def _large(self, session: ClientSession) -> None:
        """As much as a form may hold, and more, by somebody who has a chat and by somebody who has none."""
        await self._post(session, "press=accept", **PLAIN)
        for body in ("text=" + "%22" * 200_000, "text=" + "x" * 4_000_000, "a=&" * 500_000):
            await self._post(session, "form=1&press=done&" + body, **PLAIN)

    async def _newcomers(self, session: ClientSession) -> None:
        await self._post(session, "press=accept", **PLAIN)

    async def _pages(self, session: ClientSession) -> None:
        await self._post(session, "press=accept", **PLAIN)
        for _time in range(60):
            await self._get(session, self.chance.choice(("/", "/my-data", "/help", "/queue", "/no/such/page")))

    async def _press(self, session: ClientSession, page: Page, act: str, filled: dict[str, str | list[str]]) -> Page:
        """Send the form that has this button, filled in. LookupError when no page stands there: somebody said to slow down."""
        form, value = page.pressing(act)
        data = [
            (name, one)
            for name, given in (form.fields | filled).items()
            for one in ([given] if isinstance(given, str) else given)
        ]
        return Page(await self._post(session, FormData([*data, ("press", value)])()))

    async def _page(self, session: ClientSession) -> Page:
        """The page as it stands. LookupError where somebody said to slow down."""
        async with session.get(self.url + "/") as answer:
            self.answers[answer.status] += 1
            if answer.status == TOO_MANY:
                raise LookupError
            return Page(await answer.text())

    async def _to_the_files(self, session: ClientSession) -> None:
        """The short way to the question for files: five posts."""
        page = await self._page(session)
        if not page.question:
            page = Page(await self._post(session, "press=accept", **PLAIN))
        for act in ("change:evidence", "met evidence", "change:papers"):
            if page.question == "papers":
                return
            draft, version = (page.forms[-1].fields[name][0] for name in ("draft", "version"))
            given = {"press": act, "draft": draft, "version": version, "form": "1", "asked": page.question}
            page = Page(await self._post(session, given))
        if page.question != "papers":
            raise LookupError

    def _form(self, page: Page, *files: tuple[str, bytes]) -> FormData:
        form, value = page.pressing("add")
        data = FormData()
        for name, given in form.fields.items():
            for one in given:
                data.add_field(name, one)
        data.add_field("press", value)
        for name, content in files:
            data.add_field("files", content, filename=name)
            self.sent += len(content)
        return data

    async def _fills(self, session: ClientSession) -> None:
        """Fill the disk: one more full file, another one each time."""
        content = PDF + self.chance.randbytes(16) + b"\0" * 18_000_000
        await self._post(session, self._form(await self._page(session), ("a.pdf", content)))

    async def _endless(self, session: ClientSession) -> None:
        """A form with files that does not end: the line is cut in the middle of it."""
        page = await self._page(session)
        head = self._form(page)()
        boundary = head.headers["Content-Type"].partition("boundary=")[2]

        async def coming() -> AsyncIterator[bytes]:
            for name in page.pressing("add")[0].fields:
                value = "".join(page.pressing("add")[0].fields[name])
                yield f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for number in range(5):
                yield f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{number}.pdf"\r\n\r\n'.encode()
                yield PDF + self.chance.randbytes(16) + b"\0" * 4_000_000 + b"\r\n"
            raise ConnectionResetError

        await self._post(session, coming(), **{"Content-Type": f"multipart/form-data; boundary={boundary}"})

    async def _bombs(self, session: ClientSession) -> None:
        """Pictures that are small and unpack to gigabytes."""
        page = await self._page(session)
        await self._post(session, self._form(page, ("a.png", picture_bomb()), ("b.png", heavy_picture())))

    async def _exports(self, session: ClientSession) -> None:
        """Everything about oneself, ten times at once."""
        page = await self._page(session)
        await self._post(session, self._form(page, ("a.pdf", PDF + self.chance.randbytes(3_000_000))))
        await asyncio.gather(*(self._get(session, "/export") for _time in range(10)))

    async def _wishes(self, session: ClientSession) -> None:
        """Wishes for a meeting, so that somebody else gets letters; and their receipts."""
        await self._post(session, "press=accept", **PLAIN)
        for _wish in range(4):
            page = Page(await self._post(session, "press=meeting", **PLAIN))
            while page.question:
                act, filled = WISH[page.question]
                page = await self._press(session, page, act, filled)
            page = await self._press(session, page, "send", {})
            await self._press(session, page, "sure", {})
        await asyncio.gather(*(self._get(session, f"/receipt/SAM-2026-{number:04}.pdf") for number in range(1, 6)))
