"""Somebody's browser in one of the roles, and what it is answered."""

from dataclasses import dataclass

from aiohttp import ClientSession

from tests.adversary.roles import NOBODY, Cast
from tests.web.conftest import Served

REFERENCE = "{reference}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, without the reference that was asked."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Asking:
    """Somebody's browser, with exactly the cookies it is given."""

    def __init__(self, served: Served, cast: Cast, session: ClientSession) -> None:
        self.served, self.cast, self.session = served, cast, session
        self.nothing: dict[tuple[str, ...], Answer] = {}

    def cookies(self, role: str) -> str:
        """What the browser of a role sends along; "a+b" has both sides' cookies."""
        found = []
        for one in role.removesuffix(" later").split("+"):
            if one in self.cast.sessions:
                found.append(f"desk={self.cast.sessions[one]}")
            elif one in self.cast.chats:
                found.append(f"chat={self.cast.chats[one]}")
        if role == "made up":
            found = [f"desk={'x' * 32}", f"chat={'y' * 32}"]
        if role == "mixed up":
            found = [f"desk={self.cast.chats['sara']}", f"chat={self.cast.sessions['holder']}"]
        return "; ".join(found)

    async def ask(
        self, role: str, method: str, path: str, form: dict[str, str] | None = None, reference: str = ""
    ) -> Answer:
        """The answer to one request."""
        headers = {"Accept-Language": "en", "Cookie": self.cookies(role)}
        data = form if method == "POST" else None
        async with self.session.request(
            method, self.served.url + path, headers=headers, data=data, allow_redirects=False
        ) as answer:
            body = await answer.read()
            said = [(name, value) for name, value in answer.headers.items() if name not in ("Date", "Set-Cookie")]
            said += [("Set-Cookie", value.partition("=")[0]) for value in answer.headers.getall("Set-Cookie", [])]
        if reference:
            for one in (reference, reference.lower()):
                body = body.replace(one.encode(), b"(reference)")
            said = [(name, value.replace(reference, "(reference)")) for name, value in said]
        return Answer(answer.status, tuple(sorted(said)), body)

    async def seeks(self, role: str, words: str) -> Answer:
        """What the queue finds by these words, without them."""
        await self.ask(role, "POST", "/queue", {"words": words})
        return await self.ask(role, "GET", "/queue?sought=1", reference=words)

    async def nobodys(self, role: str, method: str, path: str, form: dict[str, str]) -> Answer:
        """What the same person is told of a case that does not exist."""
        key = (role, method, path)
        if key not in self.nothing:
            self.nothing[key] = await self.ask(role, method, path.replace(REFERENCE, NOBODY), form, NOBODY)
        return self.nothing[key]
