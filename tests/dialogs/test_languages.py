"""Switching the language at every question, at random: nothing is lost, and what is sent is the same as without.

So it is when somebody writes in other languages than the chat's: each is offered once, and no answer waits for it.
"""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.speech.catalogs import languages
from dialogs.applicants.offers import MOST as MOST_OFFERS
from dialogs.applicants.offers import OFFERED, SHORT
from dialogs.engine.draft import current
from dialogs.engine.record import Record
from dialogs.kinds.contact import Contact
from dialogs.kinds.items import Items
from dialogs.language.events import Command, Fill, Press, Say
from dialogs.language.replies import Ask, Review, Tell
from dialogs.phases.steps import DIALOGS
from tests.dialogs.interview import answered, hash_of
from tests.dialogs.world import World

MOST = 400
"""Events of one interview; it ends long before."""


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


FOREIGN = {
    "pl": "Co roku sprzątamy razem plac i robimy piknik, a potem rozmawiamy o tym, co chcemy zmienić.",
    "ar": "ننظف الساحة معًا كل ربيع منذ سنوات ويشارك السكان في القرار",
    "uk": "Щовесни ми разом прибираємо площу, і мешканці беруть у цьому участь.",
    "sv": "Vi har hållit torgmarknad tillsammans varje höst, och grannarna sköter stånden och bestämmer tillsammans.",
    "en": "We clean the square together every spring, and then we talk about what should be different there.",
}


def offers(replies: list[Any]) -> list[str]:
    """The languages that are offered among these replies."""
    buttons = [one for reply in replies if isinstance(reply, Tell) for row in reply.rows for one in row]
    return [one.act[5:] for one in buttons if one.act.startswith("lang:")]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=20), st.lists(st.sampled_from(sorted(FOREIGN)), min_size=1))
def test_a_text_in_another_language_is_taken_like_any_other(picks: list[int], tongues: list[str]) -> None:
    """Two people answer alike, in the same words; one's house recognises the language and the other's does not."""
    ours, deaf = World("en"), World("en")
    deaf.standing = replace(deaf.standing, house=replace(deaf.standing.house, tongue=lambda _text: ""))
    for world in (ours, deaf):
        world.does(Press("new"))
    offered: list[str] = []
    for number in range(MOST):
        here = ours.standing.here
        assert here
        question = current(DIALOGS[here.dialog], here.draft)
        if question is None:
            break
        text = FOREIGN[tongues[number % len(tongues)]]
        usual = answered(ours, question, picks[hash_of(question.key) % len(picks)])
        foreign = isinstance(usual, Say) and not isinstance(question.kind, Contact | Items)
        for event in (
            (Say(text), usual) if isinstance(usual, Press) and picks[0] % 2 else (Say(text) if foreign else usual,)
        ):
            said, silent = ours.does(event), deaf.does(event)
            offered += offers(said)
            assert isinstance(said[-1], Ask | Review), "the question stays the last thing said"
            assert [one for one in said if not (isinstance(one, Tell) and offers([one]))] == silent
        bare = {key: one for key, one in ours.draft.answers.items() if key != OFFERED}
        assert {key: one.value for key, one in bare.items()} == {k: one.value for k, one in deaf.draft.answers.items()}
        assert ours.draft.version == deaf.draft.version
    assert len(offered) == len(set(offered)) <= MOST_OFFERS, "each once, and no more than two"
    assert "en" not in offered
    for world in (ours, deaf):
        world.does(Press("send", "", world.draft.id, world.draft.version))
        world.does(Press("sure", "", world.draft.id, world.draft.version))
    assert ours.records[-1] == deaf.records[-1], "what is sent is the same, word for word"


def test_an_offer_that_is_let_go_by_is_not_made_again_and_one_taken_switches() -> None:
    world = World("en")
    world.does(Press("new"))
    assert offers(world.does(Say(FOREIGN["pl"]))) == ["pl"]
    assert offers(world.does(Say(FOREIGN["pl"]))) == []
    assert offers(world.does(Say(FOREIGN["ar"]))) == ["ar"]
    assert offers(world.does(Say(FOREIGN["uk"]))) == [], "who lets two go by wants none"
    world.does(Press("lang:ar"))
    assert world.standing.locale == "ar"
    assert not offers(world.does(Say(FOREIGN["ar"])))


def test_another_writer_of_the_same_draft_is_offered_it_as_well() -> None:
    world = World("en")
    world.does(Press("new"))
    world.does(Say(FOREIGN["pl"]))
    world.standing = replace(world.standing, person=2)
    assert offers(world.does(Say(FOREIGN["pl"]))) == ["pl"]


def test_easy_swedish_is_swedish() -> None:
    world = World("sv@easy")
    world.does(Press("new"))
    assert offers(world.does(Say(FOREIGN["sv"]))) == []


def test_the_name_of_a_language_switches_wherever_one_is_and_answers_nothing() -> None:
    world = World("en", accepted=False)
    world.does(Say("suomi"))
    assert world.standing.locale == "fi"
    world = World("en")
    world.does(Press("new"))
    for event, code in (
        (Say("polski"), "pl"),
        (Say("عربي"), "ar"),
        (Say("Svenska!"), "sv"),
        (Command("language", "pl"), "pl"),
        (Command("language", "engelska"), "en"),
        (Fill("done", "scope", 1, 0, {"text": ("türkçe",), "more": ("",)}), "tr"),
    ):
        before = world.draft
        world.does(event)
        assert (world.standing.locale, world.draft) == (code, before)
    world.does(Command("language", "klingon"))
    assert world.standing.locale == "tr"
    world.does(Say("x" * SHORT + " polski"))
    assert world.standing.locale == "tr"
