"""The desk on a host of its own: each host answers what is its own, and a form of one is none of the other's."""

import pytest
from aiohttp import ClientSession

from bot.settings.settings import problems
from tests.house import GivenSettings
from tests.web.conftest import Served

CHAT, DESK = "https://samverkan.example.se", "https://desk.example.se"
pytestmark = pytest.mark.house(public_url=CHAT, desk_url=DESK)


async def asks(served: Served, method: str, host: str, path: str, **headers: str) -> tuple[int, dict[str, str]]:
    async with (
        ClientSession() as session,
        session.request(
            method, f"{served.url}{path}", headers={"Host": host.partition("://")[2]} | headers, allow_redirects=False
        ) as answer,
    ):
        cookies = {"Set-Cookie": "\n".join(answer.headers.getall("Set-Cookie", []))}
        return answer.status, dict(answer.headers) | cookies


@pytest.mark.parametrize(
    ("path", "at_the_chat", "at_the_desk"),
    [
        ("/", 200, 303),
        ("/queue", 404, 200),
        ("/sign-in/x", 404, 200),
        ("/my-data", 200, 404),
        ("/back/x", 200, 404),
        ("/queue/people", 404, 404),
        ("/privacy", 200, 200),
        ("/help", 200, 200),
        ("/healthz", 200, 200),
        ("/static/style.css", 200, 200),
        ("/queues", 404, 404),
    ],
)
async def test_each_host_has_its_own_pages(served: Served, path: str, at_the_chat: int, at_the_desk: int) -> None:
    assert (await asks(served, "GET", DESK, path))[0] == at_the_desk
    assert (await asks(served, "GET", CHAT, path))[0] == at_the_chat


async def test_a_sign_in_stays_at_the_desk(served: Served) -> None:
    path = f"/sign-in/{await served.link()}"
    for origin, host, status in ((CHAT, DESK, 403), (DESK, CHAT, 404), (DESK, DESK, 303)):
        got, headers = await asks(served, "POST", host, path, Origin=origin)
        assert got == status
    assert headers["Location"] == "/queue"
    cookies = headers["Set-Cookie"].splitlines()
    assert [one.partition("=")[0] for one in cookies] == ["__Host-desk", "__Host-works"]
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; ")), cookie
        assert "Domain" not in cookie


@pytest.mark.house(public_url=CHAT)
async def test_only_a_cookie_that_this_host_set_says_that_somebody_works_here(served: Served) -> None:
    for name, status in (("works", 200), ("__Host-works", 403)):
        assert (await asks(served, "GET", CHAT, "/join/x", Cookie=f"{name}=1"))[0] == status


async def test_links_lead_to_the_right_host(served: Served) -> None:
    turns = served.turns
    assert turns.link("SAM-2026-0001") == f"{DESK}/queue/SAM-2026-0001"
    said = {name: str(words.values["link"]) for name, words in turns.doors("web_staff", "x").items()}
    assert said == {"web_staff": f"{DESK}/sign-in/x"}
    assert str(turns.doors("chat", "x")["web"].values["link"]).startswith(CHAT)


@pytest.mark.parametrize("host", ["desk.example.se", "Desk.Example.SE", "desk.example.se:443"])
@pytest.mark.house(public_url=CHAT, desk_url="HTTPS://Desk.Example.SE:443/")
async def test_a_host_is_the_same_however_it_is_written(served: Served, host: str) -> None:
    assert (await asks(served, "GET", f"https://{host}", "/queue"))[0] == 200
    assert (await asks(served, "GET", f"https://{host}", "/my-data"))[0] == 404
    assert served.turns.link("SAM-2026-0001") == f"{DESK}/queue/SAM-2026-0001"


@pytest.mark.parametrize(
    "desk",
    [
        CHAT,
        CHAT.upper(),
        f"{CHAT}:8443",
        "http://desk.example.se",
        f"{DESK}/queue",
        f"{DESK}.",
        f"{DESK}?x=1",
        "https://somebody@desk.example.se",
    ],
)
def test_an_address_that_is_none_of_its_own_is_refused(desk: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)desk_url") as refused:
        GivenSettings.model_validate({"public_url": CHAT, "desk_url": desk, "secret_key": "x" * 32})
    assert problems(refused.value)  # type: ignore[arg-type]
