"""An SMTP server on loopback that keeps what it is given, and can be told to refuse."""

import email
import socket
import time
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Letterbox:
    """Start with `start`; then `url` is its address and `letters` what has come. `answer` is said to each recipient."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answer = "250 OK"
        self._port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self._port)

    def start(self) -> "Letterbox":
        """Listen on a free port."""
        self._controller.start()
        return self

    def stop(self) -> None:
        """Listen no more."""
        self._controller.stop()

    @property
    def url(self) -> str:
        """Its address, for SMTP_URL."""
        return f"smtp://127.0.0.1:{self._port}"

    def wait_for(self, letters: int, seconds: float = 30) -> None:
        """Wait until so many letters have come. TimeoutError when they do not."""
        last = time.monotonic() + seconds
        while len(self.letters) < letters:
            if time.monotonic() > last:
                raise TimeoutError(f"{len(self.letters)} of {letters} letters")
            time.sleep(0.05)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """What aiosmtpd asks for each recipient."""
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """What aiosmtpd calls with the whole message."""
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append(email.message_from_bytes(content, policy=default))
        self.recipients += envelope.rcpt_tos
        return "250 OK"
