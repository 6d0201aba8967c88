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

MORE = (*CRITERIA, replace(CRITERIA[0], key="one_more", label=_("One more")))


def said(known: Known, locale: str) -> str:
    """The first sentence of the card, with one criterion more than there are."""
    kind = standing(MORE).kind
    assert isinstance(kind, Card)
    return say(kind.body(known)[0], locale)


@pytest.mark.parametrize("locale", sorted(languages()))
def test_with_one_more_criterion_it_counts_one_more(locale: str) -> None:
    none = dict.fromkeys((one.key for one in MORE), "not_yet")
    but_one = dict.fromkeys((one.key for one in MORE), "met") | {"one_more": "not_yet"}
    for sentence in (said(none, locale), said(but_one, locale)):
        assert str(len(MORE)) in sentence
    assert str(len(CRITERIA)) not in said(none, locale)
    assert str(len(CRITERIA)) in said(but_one, locale)


@pytest.mark.parametrize("locale", sorted(languages()))
def test_the_welcome_counts_the_criteria(locale: str) -> None:
    how_it_goes = APPLICATION.intro[1][1]
    assert how_it_goes.values == {"all": len(CRITERIA)}
    assert str(len(MORE)) in say(replace(how_it_goes, values={"all": len(MORE)}), locale)
