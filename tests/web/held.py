"""A form whose sender keeps back the end of it, for as long as a server waits."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlencode

from yarl import URL

from tests.web.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Held:
    """A post of which the server has read the beginning."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    rest: bytes

    async def finish(self) -> tuple[int, str, str]:
        """Send the rest. Returns the status, the headers and the body of the answer."""
        self.writer.write(self.rest)
        answer = (await self.reader.read()).decode(errors="replace")
        self.writer.close()
        await self.writer.wait_closed()
        head, _blank, body = answer.partition("\r\n\r\n")
        return int(head.split()[1]), head, body


async def held(visitor: Visitor, path: str, fields: "dict[str, str] | dict[str, list[str]]") -> Held:
    """Begin to send a form with a visitor's cookies. When this returns, whoever serves has let the request in and waits for its body."""
    to = URL(visitor.url) / path.lstrip("/")
    body = urlencode(fields, doseq=True).encode()
    cookies = "; ".join(f"{one.key}={one.value}" for one in visitor.session.cookie_jar.filter_cookies(to).values())
    reader, writer = await asyncio.open_connection(to.host, to.port)
    lines = (
        f"POST {to.raw_path} HTTP/1.1",
        f"Host: {to.authority}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        f"Cookie: {cookies}",
        "Accept-Language: en",
        "Expect: 100-continue",
        "Connection: close",
    )
    writer.write("\r\n".join((*lines, "", "")).encode() + body[:3])
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 100")
    return Held(reader, writer, body[3:])
