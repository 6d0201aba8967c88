"""Tokens: each opens its own kind of door and no other, and none is used up at a door that it does not open."""

from dataclasses import replace

import pytest

from bot.turns.invite import invite
from bot.turns.origin import Origin
from dialogs.language.events import Start
from storage.database.tables import people
from storage.people.people import Address
from tests.adversary.asking import Answer, Asking
from tests.adversary.roles import Cast, as_text
from tests.ways import everything, number_of

GUESS = "guessed-token-of-32-characters-x"
OPENS: dict[str, str] = {
    "GET /sign-in": "",
    "GET /join": "",
    "GET /back": "",
    "POST /sign-in": "staff",
    "POST /join": "join",
    "POST /back": "back",
    "desk cookie": "session",
    "chat cookie": "private",
    "contact persons' bot": "staff",
    "applicants' bot": "join",
}
"""Which token opens a door; "" none, because opening a page uses nothing up and tells nothing."""
KINDS = ("guess", "staff", "join", "private", "back", "session", "gone", "used", "gone_session")


def token_of(cast: Cast, kind: str) -> str:
    """A token of each kind; "gone" is a link for who was deactivated since, "used" one that somebody came in by."""
    return {
        "guess": GUESS,
        "staff": cast.links["staff"],
        "join": cast.links["join"],
        "private": cast.chats["writing"],
        "back": cast.links["back"],
        "session": cast.sessions["holder"],
        "gone": cast.links["gone"],
        "used": cast.links["used"],
        "gone_session": cast.sessions["gone"],
    }[kind]


async def knocks(asking: Asking, door: str, token: str, name: str) -> object:
    """What somebody unknown gets at a door with a token, without the token."""
    method, _blank, path = door.partition(" ")
    if door == "contact persons' bot":
        return await asking.cast.told(Origin(Address("telegram_staff", name), "en"), Start(token))
    if door == "applicants' bot":
        return as_text(await asking.cast.told(Origin(Address("telegram", name), "en"), Start(token)))
    if path == "cookie":
        asking.cast.sessions["knocking"] = asking.cast.chats["knocking"] = token
        if method == "desk":
            return await asking.ask("knocking", "GET", "/queue")
        asking.cast.sessions.pop("knocking")
        return await asking.ask("knocking", "GET", "/")
    return without(await asking.ask("stranger", method, f"{path}/{token}", {}, token), token)


def without(answer: Answer, token: str) -> Answer:
    """An answer without its token, whichever length it has."""
    return replace(answer, headers=tuple(one for one in answer.headers if one[0] != "Content-Length"))


@pytest.mark.parametrize("door", OPENS)
async def test_a_door_opens_to_its_own_kind(asking: Asking, door: str) -> None:
    refused = await knocks(asking, door, GUESS, "guesser")
    persons = await number_of(asking.cast.turns.database, people)
    for kind in (kind for kind in KINDS if kind not in (OPENS[door], "guess")):
        assert await knocks(asking, door, token_of(asking.cast, kind), f"with {kind}") == refused, kind
    if OPENS[door]:
        assert await knocks(asking, door, token_of(asking.cast, OPENS[door]), "owner") != refused
    made = await number_of(asking.cast.turns.database, people) - persons
    assert made == 0 or door in ("POST /join", "applicants' bot"), "a guess leaves nobody behind"


async def test_no_token_is_used_up_at_a_door_that_it_does_not_open(asking: Asking) -> None:
    for door, opens in OPENS.items():
        for kind in (kind for kind in KINDS if kind != opens):
            await knocks(asking, door, token_of(asking.cast, kind), f"{door} with {kind}")
    for door, opens in OPENS.items():
        if opens and door not in ("contact persons' bot", "applicants' bot"):
            assert await knocks(asking, door, token_of(asking.cast, opens), "owner") != await knocks(
                asking, door, GUESS, "guesser"
            ), door


async def test_a_one_time_token_opens_once(asking: Asking) -> None:
    """By whichever door it was used, the other one and the same one are closed."""
    links = await invite(asking.cast.turns.database, asking.cast.keys, "without", asking.cast.turns.clock.now())
    for first, second, token in (
        ("POST /sign-in", "contact persons' bot", links.web),
        ("contact persons' bot", "POST /sign-in", links.telegram),
        ("POST /join", "applicants' bot", asking.cast.links["join"]),
    ):
        assert await knocks(asking, first, token, f"{first} 1") != await knocks(asking, first, GUESS, f"{first} 0")
        for door in (first, second):
            assert await knocks(asking, door, token, f"{door} 2") == await knocks(asking, door, GUESS, f"{door} 3")


async def test_opening_a_page_changes_nothing(asking: Asking) -> None:
    before = await everything(asking.cast.turns.database)
    for door in ("GET /sign-in", "GET /join", "GET /back"):
        for kind in KINDS:
            await knocks(asking, door, token_of(asking.cast, kind), "a preview")
    assert await everything(asking.cast.turns.database) == before
