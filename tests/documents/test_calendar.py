"""A meeting as a calendar file, read by the standard's parser and line by line as RFC 5545 has it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.documents.calendar import calendar_file
from bot.documents.enclosure import enclosure
from bot.mail.carrier import Mail
from bot.worker.outcome import Delivered
from dialogs.kinds.times import instant
from dialogs.language.replies import Appointment
from dialogs.language.words import Moment, _
from storage.outbox.outbox import Post
from storage.people.people import Address
from tests.house import Composed
from tests.letterbox import Letterbox

MADE = datetime(2026, 11, 23, 8, 30, 15, 700_000, tzinfo=UTC)
ARABIC = "ميدان مولفونغ، أمام المكتبة؛ الطابق الثاني، عند الباب الأزرق الكبير مباشرة بعد السلم"
NAMES = {
    "BEGIN",
    "END",
    "VERSION",
    "PRODID",
    "METHOD",
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "LOCATION",
    "DESCRIPTION",
    "STATUS",
    "ORGANIZER",
    "ACTION",
    "TRIGGER",
}
"""Every property there is in a file."""


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    box = Letterbox().start()
    yield box
    box.stop()


def meeting(local: str = "2026-12-03T14:00", place: str = "Ettan", title: str = "Torget") -> Appointment:
    about = _("About {reference}: {title}", reference="SAM-2026-0001", title=title)
    return Appointment(
        "sam-2026-0001-7",
        1,
        "SAM-2026-0001",
        Moment(instant(local)),
        place,
        _("Meeting about collaboration support"),
        (about, _("Here is the meeting for your calendar.")),
    )


def properties(file: bytes) -> list[tuple[str, str]]:
    """Name (with parameters) and value of every line, unfolded as RFC 5545, 3.1 says."""
    unfolded = file.decode().replace("\r\n ", "").replace("\r\n\t", "")
    return [(name, value) for name, _colon, value in (line.partition(":") for line in unfolded.split("\r\n")[:-1])]


def one(file: bytes, name: str) -> str:
    (value,) = [value for key, value in properties(file) if key.partition(";")[0] == name]
    return value


@pytest.mark.parametrize("place", ["Ettan", ARABIC, "a" * 300, "A, B; C\\D\nsecond line", "🌳" * 80])
@pytest.mark.parametrize("locale", ["sv", "ar", "en"])
def test_every_line_is_as_the_standard_has_it(place: str, locale: str) -> None:
    file = calendar_file(meeting(place=place), locale, MADE, "mailbox@example.se")
    assert file.endswith(b"END:VCALENDAR\r\n")
    lines = file.split(b"\r\n")[:-1]
    assert not any(b"\r" in line or b"\n" in line for line in lines), "CRLF ends each line, and nothing else does"
    assert all(len(line) <= 75 for line in lines), "octets, without the line break"
    for line in lines:
        line.decode()  # a character is never cut in two
    for name, _value in properties(file):
        assert re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[^:;]+)*", name)
    assert {name.partition(";")[0] for name, _value in properties(file)} == NAMES
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert str(event["LOCATION"]) == place


def test_what_the_standard_demands_of_a_published_event() -> None:
    """RFC 5546, 3.2.1: DTSTAMP, DTSTART, ORGANIZER, SUMMARY and UID, and no ATTENDEE."""
    file = calendar_file(meeting(), "en", MADE, "mailbox@example.se")
    assert (one(file, "VERSION"), one(file, "METHOD")) == ("2.0", "PUBLISH")
    assert one(file, "DTSTAMP") == "20261123T083015Z", "when it was made, in UTC"
    assert (one(file, "DTSTART"), one(file, "DTEND")) == ("20261203T130000Z", "20261203T140000Z")
    assert one(file, "ORGANIZER") == "mailto:mailbox@example.se"
    assert one(file, "UID") == "sam-2026-0001-7@samverkansguiden"
    assert "SAM-2026-0001" in one(file, "SUMMARY")
    assert "ATTENDEE" not in file.decode()
    assert one(file, "TRIGGER") == "-PT2H"
    assert one(file, "PRODID")


def test_summer_time_is_another_hour_from_utc() -> None:
    assert one(calendar_file(meeting("2026-06-03T14:00"), "sv", MADE), "DTSTART") == "20260603T120000Z"
    assert one(calendar_file(meeting("2026-12-31T23:30"), "sv", MADE), "DTEND") == "20261231T233000Z"


def test_without_an_organizer_it_publishes_nothing() -> None:
    """METHOD:PUBLISH without ORGANIZER would be wrong; a calendar without either is right."""
    names = {name for name, _value in properties(calendar_file(meeting(), "sv", MADE))}
    assert not names & {"METHOD", "ORGANIZER"}


def test_the_same_meeting_is_the_same_event() -> None:
    first = calendar_file(meeting(), "sv", MADE, "mailbox@example.se")
    again = calendar_file(meeting(), "ar", MADE + timedelta(days=2), "mailbox@example.se")
    assert one(first, "UID") == one(again, "UID")
    assert one(first, "DTSTAMP") < one(again, "DTSTAMP"), "the later one counts"


def test_what_somebody_wrote_adds_no_line_of_its_own() -> None:
    hostile = "Ettan\r\nATTENDEE:mailto:x@example.se\nEND:VEVENT\r\nBEGIN:VALARM"
    file = calendar_file(meeting(place=hostile, title=hostile), "sv", MADE, "mailbox@example.se")
    names = [name for name, _value in properties(file)]
    assert "ATTENDEE" not in names
    assert [value for name, value in properties(file) if name == "BEGIN"] == ["VCALENDAR", "VEVENT", "VALARM"]


@pytest.mark.parametrize("locale", ["sv", "ar"])
async def test_it_arrives_by_mail_as_a_calendar(letterbox: Letterbox, locale: str) -> None:
    post = Post(7, Address("mail", "sara@example.se"), None, meeting(place=ARABIC, title=ARABIC), locale, "", 1, MADE)
    assert await Mail(letterbox.url, "Guide <guide@example.se>", "mailbox@example.se").carry(post) == Delivered()
    (letter,) = letterbox.letters
    (attachment,) = letter.iter_attachments()
    assert attachment.get_content_type() == "text/calendar"
    assert attachment["Content-Type"].params == {"method": "PUBLISH", "charset": "utf-8"}
    assert attachment.get_filename() == "sam-2026-0001-7.ics"
    content = attachment.get_payload(decode=True)
    assert isinstance(content, bytes)
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["LOCATION"]) == ARABIC
    assert ARABIC in str(event["DESCRIPTION"])
    assert str(event["ORGANIZER"]) == "mailto:mailbox@example.se"
    body = letter.get_body()
    assert body is not None
    assert ARABIC in body.get_content()


async def test_without_a_mailbox_the_sender_publishes(letterbox: Letterbox) -> None:
    post = Post(7, Address("mail", "sara@example.se"), None, meeting(), "sv", "", 1, MADE)
    await Mail(letterbox.url, "Guide <guide@example.se>").carry(post)
    (attachment,) = letterbox.letters[0].iter_attachments()
    content = attachment.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert b"mailto:guide@example.se" in content.replace(b"\r\n ", b"")


async def test_it_goes_along_on_telegram_as_a_document(composed: Composed) -> None:
    post = Post(7, Address("telegram", "501"), None, meeting(place=ARABIC), "ar", "", 1, MADE)
    async with enclosure(composed.turns.papers, post) as enclosed:
        assert enclosed
        assert (enclosed.name, enclosed.form) == ("sam-2026-0001-7.ics", "document")
        content = enclosed.file.read()
    assert enclosed.size == len(content)
    assert one(content, "METHOD") == "PUBLISH"
    assert one(content, "ORGANIZER") == "mailto:mailbox@example.se"
