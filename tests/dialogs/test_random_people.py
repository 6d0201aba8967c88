"""Random people play every event kind against every dialog: never an exception, always a reply, never a gap, always resumable.
With WHOLE=1 three times as many.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.language.events import Press, Start
from dialogs.language.replies import Button, Reply
from tests.dialogs.wanderer import form, offered, send, sensible, strays
from tests.dialogs.world import World, stale
from tests.house import press
from tests.spread import WHOLE

MANY = (settings.default.max_examples if settings.default else 100) * (3 if WHOLE else 1)
"""People. What they find is dear, so that there are three times as many where everything is tried."""


@settings(max_examples=MANY)
@given(st.data(), st.sampled_from(["sv", "en", "ar"]), st.booleans())
def test_anything_can_be_done_at_any_point(data: st.DataObject, locale: str, accepted: bool) -> None:
    world = World(locale, accepted)
    world.does(Start())
    if not accepted:
        world.does(Press("accept"))
    seen: list[tuple[Button, Reply]] = []
    for _step in range(data.draw(st.integers(0, 45))):
        world.does(sensible(world, data.draw))
    for _step in range(data.draw(st.integers(1, 15))):
        seen += offered(world.shown)
        match data.draw(st.integers(0, 7)):
            case 0 | 1:
                world.does(data.draw(strays()))
            case 2 | 3:
                world.does(form(world.shown[-1], data.draw))
            case 4:
                world.does(press(*data.draw(st.sampled_from(seen))))
            case 5:
                world.does(sensible(world, data.draw))
            case _:
                now = offered(world.shown)
                replies = world.does(press(*data.draw(st.sampled_from(now))) if now else Start())
                assert not stale(replies), "a button that stands there does not work"


@settings(max_examples=MANY)
@given(st.data(), st.sampled_from(["sv", "en", "ar"]))
def test_whoever_goes_on_arrives(data: st.DataObject, locale: str) -> None:
    """However somebody answers, going on ends at the review, and sending it makes one record."""
    world = World(locale)
    begin = data.draw(st.sampled_from(["new", "meeting", "withdraw:1"]))
    if begin == "withdraw:1":
        send(world, "meeting", data.draw)
    records = len(world.records)
    send(world, begin, data.draw)
    assert len(world.records) == records + 1
