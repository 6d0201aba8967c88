"""The information about personal data: what the law asks to be said, and a new version of it, which is told and accepted anew."""

from dataclasses import replace

import pytest

from bot.speech.catalogs import say
from dialogs.applicants import terms
from dialogs.applicants.rooms import ENDS, forget, new_terms
from dialogs.applicants.where import Arrived
from dialogs.language.events import Press
from dialogs.language.replies import Ask, Review, Tell
from tests.dialogs.interview import interviewed
from tests.dialogs.world import World

pytestmark = pytest.mark.english


def information(locale: str) -> str:
    """All of it, as its reader has it."""
    parts = terms.full("mailbox@example.se", 12)
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
