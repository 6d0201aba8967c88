"""What was completed: when each answer was sent, and what an earlier assessment still says of it."""

from datetime import UTC, datetime

from bot.speech.catalogs import say
from dialogs.case.background import Background
from dialogs.case.case import CaseEvent
from dialogs.engine.prefilled import Prefilled
from dialogs.engine.record import Entry, Record
from dialogs.language.words import Moment, _
from dialogs.phases.initiation.ask import ASK
from dialogs.phases.initiation.assessment import ASSESSMENT
from dialogs.phases.initiation.completed import COMPLETED
from dialogs.phases.initiation.criteria import CRITERIA
from dialogs.phases.steps import replay

KEYS = ("evidence", "needs", "papers", "cooperation", "contributes")
PARTLY = {one.key: {"id": "partly", "words": "Say more."} for one in CRITERIA}


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def event(what: str, day: int, by: str = "", **data: object) -> CaseEvent:
    return CaseEvent(what, by, data, at(day), day)


def background(**answered: datetime) -> Background:
    """Applied on the 2nd, assessed on the 4th, asked on the 5th and completed on the 8th, asked on the 9th and completed on the 12th.

    Everything was answered on the 1st, but for what was `answered` later.
    """
    case = replay(
        1,
        [
            event("application_sent", 2, reference="SAM-2026-0001"),
            event("assessment", 4, "Alva", **PARTLY),
            event("ask", 5, "Alva", keys={"ids": ["needs", "papers"]}, message="More?", due="2026-03-20"),
            event("completion_sent", 8),
            event("ask", 9, "Alva", keys={"ids": ["needs"]}, message="More still?", due="2026-03-20"),
            event("completion_sent", 12),
        ],
    )
    entries = tuple(
        Entry(key, None, _("Needs"), _("Needs"), None, "x", ("x",), 7, "sv", Moment(answered.get(key, at(1))))
        for key in KEYS
    )
    return Background(case, Record("application", "", entries, {}), "2026-03-13")


def source(known: Prefilled | None) -> str:
    """Where it comes from, in English."""
    return say(known.source, "en").replace("\u2068", "").replace("\u2069", "") if known else ""


def test_an_answer_comes_from_what_it_was_sent_with_on_the_day_it_was_sent() -> None:
    known = background(needs=at(11), papers=at(6))
    said = {key: source(COMPLETED.prefilled[key](known)) for key in ("needs", "papers", "cooperation")}
    assert said == {
        "needs": "your completion, 12 March 2026",
        "papers": "your completion, 8 March 2026",
        "cooperation": "your application, 2 March 2026",
    }


def test_a_verdict_is_not_filled_in_where_the_group_has_answered_since() -> None:
    known = background(needs=at(11))
    assert ASSESSMENT.prefilled["evidence"](known) is None
    assert ASSESSMENT.prefilled["contribution"](known)
    assert ASSESSMENT.prefilled["evidence"](background())


def test_what_was_answered_before_the_assessment_and_sent_after_it_was_not_judged() -> None:
    assert ASSESSMENT.prefilled["evidence"](background(needs=at(3))) is None


def test_what_was_completed_since_the_assessment_is_not_asked_for_again() -> None:
    def asked(known: Background) -> tuple[list[str], str]:
        found = ASK.prefilled["keys"](known)
        assert found
        return found.value["ids"], source(found)

    keys, said = asked(background())
    assert {"needs", "papers"} <= set(keys)
    assert "Evidence of need" in said
    keys, _said = asked(background(needs=at(11)))
    assert "needs" not in keys
    assert "papers" in keys
    keys, said = asked(background(needs=at(11), papers=at(6)))
    assert not {"needs", "papers"} & set(keys)
    assert "Evidence of need" not in said
