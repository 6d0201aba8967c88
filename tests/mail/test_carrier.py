"""E-mail, against a real SMTP server."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.mail.carrier import Mail
from bot.speech.catalogs import say, tag
from bot.worker.delivery import LADDER
from bot.worker.outcome import Delivered, Failed, Gone, Outcome
from dialogs.applicants.sending import receipt
from dialogs.case.case import Case
from dialogs.case.notices import notices
from dialogs.desk.undelivered import sentence
from dialogs.language.events import Press, Say
from dialogs.phases.initiation.applied import APPLIED
from storage.cases import cases, drafts
from storage.outbox import leases, outbox, undelivered
from storage.outbox.outbox import Post
from storage.people.people import Address, add_address, drop_address
from tests.applicant import sends_an_application
from tests.day import a_case, delivered, happens, let_in
from tests.house import SEAL, Caller, Composed, compose
from tests.letterbox import Letterbox
from tests.mail.letters import NOW, SECRET, by_mail_only, confirms, mail, post, text, to
from tests.ports import free_port
from tests.ways import BEGUN, SENT, also_at, goes, up_to
from tests.wire import Wire


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    box = Letterbox().start()
    yield box
    box.stop()


async def test_a_receipt_arrives_with_reference_time_and_next_steps(letterbox: Letterbox) -> None:
    mail = Mail(letterbox.url, "guide@example.se")
    assert (
        await mail.carry(post(receipt("application", "SAM-2026-0001", NOW, "box@example.se", 1), locale="en"))
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
    notice = notices(APPLIED, Case(1, "SAM-2026-0001", "ميدان مولفونغ"), "https://example.se/queue/SAM-2026-0001")[1]
    assert await mail.carry(post(notice.reply, locale="ar")) == Delivered()
    assert "ميدان مولفونغ" in letterbox.letters[0].get_content()


async def test_a_title_with_line_breaks_makes_no_header(letterbox: Letterbox) -> None:
    notice = notices(APPLIED, Case(1, "SAM-2026-0001", "x\r\nBcc: someone@example.se"), "")[1]
    assert await Mail(letterbox.url, "guide@example.se").carry(post(notice.reply)) == Delivered()
    assert letterbox.recipients == ["sara@example.se"]
    assert letterbox.letters[0]["Bcc"] is None


@pytest.mark.parametrize(("answer", "outcome"), [("550 no such user", Gone), ("450 later", Failed)])
async def test_a_refused_recipient(letterbox: Letterbox, answer: str, outcome: type) -> None:
    letterbox.answer = answer
    notice = notices(APPLIED, Case(1, "SAM-2026-0001", ""), "")[1]
    assert isinstance(await Mail(letterbox.url, "guide@example.se").carry(post(notice.reply)), outcome)


async def test_no_server_is_tried_again() -> None:
    url = f"smtp://127.0.0.1:{free_port()}"
    notice = notices(APPLIED, Case(1, "SAM-2026-0001", ""), "")[1]
    outcome = await Mail(url, "guide@example.se").carry(post(notice.reply))
    assert isinstance(outcome, Failed)
    assert not outcome.final


async def test_an_application_is_told_to_the_mailbox_and_receipted_to_the_applicant(
    composed: Composed, letterbox: Letterbox
) -> None:
    await sends_an_application(Caller(composed.turns), proposal="secret plans for the square")
    await delivered(composed, mail=Mail(letterbox.url, "guide@example.se"))
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
        assert await leases.lease(connection, ("mail",), datetime.now(UTC), LADDER) == []
    await parts.close()


LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
TELEGRAM = Address("telegram", "5")


async def every_case(composed: Composed) -> list[Case]:
    async with composed.database.read() as connection:
        ids = (await cases.cases_by_id(connection, range(1, 10))).values()
    return [case for case in ids if case.reference]


async def only_on_telegram(composed: Composed, caller: Caller) -> None:
    """From now on the caller is reached by the bot alone."""
    await also_at(composed.turns, caller, TELEGRAM)
    async with composed.database.write() as connection:
        await drop_address(connection, caller.address)


async def in_case(composed: Composed, case: Case) -> list[str]:
    """What the page of a case says of what did not arrive."""
    async with composed.database.read() as connection:
        failed = await undelivered.in_case(connection, case.id, composed.turns.house.mailbox)
    return [say(sentence(one), "en").replace("\u2068", "").replace("\u2069", "") for one in failed]


async def test_answers_go_to_the_mailbox_and_the_mailbox_answers_nobody(
    composed: Composed, letterbox: Letterbox
) -> None:
    await by_mail_only(composed)
    await sends_an_application(Caller(composed.turns))
    await delivered(composed, mail=mail(letterbox))
    answered = {letter["To"]: letter["Reply-To"] for letter in letterbox.letters}
    assert answered == {
        "mailbox@example.se": None,
        "sara@malmo.se": "mailbox@example.se",
        "cecilia@example.se": "mailbox@example.se",
    }
    assert all(letter["Auto-Submitted"] == "auto-generated" for letter in letterbox.letters)


async def test_a_contact_person_without_telegram_is_told_by_mail_with_the_way_to_the_queue(
    composed: Composed, letterbox: Letterbox
) -> None:
    await by_mail_only(composed)
    await let_in(composed)
    case = await a_case(composed, Caller(composed.turns))
    await delivered(composed, mail=mail(letterbox))
    (letter,) = to(letterbox, "cecilia@example.se")
    assert case.reference in text(letter)
    assert f"https://example.se/queue/{case.reference}" in text(letter).split()
    assert "A bench" not in letter.as_string() + text(letter), "no applicant's text"


async def test_who_has_telegram_gets_no_mail_beside_it(composed: Composed, letterbox: Letterbox) -> None:
    await let_in(composed, "Cecilia")
    await by_mail_only(composed)
    await a_case(composed, Caller(composed.turns))
    wire = Wire()
    await delivered(composed, mail=mail(letterbox), telegram_staff=wire)
    assert to(letterbox, "cecilia@example.se") == []
    assert len(wire.posts) == 2, "hello, and the notice"


@pytest.mark.parametrize("locale", ["en", "sv", "ar"])
async def test_an_applicant_on_the_web_is_told_by_mail_in_their_language(
    composed: Composed, letterbox: Letterbox, locale: str
) -> None:
    alva = await let_in(composed)
    caller = Caller(composed.turns, locale=locale)
    case = await a_case(composed, caller)
    await confirms(composed, letterbox, caller)
    await composed.turns.take_staff(alva, Press(f"take:{case.id}"))
    await delivered(composed, mail=mail(letterbox))
    letter = to(letterbox, "kim@example.se")[-1]
    body = letter.get_body()
    assert body is not None
    assert body["Content-Language"] == tag(locale)
    assert case.reference in text(letter)
    assert "Alva" in text(letter)
    assert "https://example.se" in text(letter).split()
    assert "mailbox@example.se" in text(letter)


async def test_whom_telegram_tells_gets_no_mail(composed: Composed, letterbox: Letterbox) -> None:
    alva, caller, wire = await let_in(composed), Caller(composed.turns), Wire()
    case = await a_case(composed, caller)
    await delivered(composed, mail=mail(letterbox))
    letterbox.letters.clear()
    await also_at(composed.turns, caller, TELEGRAM)
    await composed.turns.take_staff(alva, Press(f"take:{case.id}"))
    await delivered(composed, mail=mail(letterbox), telegram=wire)
    assert len(wire.posts) == 1
    assert letterbox.letters == []


async def test_whom_a_page_on_the_web_tells_gets_mail_though_there_is_a_telegram(
    composed: Composed, letterbox: Letterbox
) -> None:
    """They wrote on the web last, so the notice stands there; and nobody looks at a page that does not call."""
    alva, caller = await let_in(composed), Caller(composed.turns)
    await goes(caller, *BEGUN)
    person = (await caller.sees())[0].person
    async with composed.database.write() as connection:
        await add_address(connection, TELEGRAM, person, LONG_AGO)
    await goes(caller, Press("meeting"), up_to(), *SENT)
    (case,) = await every_case(composed)
    await composed.turns.take_staff(alva, Press(f"take:{case.id}"))
    await delivered(composed, mail=mail(letterbox))
    assert len(to(letterbox, "kim@example.se")) == 2, "the receipt, and the notice"


class Blocked(Wire):
    """A bot that was blocked."""

    async def carry(self, post: Post) -> Outcome:
        """Nobody is there."""
        self.posts.append(post)
        return Gone("telegram: 403")


async def test_who_blocked_the_bot_is_told_on_the_web_and_by_mail(composed: Composed, letterbox: Letterbox) -> None:
    alva, caller = await let_in(composed), Caller(composed.turns)
    case = await a_case(composed, caller)
    await confirms(composed, letterbox, caller)
    await also_at(composed.turns, caller, TELEGRAM)
    await composed.turns.take_staff(alva, Press(f"take:{case.id}"))
    await delivered(composed, mail=mail(letterbox), telegram=Blocked())
    assert "Alva" in text(to(letterbox, "kim@example.se")[-1])
    _standing, shown = await caller.sees()
    assert any("has taken your case" in str(reply) for reply in shown)
    assert await in_case(composed, case) == []


async def test_who_blocked_the_bot_and_has_nothing_else_is_told_by_mail(
    composed: Composed, letterbox: Letterbox
) -> None:
    alva, caller = await let_in(composed), Caller(composed.turns)
    case = await a_case(composed, caller)
    await only_on_telegram(composed, caller)
    await composed.turns.take_staff(alva, Press(f"take:{case.id}"))
    await delivered(composed, mail=mail(letterbox), telegram=Blocked())
    assert len(to(letterbox, "kim@example.se")) == 2
    assert "To answer, open the chat" in text(to(letterbox, "kim@example.se")[-1])
    assert await in_case(composed, case) == []


async def test_two_who_blocked_the_bot_make_one_letter(composed: Composed, letterbox: Letterbox) -> None:
    alva, one, two = await let_in(composed), Caller(composed.turns), Caller(composed.turns, "two")
    case = await a_case(composed, one)
    await goes(two, *BEGUN)
    person = (await two.sees())[0].person
    async with composed.database.write() as connection:
        await drafts.join(connection, SEAL, case.id, person, NOW)
    await also_at(composed.turns, one, TELEGRAM)
    await also_at(composed.turns, two, Address("telegram", "6"))
    await composed.turns.take_staff(alva, Press(f"take:{case.id}"))
    await delivered(composed, mail=mail(letterbox))
    letterbox.letters.clear()
    wire = Blocked()
    await delivered(composed, telegram=wire)
    assert len(wire.posts) == 2
    await delivered(composed, mail=mail(letterbox))
    assert len(letterbox.letters) == 1


async def test_when_no_way_is_left_staff_reads_what_did_not_arrive(composed: Composed, letterbox: Letterbox) -> None:
    """A telephone number is all they gave; they block the bot. Then what comes next has nowhere to go at all."""
    alva, caller = await let_in(composed), Caller(composed.turns)
    await goes(caller, *BEGUN, Press("meeting"), Say("A bench."), Say("Kim Berg 070-123 45 67"), *SENT)
    (case,) = await every_case(composed)
    await only_on_telegram(composed, caller)
    await composed.turns.take_staff(alva, Press(f"take:{case.id}"))
    await delivered(composed, mail=mail(letterbox), telegram=Blocked())
    (said,) = await in_case(composed, case)
    assert said.startswith("“A contact person has taken your case” of ")
    assert said.endswith(" did not reach an applicant on Telegram.")
    await happens(composed, case, "write", None, NOW, text=SECRET, ball="city")
    latest, _earlier = await in_case(composed, case)
    assert latest.startswith("“A message from your contact person” of ")
    assert latest.endswith(" reached none of the applicants: no way to them is left.")


async def test_a_letter_that_is_refused_is_shown_with_what_and_to_whom(
    composed: Composed, letterbox: Letterbox
) -> None:
    await by_mail_only(composed)
    letterbox.answer = "550 no such user"
    case = await a_case(composed, Caller(composed.turns))
    await delivered(composed, mail=mail(letterbox))
    said = await in_case(composed, case)
    assert sorted(one.partition(" did not reach ")[2] for one in said) == [
        "Cecilia.",
        "the applicants by mail.",
        "the mailbox.",
    ]
    assert all("example.se" not in one for one in said), "an address is nobody's business"
    assert sum(one.startswith("“Someone wishes for a first meeting”") for one in said) == 2


async def test_a_contact_person_who_blocked_the_bot_is_told_by_mail(composed: Composed, letterbox: Letterbox) -> None:
    await let_in(composed, "Cecilia")
    await by_mail_only(composed)
    case = await a_case(composed, Caller(composed.turns))
    await delivered(composed, telegram_staff=Blocked())
    await delivered(composed, mail=mail(letterbox))
    (letter,) = to(letterbox, "cecilia@example.se")
    assert f"https://example.se/queue/{case.reference}" in text(letter).split(), "the notice, and not hello"


async def test_of_a_protected_case_no_letter_says_more_than_its_reference(
    composed: Composed, letterbox: Letterbox
) -> None:
    cecilia = await by_mail_only(composed)
    caller = Caller(composed.turns)
    case = await a_case(composed, caller)
    await happens(composed, case, "taken", cecilia, NOW)
    await happens(composed, case, "protect", cecilia, NOW, named={"ids": []})
    await delivered(composed, mail=mail(letterbox))
    letterbox.letters.clear()
    await happens(composed, case, "write", cecilia, NOW, text=SECRET, ball="applicants")
    times = {"times": ["2036-12-03T14:00"]}
    await happens(composed, case, "times", cecilia, NOW, times=times, place=SECRET)
    await caller.taps(f"time:{case.id}:0")
    await delivered(composed, mail=mail(letterbox))
    assert [letter["To"] for letter in letterbox.letters].count("kim@example.se") == 3
    assert [letter["To"] for letter in letterbox.letters].count("cecilia@example.se") == 1
    for letter in letterbox.letters:
        assert case.reference in text(letter)
        assert SECRET not in letter.as_string() + text(letter)
        assert "14:00" not in text(letter)
        assert list(letter.iter_attachments()) == []
        assert letter["Subject"] == "Samverkansguiden"


async def test_who_blocked_the_bot_reads_no_more_of_a_protected_case_by_mail(
    composed: Composed, letterbox: Letterbox
) -> None:
    cecilia, caller = await by_mail_only(composed), Caller(composed.turns)
    case = await a_case(composed, caller)
    await only_on_telegram(composed, caller)
    await happens(composed, case, "taken", cecilia, NOW)
    await happens(composed, case, "protect", cecilia, NOW, named={"ids": []})
    await delivered(composed, mail=mail(letterbox), telegram=Wire())
    letterbox.letters.clear()
    await happens(composed, case, "write", cecilia, NOW, text=SECRET, ball="city")
    await delivered(composed, mail=mail(letterbox), telegram=Blocked())
    (letter,) = to(letterbox, "kim@example.se")
    assert SECRET not in letter.as_string() + text(letter)


async def test_an_area_is_never_in_a_header(composed: Composed, letterbox: Letterbox) -> None:
    await by_mail_only(composed)
    await sends_an_application(Caller(composed.turns))
    await delivered(composed, mail=mail(letterbox))
    for letter in letterbox.letters:
        assert not any("Möllevångstorget" in str(value) for value in letter.values())
    assert sum("Möllevångstorget" in text(letter) for letter in letterbox.letters) == 2


async def test_an_address_that_nobody_has_confirmed_is_told_no_more_than_a_number(
    composed: Composed, letterbox: Letterbox
) -> None:
    """Whoever mistypes an address must not show a stranger what they and the city write to each other."""
    cecilia = await by_mail_only(composed)
    caller = Caller(composed.turns)
    case = await a_case(composed, caller)
    await happens(composed, case, "taken", cecilia, NOW)
    await happens(composed, case, "write", cecilia, NOW, text=SECRET, ball="applicants")
    await delivered(composed, mail=mail(letterbox))
    for letter in to(letterbox, "kim@example.se"):
        assert SECRET not in letter.as_string() + text(letter)
        assert "Möllevångstorget" not in letter.as_string() + text(letter)
        assert "There is something new about" in text(letter)
        assert case.reference in text(letter)
    await confirms(composed, letterbox, caller)
    await happens(composed, case, "write", cecilia, NOW, text=SECRET, ball="applicants")
    await delivered(composed, mail=mail(letterbox))
    assert SECRET in text(to(letterbox, "kim@example.se")[-1])
