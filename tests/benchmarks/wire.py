"""As much HTTP/1.1 as two programs on loopback need, so cheap that what is measured is never this."""

import asyncio
import re
from abc import ABC, abstractmethod

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
END = b"\r\n\r\n"


class Messages(asyncio.Protocol, ABC):
    """One connection that stays open. `got` is called for each whole request or response."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self._buffer = b""

    @property
    def open(self) -> bool:
        """Whether something can be sent."""
        return self.transport is not None and not self.transport.is_closing()

    @abstractmethod
    def got(self, head: bytes, body: bytes) -> None:
        """A message: its first line and headers, and its body."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self._buffer = transport, b""

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None

    def data_received(self, data: bytes) -> None:
        self._buffer = buffer = self._buffer + data if self._buffer else data
        while (end := buffer.find(END)) >= 0:
            head = buffer[:end]
            if length := LENGTH.search(head):
                stop = end + 4 + int(length[1])
                if len(buffer) < stop:
                    break
                body = buffer[end + 4 : stop]
            elif CHUNKED.search(head):
                if (whole := _chunks(buffer, end + 4)) is None:
                    break
                body, stop = whole
            else:
                body, stop = b"", end + 4
            self._buffer = buffer = buffer[stop:]
            self.got(head, body)


def _chunks(buffer: bytes, at: int) -> tuple[bytes, int] | None:
    """A chunked body from `at` on and where it ends, or None when it is not all there."""
    body = b""
    while (end := buffer.find(b"\r\n", at)) >= 0:
        size = int(buffer[at:end].partition(b";")[0], 16)
        at = end + 2 + size + 2
        if len(buffer) < at:
            return None
        if not size:
            return body, at
        body += buffer[end + 2 : at - 2]
    return None
