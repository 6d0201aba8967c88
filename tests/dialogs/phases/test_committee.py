"""A committee's name in a sentence: small in Swedish, and as it is where it stands alone."""

from datetime import UTC, datetime

import pytest

from bot.speech.catalogs import ISOLATE, POP, say
from dialogs.case.case import CaseEvent
from dialogs.phases.always.committee import inside
from dialogs.phases.steps import sentence


@pytest.mark.parametrize(
    ("name", "small"),
    [
        ("Grundskolenämnden", "grundskolenämnden"),
        ("Arbetsmarknads- och socialnämnden", "arbetsmarknads- och socialnämnden"),
        ("Kommunstyrelsen", "kommunstyrelsen"),
        ("Malmö stadsrevision", "Malmö stadsrevision"),
        ("", ""),
    ],
)
def test_it_is_small_inside_a_sentence(name: str, small: str) -> None:
    assert inside(name) == small


def test_the_history_says_it_like_that_also_of_what_was_kept_before() -> None:
    data = {"committee": "Grundskolenämnden", "extent": "whole"}
    said = say(sentence(CaseEvent("forward", "Alva", data, datetime(2026, 3, 2, tzinfo=UTC))), "sv")
    plain = said.replace(ISOLATE, "").replace(POP, "")
    assert plain == "Alva skickade hela ärendet vidare till grundskolenämnden."
