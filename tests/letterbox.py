"""An SMTP server on loopback that keeps what it is given, and can be told to refuse, to offer TLS, or to hang up."""

import asyncio
import email
import ssl
import time
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.ports import free_port


class Letterbox:
    """Start with `start`; then `url` is its address and `letters` what has come. `answer` is said to each recipient.

    Anybody may sign in, with any password, also in the clear, unless it `knows` nobody: what it was told is in `passwords`. With a
    `certificate` it offers STARTTLS, or speaks TLS `from_the_start`. Without `utf8` it offers no SMTPUTF8.
    """

    def __init__(
        self, certificate: ssl.SSLContext | None = None, *, from_the_start: bool = False, utf8: bool = True
    ) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.secret: list[bool] = []
        """Of each letter, whether it came over TLS."""
        self.passwords: list[bytes] = []
        self.knows = True
        self.answer = "250 OK"
        self.hangs_up = 0
        """How many letters are kept without a word: the line is cut before it says that it has them."""
        self._port = free_port()
        self._from_the_start = from_the_start
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self._port,
            ssl_context=certificate if from_the_start else None,
            tls_context=None if from_the_start else certificate,
            auth_require_tls=False,
            enable_SMTPUTF8=utf8,
            authenticator=self._sign_in,
        )

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
        return self.named("smtps" if self._from_the_start else "smtp")

    def named(self, scheme: str, signing_in: str = "") -> str:
        """Its address with another scheme; `signing_in` is "user:password@" or nothing."""
        return f"{scheme}://{signing_in}127.0.0.1:{self._port}"

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
        self.secret.append(session.ssl is not None or self._from_the_start)
        if self.hangs_up and isinstance(server.transport, asyncio.Transport):
            self.hangs_up -= 1
            server.transport.abort()
        return "250 OK"

    def _sign_in(self, server: SMTP, session: Session, envelope: Envelope, way: str, said: object) -> AuthResult:
        """What aiosmtpd asks when somebody signs in."""
        assert isinstance(said, LoginPassword)
        self.passwords.append(said.password)
        return AuthResult(success=self.knows, handled=False)
