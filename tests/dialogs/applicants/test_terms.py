"""The information about personal data: what the law asks to be said, and a new version of it, which is told and accepted anew."""

from dataclasses import replace

import pytest
from sqlalchemy import String

from bot.speech.catalogs import say
from dialogs.applicants import terms
from dialogs.applicants.forget_me import ENDS, forget
from dialogs.applicants.recipients import Recipients
from dialogs.applicants.rooms import new_terms
from dialogs.applicants.where import Arrived, House
from dialogs.language.events import Press
from dialogs.language.replies import Ask, Review, Tell
from storage.database.tables import people, submissions
from tests.dialogs.interview import interviewed
from tests.dialogs.short import check_short
from tests.dialogs.world import World

pytestmark = pytest.mark.english


EVERYWHERE = House({}, "mailbox@example.se", recipients=Recipients(True, "notices", True, True))


def information(locale: str, house: House = EVERYWHERE) -> str:
    """All of it, as its reader has it."""
    parts = terms.full(house)
    return "\n".join(say(text, locale) for heading, words in parts for text in (heading, *words))


@pytest.mark.parametrize(
    ("locale", "points"),
    [
        ("sv", "personuppgiftsansvarig dataskyddsombud 6.1 registraturen allmän Telegrams EU/EES gallras begränsa invända rättade Integritetsskydd"),
        ("en", "controller protection\u00a0officer 6.1 registry public Telegram’s EEA Archives restrict object corrected Privacy"),
    ],
)  # fmt: skip
def test_it_names_each_point_of_article_13(locale: str, points: str) -> None:
    said = information(locale).replace("protection officer", "protection\u00a0officer")
    for point in points.split(" "):
        assert point in said, point


RECIPIENTS: dict[str, Recipients] = {
    "everything that you write and read there": Recipients(applicants_bot=True),
    "United Arab Emirates": Recipients(applicants_bot=True),
    "get notices through Telegram": Recipients(staff_bot="notices"),
    "can read cases in Telegram": Recipients(staff_bot="full"),
    "they get only the number there": Recipients(staff_bot="full"),
    "email providers": Recipients(mail=True),
    "confirmed your address with a code": Recipients(mail=True),
    "translate": Recipients(translation=True),
    "Company AB in Sweden": Recipients(hosted_by="Company AB in Sweden"),
}
"""What is said of each recipient and third country, and the installation in which it is true."""


@pytest.mark.parametrize("sentence", RECIPIENTS)
def test_each_recipient_is_named_where_data_goes_there_and_nowhere_else(sentence: str) -> None:
    there = House({}, "mailbox@example.se", recipients=RECIPIENTS[sentence])
    assert sentence in information("en", there)
    assert sentence not in information("en", House({}, "mailbox@example.se"))


def test_nobody_reads_that_without_a_name_there_is_no_answer_while_there_is_a_button_for_it() -> None:
    for locale, button in (("sv", "Jag har skyddade personuppgifter"), ("en", "I have protected personal data")):
        (purpose,) = (
            words for heading, words in terms.full(EVERYWHERE) if heading.id == "Why the city needs your data"
        )
        assert button in say(purpose[-1], locale)


def test_an_installation_without_telegram_says_nothing_of_it_not_even_to_protected_people() -> None:
    for locale in ("sv", "en"):
        assert "Telegram" not in information(locale, House({}, "mailbox@example.se", recipients=Recipients(mail=True)))


def test_the_two_ways_of_the_contact_persons_bot_are_never_said_together() -> None:
    notices, full = (
        information("en", House({}, "", recipients=Recipients(staff_bot=bot))) for bot in ("notices", "full")
    )
    assert "can read cases in Telegram" not in notices
    assert "Not what you have written" not in full


@pytest.mark.parametrize("locale", ["sv", "en"])
def test_each_part_is_a_short_message_even_where_data_goes_everywhere(locale: str) -> None:
    for recipients in (EVERYWHERE.recipients, Recipients(True, "full", True, True, "Company AB in Sweden")):
        for heading, words in terms.full(replace(EVERYWHERE, recipients=recipients, chat="https://guide.example")):
            check_short(Tell(words, title=heading), (locale,))


def test_where_data_goes_elsewhere_than_before_it_is_told_and_accepted_anew() -> None:
    *_earlier, last = interviewed("meeting", 0)
    assert last.standing.terms == terms.version(last.standing.house)
    last.standing = replace(last.standing, house=replace(last.standing.house, recipients=EVERYWHERE.recipients))
    assert new_terms() in last.does(Press("resume"))
    last.does(Press("accept"))
    assert new_terms() not in last.does(Press("resume"))


def test_another_company_that_runs_the_servers_is_another_version_which_its_column_has_room_for() -> None:
    every = [
        replace(EVERYWHERE, recipients=replace(EVERYWHERE.recipients, hosted_by=name)) for name in ("A AB", "B AB")
    ]
    versions = {terms.version(house) for house in every}
    assert len(versions) == len(every)
    kinds = (people.c.terms.type, submissions.c.terms.type)
    room = [kind.length or 0 for kind in kinds if isinstance(kind, String)]
    assert len(room) == len(kinds)
    assert max(map(len, versions)) <= min(room)


def test_what_is_new_is_said_to_whoever_accepted_an_earlier_version() -> None:
    assert terms.NEW in new_terms().words


def test_whoever_accepted_an_earlier_version_is_told_and_sends_nothing_before_they_have_read_it() -> None:
    *_earlier, last = interviewed("meeting", 0)
    assert isinstance(last.shown[-1], Review)
    last.does(Press("send", "", last.draft.id, last.draft.version))
    last.standing = replace(last.standing, terms="2026-11")
    sure = Press("sure", "", last.draft.id, last.draft.version)
    assert new_terms() in last.does(sure)
    assert last.records == [], "nothing was sent"
    *_before, end = last.does(Press("data"))[:-1]
    assert isinstance(end, Tell)
    assert [row[0].act for row in end.rows] == ["accept"]
    last.does(Press("accept"))
    last.does(sure)
    assert len(last.records) == 1


def test_what_is_new_stands_above_no_choice_to_delete_everything() -> None:
    *_earlier, last = interviewed("meeting", 0)
    last.standing = replace(last.standing, terms="2026-11")
    assert new_terms() in last.does(Press("status"))
    assert new_terms() not in last.does(Press("forget"))


def test_the_question_stays_the_newest_message_below_what_is_told_of_new_terms() -> None:
    *_earlier, last = interviewed("meeting", 0)
    last.standing = replace(last.standing, terms="2026-11")
    review = last.does(Press("resume"))
    assert new_terms() in review[:-1]
    assert isinstance(review[-1], Review)
    question = last.does(Press("back", "", last.draft.id, last.draft.version))
    assert new_terms() in question[:-1]
    assert isinstance(question[-1], Ask)


@pytest.mark.parametrize("locale", ["sv", "en"])
def test_what_is_deleted_and_what_stays_are_sentences_of_their_own(locale: str) -> None:
    world = World()
    *gone, ends, stays, left = (say(text, locale) for text in forget(world.standing).words)
    assert len(gone) == 2
    assert ends == say(ENDS, locale)
    deleted, kept = {"sv": ("raderar", "blir kvar"), "en": ("will be deleted", "stays")}[locale]
    assert all(deleted in one and kept not in one for one in gone)
    assert kept in stays
    assert deleted not in stays
    sent = Arrived(1, "application", "SAM-2026-0001", world.now, 1)
    after = [say(text, locale) for text in forget(replace(world.standing, arrived=(sent,))).words]
    assert left not in after, "what was sent is left"
