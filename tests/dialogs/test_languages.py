"""Switching the language at every question, at random: nothing is lost, and what is sent is the same as without."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.speech import languages
from dialogs.declare import Question
from dialogs.draft import current
from dialogs.events import Event, Press, Say
from dialogs.kinds.contact import Contact
from dialogs.kinds.files import Files
from dialogs.kinds.items import Items
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.place import Place
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.phases import DIALOGS
from dialogs.record import Record
from dialogs.replies import Review
from tests.dialogs.world import World
from tests.house import press

MOST = 400
"""Events of one interview; it ends long before."""


def answered(world: World, question: Question, pick: int) -> Event:
    """An answer to the question at hand, chosen by `pick` alone, whatever the language."""
    shown = next(reply for reply in reversed(world.shown) if getattr(reply, "key", "") == question.key)
    buttons = [button for row in getattr(shown, "rows", ()) for button in row]
    match question.kind:
        case Items() if any(button.act.startswith("kind:") for button in buttons):
            kinds = [button for button in buttons if button.act.startswith("kind:")]
            return press(kinds[pick % len(kinds)], shown)
        case Items() if any(button.act == "done" for button in buttons):
            return press(next(button for button in buttons if button.act == "done"), shown)
        case Items():
            return Say(f"Brf {question.key} {pick}\nEn förening")
        case SeveralChoices(about=about) if buttons:
            free = [button for button in buttons if button.act.startswith("set:")]
            chosen = any(button.act.startswith("clear:") for button in buttons)
            if not chosen and free and (about or pick % 3):
                return press(free[pick % len(free)], shown)
            done = [button for button in buttons if button.act == "done"]
            return press(done[0], shown) if done else Say(f"ord {pick}")
        case Files():
            return Press("skip", question.key, world.draft.id, world.draft.version)
        case Contact():
            return Say("Kim Berg kim@example.se")
        case Place():
            return Say("Möllevångstorget")
        case OneChoice() if buttons:
            return press(buttons[pick % len(buttons)], shown)
        case _:
            return press(buttons[0], shown) if buttons else Say(f"text {pick} نص")


def interview(picks: list[int], tongues: list[str]) -> tuple[Record, list[str]]:
    """The whole interview; before each event, another language if there is one left. The record, and the languages answered in."""
    world, spoken = World("en"), list[str]()
    world.does(Press("new"))
    for number in range(MOST):
        if tongues:
            world.does(Press(f"lang:{tongues[number % len(tongues)]}"))
        here = world.standing.here
        assert here
        question = current(DIALOGS[here.dialog], here.draft)
        if question is None:
            break
        spoken.append(world.standing.locale)
        world.does(answered(world, question, picks[hash_of(question.key) % len(picks)]))
    assert isinstance(world.shown[-1], Review), "the interview has no end"
    world.does(Press("send", "", world.draft.id, world.draft.version))
    world.does(Press("sure", "", world.draft.id, world.draft.version))
    return world.records[-1], spoken


def hash_of(key: str) -> int:
    """A number of a key that is the same in every run."""
    return sum(map(ord, key))


def said(record: Record) -> list[tuple[str, Any]]:
    return [(entry.key, entry.value) for entry in record.entries]


@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=20),
    st.lists(st.sampled_from(sorted(languages())), min_size=2, max_size=30),
)
def test_switching_at_every_question_changes_nothing_of_what_is_sent(picks: list[int], tongues: list[str]) -> None:
    alone, _english = interview(picks, [])
    switching, spoken = interview(picks, tongues)
    assert said(switching) == said(alone)
    assert switching.facts == alone.facts
    assert {entry.locale for entry in switching.entries} <= set(spoken), (
        "each answer keeps the language it was given in"
    )
