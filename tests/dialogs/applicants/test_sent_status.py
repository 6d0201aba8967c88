"""What somebody reads of what they have sent, and what they can press there."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.speech.catalogs import say
from dialogs.applicants.acts import Begin
from dialogs.applicants.conversation import converse
from dialogs.applicants.sent_status import status
from dialogs.applicants.terms import VERSION
from dialogs.applicants.where import House, SentCase, Standing
from dialogs.case.case import MeetingOffer, Referral
from dialogs.language.events import Press
from dialogs.language.replies import Appointment, Tell
from dialogs.phases.initiation.part import Asked, Decision, Ready

AT = datetime(2026, 11, 2, 12, tzinfo=UTC)
SENT = SentCase(1, "SAM-2026-0001", "Torget", AT, "sent", True, ways=frozenset({"write", "withdraw"}))
WRITE = frozenset({"write"})
TAKEN = replace(SENT, state="taken", taken_by="Nadia")
OFFER = MeetingOffer(7, ("2026-12-03T14:00", "2026-12-04T10:00"), "Stadshuset", "Nadia", AT)
DECISION = Decision("2026-12-10", "§ 12", "refused", None, "", "", "Tekniska nämnden avslår ansökan.", "Nadia", AT)


def somebody(*sent: SentCase) -> Standing:
    return Standing(1, "en", VERSION, 0, (), sent, (), House({"en": "English"}, "mailbox@example.se"))


def told(*sent: SentCase) -> str:
    said = "\n".join(say(text, "en") for text in status(somebody(*sent)).words)
    return said.translate({0x2068: None, 0x2069: None})


def acts(*sent: SentCase) -> list[str]:
    return [button.act for row in status(somebody(*sent)).rows for button in row]


def test_what_waits_and_what_is_taken() -> None:
    assert "waits for a contact person" in told(SENT)
    assert "Your contact person is Nadia." in told(TAKEN)
    assert acts(TAKEN) == ["write:1", "receipt:1", "withdraw:1", "resume"]


def test_what_is_asked_is_there_with_its_day() -> None:
    one = replace(
        TAKEN,
        request=Asked(3, ("challenges",), "Vad är svårt i dag?", "2026-12-01", "Nadia", AT),
        ways=TAKEN.ways | {"complete"},
    )
    assert "Nadia asks you to complete: Challenges" in told(one)
    assert "Vad är svårt i dag?" in told(one)
    assert "Please answer by 1 December 2026" in told(one)
    assert acts(one)[0] == "complete:1"


def test_times_that_are_offered_can_be_chosen() -> None:
    one = replace(TAKEN, offer=OFFER)
    assert "Place: Stadshuset" in told(one)
    assert acts(one)[:3] == ["time:1:0", "time:1:1", "notime:1"]


def test_the_meeting_that_was_agreed_is_there_for_the_calendar() -> None:
    one = replace(TAKEN, meeting=replace(OFFER, chosen="2026-12-04T10:00"))
    assert "You meet Nadia: 4 December 2026 at 10:00" in told(one)
    assert "calendar:1" in acts(one)
    said = converse(somebody(one), Press("calendar:1"), AT)
    reply = said.replies[0]
    assert isinstance(reply, Appointment)
    assert (reply.uid, reply.place, reply.lasting) == ("sam-2026-0001-7", "Stadshuset", False)
    none = converse(somebody(TAKEN), Press("calendar:1"), AT).replies[0]
    assert isinstance(none, Tell)
    assert none.title == status(somebody(TAKEN)).title


def test_who_has_which_part() -> None:
    part = Referral(4, "part", "Miljönämnden", "Bullret från leden", "", "", "2026-12-15", "Nadia", AT)
    whole = replace(part, kind="whole", due="")
    assert "Miljönämnden has a part of it since 2 November 2026:\nBullret från leden\nThey are asked" in told(
        replace(TAKEN, away=(part,))
    )
    assert "Miljönämnden has it since" in told(replace(TAKEN, state="forwarded", away=(whole,)))


def test_the_registration_number_and_the_day_of_the_meeting() -> None:
    said = told(replace(TAKEN, state="ready", ready=Ready("TN-2026-17", "2026-12-10", AT)))
    assert "Its registration number is TN-2026-17." in said
    assert "It meets on 10 December 2026" in said


def test_a_decision_in_plain_words_and_in_its_own() -> None:
    one = replace(TAKEN, state="decided", ready=Ready("TN-2026-17", "2026-12-10", AT), decision=DECISION, ways=WRITE)
    assert "The Technical Committee has said no to your application SAM-2026-0001." in told(one)
    assert "Tekniska nämnden avslår ansökan." in told(one)
    assert "It meets on" not in told(one)
    assert acts(one) == ["write:1", "receipt:1", "resume"], "what is decided can be written about, and not be withdrawn"
    granted = replace(one, decision=replace(DECISION, outcome="granted", sum=50000))
    assert "the city contributes 50,000 kronor" in told(granted)


def test_what_the_city_started_is_there_before_it_is_sent() -> None:
    one = replace(SENT, state="started", taken_by="Nadia", offer=OFFER, ways=WRITE)
    assert told(one).startswith(
        "SAM-2026-0001: Torget. It is not sent yet.\nNadia at the City of Malmö has started it with you."
    )
    assert acts(one) == ["time:1:0", "time:1:1", "notime:1", "write:1", "resume"]
    assert converse(somebody(one), Press("write:1"), AT).acts == (Begin("message", 1),)


def test_with_several_each_button_says_which() -> None:
    rows = status(somebody(TAKEN, replace(TAKEN, case=2, reference="SAM-2026-0002"))).rows
    labels = [say(row[0].label, "en") for row in rows[:-1]]
    assert all("SAM-2026-000" in label for label in labels)
    assert len(set(labels)) == len(labels)


def test_what_is_withdrawn_or_decided_is_not_withdrawn_by_an_old_button() -> None:
    for one in (replace(SENT, state="withdrawn"), replace(TAKEN, state="decided", decision=DECISION, ways=WRITE)):
        said = converse(somebody(one), Press("withdraw:1"), AT)
        assert said.acts == ()
