"""Where a group stands: the card counts the criteria that there are."""

from dataclasses import replace

import pytest

from bot.speech.catalogs import languages, say
from dialogs.kinds.card import Card
from dialogs.kinds.kind import Known
from dialogs.language.words import _
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.initiation.criteria import CRITERIA
from dialogs.phases.initiation.standing import standing

SEVEN = (*CRITERIA, replace(CRITERIA[0], key="seventh", label=_("A seventh")))


def said(known: Known, locale: str) -> str:
    """The first sentence of the card of seven criteria."""
    kind = standing(SEVEN).kind
    assert isinstance(kind, Card)
    return say(kind.body(known)[0], locale)


@pytest.mark.parametrize("locale", sorted(languages()))
def test_with_seven_criteria_it_says_seven(locale: str) -> None:
    none = dict.fromkeys((one.key for one in SEVEN), "not_yet")
    six = dict.fromkeys((one.key for one in SEVEN), "met") | {"seventh": "not_yet"}
    for sentence in (said(none, locale), said(six, locale)):
        assert "7" in sentence
    assert "6" not in said(none, locale)
    assert "6" in said(six, locale)


@pytest.mark.parametrize("locale", sorted(languages()))
def test_the_welcome_counts_the_criteria(locale: str) -> None:
    how_it_goes = APPLICATION.intro[1]
    assert how_it_goes.values == {"all": len(CRITERIA)}
    assert "7" in say(replace(how_it_goes, values={"all": len(SEVEN)}), locale)
