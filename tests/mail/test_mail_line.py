"""The line to the mail server: what is said on it only over TLS, and what a letter is known by when it comes again."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from yarl import URL

from bot.mail.carrier import Mail
from bot.worker.delivery import LADDER
from bot.worker.outcome import Delivered, Failed
from dialogs.language.replies import Tell
from storage.database.database import Database
from storage.outbox import outbox
from storage.outbox.outbox import About, Post
from storage.people.people import Address
from tests.clock import Clock
from tests.house import Composed
from tests.letterbox import Letterbox

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SIGNING_IN = "guide:planted-password@"
SENDER = "Samverkansguiden <guide@example.se>"
LETTER = Post(7, Address("mail", "sara@example.se"), None, Tell(("Hello",), lasting=True), "sv", "", 1, NOW)
Opened = Callable[..., Letterbox]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority of certificates that this machine trusts."""
    made = trustme.CA()
    made.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return made


def certificate(authority: trustme.CA) -> ssl.SSLContext:
    """A server's certificate for 127.0.0.1."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Opens letterboxes."""
    boxes: list[Letterbox] = []

    def opening(context: ssl.SSLContext | None = None, *, from_the_start: bool = False) -> Letterbox:
        boxes.append(Letterbox(context, from_the_start=from_the_start).start())
        return boxes[-1]

    yield opening
    for box in boxes:
        box.stop()


@pytest.mark.parametrize("signing_in", ["", SIGNING_IN])
@pytest.mark.parametrize("scheme", ["smtp", "smtp+starttls", "smtps"])
async def test_with_tls_everything_goes_over_it(
    opened: Opened, authority: trustme.CA, scheme: str, signing_in: str
) -> None:
    box = opened(certificate(authority), from_the_start=scheme == "smtps")
    assert await Mail(box.named(scheme, signing_in), SENDER).carry(LETTER) == Delivered()
    assert box.secret == [True]
    assert box.passwords == ([b"planted-password"] if signing_in else [])


@pytest.mark.parametrize("address", [f"smtp://{SIGNING_IN}", "smtp+starttls://", f"smtp+starttls://{SIGNING_IN}"])
async def test_where_tls_is_demanded_and_not_offered_nothing_is_sent(opened: Opened, address: str) -> None:
    box = opened()
    scheme, _, signing_in = address.partition("://")
    outcome = await Mail(box.named(scheme, signing_in), SENDER).carry(LETTER)
    assert outcome == Failed("mail: no STARTTLS, or no way to sign in"), "it is tried again, and then staff sees it"
    assert box.passwords == []
    assert box.letters == []


async def test_without_a_password_a_server_may_offer_none(opened: Opened) -> None:
    box = opened()
    assert await Mail(box.url, SENDER).carry(LETTER) == Delivered()
    assert box.secret == [False]


@pytest.mark.parametrize("address", ["smtp://", f"smtp://{SIGNING_IN}", f"smtps://{SIGNING_IN}"])
@pytest.mark.usefixtures("authority")
async def test_a_certificate_of_somebody_else_is_believed_nothing(opened: Opened, address: str) -> None:
    scheme, _, signing_in = address.partition("://")
    box = opened(certificate(trustme.CA()), from_the_start=scheme == "smtps")
    outcome = await Mail(box.named(scheme, signing_in), SENDER).carry(LETTER)
    assert isinstance(outcome, Failed)
    assert not outcome.final
    assert box.passwords == []
    assert box.letters == []


@asynccontextmanager
async def between(server: str, heard: list[bytes]) -> AsyncIterator[int]:
    """Somebody on the line who takes the server's offer of STARTTLS out, and hears what the client says. The port to come to."""

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, ours: bool) -> None:
        while line := await reader.readline():
            if ours:
                heard.append(line)
            elif b"STARTTLS" in line:
                continue
            writer.write(line)
        writer.close()

    meetings: list[asyncio.Task[None] | None] = []

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        meetings.append(asyncio.current_task())
        url = URL(server)
        theirs, to_them = await asyncio.open_connection(url.host, url.port)
        await asyncio.gather(pass_on(reader, to_them, ours=True), pass_on(theirs, writer, ours=False))

    middle = await asyncio.start_server(meet, "127.0.0.1", 0)
    async with middle:
        yield middle.sockets[0].getsockname()[1]
        await asyncio.gather(*(one for one in meetings if one))


async def test_who_takes_starttls_out_on_the_way_hears_no_password_and_no_letter(
    opened: Opened, authority: trustme.CA
) -> None:
    box, heard = opened(certificate(authority)), list[bytes]()
    async with between(box.url, heard) as port:
        outcome = await Mail(f"smtp://{SIGNING_IN}127.0.0.1:{port}", SENDER).carry(LETTER)
    assert isinstance(outcome, Failed)
    assert not outcome.final
    assert {line[:4].upper() for line in heard} <= {b"EHLO", b"QUIT"}, heard
    assert box.letters == []


async def test_a_wrong_password_loses_no_letter(opened: Opened, authority: trustme.CA) -> None:
    """It is nothing against the letter, which goes when the password is mended; staff sees it when it is not."""
    box = opened(certificate(authority))
    box.knows = False
    assert await Mail(box.named("smtp", SIGNING_IN), SENDER).carry(LETTER) == Failed("mail: 535")
    box.knows = True
    assert await Mail(box.named("smtp", SIGNING_IN), SENDER).carry(LETTER) == Delivered()


async def test_a_letter_keeps_its_name_when_it_comes_again(
    opened: Opened, composed: Composed, database: Database, clock: Clock
) -> None:
    box = opened()
    clock.stop()
    box.hangs_up = 2
    async with database.write() as connection:
        for text in ("one", "two"):
            await outbox.put(connection, LETTER.to, None, About(), Tell((text,), lasting=True), "en", clock.at)
    for rung in (*LADDER[:2], timedelta(), timedelta()):
        await composed.program.delivery({"mail": Mail(box.url, SENDER)}).once()
        clock.at += rung
    texts = [letter.get_content().strip() for letter in box.letters]
    names = [str(letter["Message-ID"]) for letter in box.letters]
    assert texts == ["one", "one", "one", "two"]
    assert len(set(names[:3])) == 1
    assert names[3] != names[0]
    assert names[0].endswith("@example.se>")


async def test_what_a_letter_is_called(opened: Opened) -> None:
    box = opened()
    await Mail(box.url, SENDER).carry(LETTER)
    assert box.letters[0]["Message-ID"] == f"<outbox-7.{int(NOW.timestamp())}@example.se>"
    assert box.letters[0]["From"] == SENDER
