"""An interview that goes by itself: an answer to each question, whatever the language."""

from collections.abc import Iterator

from dialogs.engine.declare import Question
from dialogs.engine.draft import current
from dialogs.kinds.contact import Contact
from dialogs.kinds.files import Attachments
from dialogs.kinds.items import Items
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.place import Place
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.language.events import Event, Press, Say
from dialogs.phases.steps import DIALOGS
from tests.dialogs.world import World
from tests.house import press


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
        case Attachments():
            return Press("skip", question.key, world.draft.id, world.draft.version)
        case Contact():
            return Say("Kim Berg kim@example.se")
        case Place():
            return Say("Möllevångstorget")
        case OneChoice() if buttons:
            return press(buttons[pick % len(buttons)], shown)
        case _:
            return press(buttons[0], shown) if buttons else Say(f"text {pick} نص")


def hash_of(key: str) -> int:
    """A number of a key that is the same in every run."""
    return sum(map(ord, key))


def interviewed(begin: str, pick: int) -> Iterator[World]:
    """Somebody at each question of a dialog, one after the other; `pick` says which way they go."""
    world = World()
    world.does(Press(begin))
    while (here := world.standing.here) and (question := current(DIALOGS[here.dialog], here.draft)):
        yield world
        world.does(answered(world, question, pick + (hash_of(question.key) if pick else 0)))
