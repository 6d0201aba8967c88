"""No message but the summary has more than 60 words, in Swedish or in English. What random people meet is counted as well (tests/dialogs/world.py)."""

from copy import copy
from typing import get_args

import pytest

from dialogs.applicants import rooms
from dialogs.applicants.help_pages import help_answer, help_menu
from dialogs.applicants.questions_and_answers import QUESTIONS_AND_ANSWERS
from dialogs.language.events import Attach, Command, Event, Filed, Misfit, Point, Press, Revise, Say, Start, Unfit
from dialogs.language.replies import Ask, Reply, Review, Tell
from dialogs.language.words import _
from dialogs.phases.initiation.criteria import CRITERIA
from tests.dialogs.interview import interviewed
from tests.dialogs.kinds.declared import QUESTIONS
from tests.dialogs.short import COUNTED, MOST_WORDS, check_short, count, ours
from tests.dialogs.world import World

pytestmark = pytest.mark.english
FILE = Filed("a" * 64, "a.png", "image/png", 9)
TEXTS = ("", "x" * 4000, "x" * 300, "x@", "07", "1", "x\n" * 40, "1999-01-01")
WRONG: tuple[Event, ...] = (
    *map(Say, TEXTS),
    *(Attach((), (unfit,)) for unfit in get_args(Unfit)),
    *map(Misfit, get_args(Unfit)),
    Attach((FILE,) * 30),
    Point(55.6, 13.0),
    Revise("x", "m9"),
    Press("yes", "scope", 1),
    Press("done"),
)
"""What a question may have to say no to."""


def around(accepted: bool) -> list[Reply]:
    """What is said around the questions."""
    world, said = World(accepted=accepted), list[Reply]()
    presses = (Press(name) for name in (*rooms.COMMANDS, "data", "accept", "new"))
    events: tuple[Event, ...] = (Start(), Command("nothing"), *presses)
    for event in events:
        said += world.does(event)
    return said


@pytest.mark.parametrize("accepted", [False, True])
def test_what_is_said_around_the_questions_is_short(accepted: bool) -> None:
    for reply in around(accepted):
        check_short(reply)


def test_help_is_short() -> None:
    for reply in (help_menu(), *(help_answer(number) for number in range(len(QUESTIONS_AND_ANSWERS)))):
        check_short(reply)


def test_where_a_group_stands_is_short_when_every_criterion_is_missing() -> None:
    world = World()
    world.does(Press("new"))
    world.does(Press("yes", "scope", world.draft.id, world.draft.version))
    for criterion in CRITERIA:
        said = world.does(Press("not_yet", criterion.key, world.draft.id, world.draft.version))
    assert isinstance(said[-1], Ask)
    assert said[-1].key == "standing"
    check_short(said[-1])


@pytest.mark.parametrize("locale", COUNTED)
def test_every_question_is_short(locale: str) -> None:
    for question in QUESTIONS:
        ask = Ask(question.key, 1, 1, (1, 1), question.label, (question.ask,), hint=question.hint)
        assert count(ours(ask, locale)) <= MOST_WORDS, question.key


@pytest.mark.parametrize(("begin", "pick"), [("new", 0), ("new", 1), ("new", 2), ("new", 4), ("meeting", 0)])
def test_a_question_is_short_even_with_what_it_says_to_a_wrong_answer(begin: str, pick: int) -> None:
    refused = set[str]()
    for world in interviewed(begin, pick):
        for event in WRONG:
            other = copy(world)
            for reply in other.does(event):
                check_short(reply, refusing=True)
                refused |= {reply.error.id} if isinstance(reply, Ask) and reply.error else set()
    assert len(refused) > 10


def test_what_is_too_long_is_found() -> None:
    long = _("Nothing yet")
    with pytest.raises(AssertionError):
        check_short(Tell((long,) * 31))
    check_short(Tell((long, "word " * 100)))
    check_short(Review(1, 1, long, (long,) * 100, (), ()))
