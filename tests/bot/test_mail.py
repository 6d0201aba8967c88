"""E-mail, against a real SMTP server."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.delivery import Delivered, Delivery, Failed, Gone
from bot.mail.carrier import Mail
from dialogs.case import Case
from dialogs.home import receipt
from dialogs.notices import notices
from dialogs.replies import Reply
from storage import outbox
from storage.outbox import Post
from storage.people import Address
from tests.applicant import sends_an_application
from tests.house import Caller, Composed, compose
from tests.letterbox import Letterbox, free_port

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    box = Letterbox().start()
    yield box
    box.stop()


def post(reply: Reply, to: str = "sara@example.se", locale: str = "sv") -> Post:
    return Post(7, Address("mail", to), None, reply, locale, "", 1, NOW)


async def test_a_receipt_arrives_with_reference_time_and_next_steps(letterbox: Letterbox) -> None:
    mail = Mail(letterbox.url, "guide@example.se")
    assert (
        await mail.carry(post(receipt("application", "SAM-2026-0001", NOW, "box@example.se"), locale="en"))
        == Delivered()
    )
    letter = letterbox.letters[0]
    assert letter["Subject"] == "Your application has arrived"
    assert letter["To"] == "sara@example.se"
    body = letter.get_content()
    assert "SAM-2026-0001" in body
    assert "10:30" in body, "Stockholm is one hour ahead of UTC in November"
    assert "box@example.se" in body


async def test_arabic_arrives_whole(letterbox: Letterbox) -> None:
    mail = Mail(letterbox.url, "guide@example.se")
    notice = notices(
        "application", Case(1, "SAM-2026-0001", "ميدان مولفونغ"), "https://example.se/queue/SAM-2026-0001"
    )[1]
    assert await mail.carry(post(notice.reply, locale="ar")) == Delivered()
    assert "ميدان مولفونغ" in letterbox.letters[0].get_content()


async def test_a_title_with_line_breaks_makes_no_header(letterbox: Letterbox) -> None:
    notice = notices("application", Case(1, "SAM-2026-0001", "x\r\nBcc: someone@example.se"), "")[1]
    assert await Mail(letterbox.url, "guide@example.se").carry(post(notice.reply)) == Delivered()
    assert letterbox.recipients == ["sara@example.se"]
    assert letterbox.letters[0]["Bcc"] is None


@pytest.mark.parametrize(("answer", "outcome"), [("550 no such user", Gone), ("450 later", Failed)])
async def test_a_refused_recipient(letterbox: Letterbox, answer: str, outcome: type) -> None:
    letterbox.answer = answer
    notice = notices("application", Case(1, "SAM-2026-0001", ""), "")[1]
    assert isinstance(await Mail(letterbox.url, "guide@example.se").carry(post(notice.reply)), outcome)


async def test_no_server_is_tried_again() -> None:
    url = f"smtp://127.0.0.1:{free_port()}"
    notice = notices("application", Case(1, "SAM-2026-0001", ""), "")[1]
    outcome = await Mail(url, "guide@example.se").carry(post(notice.reply))
    assert isinstance(outcome, Failed)
    assert not outcome.final


async def test_an_application_is_told_to_the_mailbox_and_receipted_to_the_applicant(
    composed: Composed, letterbox: Letterbox
) -> None:
    await sends_an_application(Caller(composed.turns), proposal="secret plans for the square")
    delivery = Delivery(composed.database, {"mail": Mail(letterbox.url, "guide@example.se")}, composed.turns.committed)
    while await delivery.once():
        pass
    assert sorted(letterbox.recipients) == ["mailbox@example.se", "sara@malmo.se"]
    for letter in letterbox.letters:
        assert "secret plans" not in letter.as_string()
        assert "secret plans" not in letter.get_content()
    told = next(letter for letter in letterbox.letters if letter["To"] == "mailbox@example.se")
    assert "Möllevångstorget" in told.get_content()
    assert "https://example.se/queue/SAM-" in told.get_content()
    async with composed.database.read() as connection:
        assert await outbox.undelivered(connection) == []


async def test_nothing_is_kept_for_mail_where_there_is_no_mail(sqlite_url: str, tmp_path: Path) -> None:
    parts = compose(sqlite_url, tmp_path, mails=False)
    await sends_an_application(Caller(parts.turns))
    async with parts.database.write() as connection:
        assert await outbox.lease(connection, ("mail",), datetime.now(UTC)) == []
    await parts.close()
