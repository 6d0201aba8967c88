"""E-mail addresses with letters that are not ASCII, from the answer to a real SMTP server."""

from collections.abc import Iterator

import pytest

from bot.mail.carrier import Mail
from bot.worker.outcome import Delivered, Gone
from dialogs.applicants.sending import receipt
from dialogs.kinds.contact import OTHER_LETTERS, Contact
from dialogs.kinds.email import Email
from dialogs.kinds.kind import Refusal
from dialogs.language.events import Fill, Press, Say
from tests.day import delivered
from tests.house import Caller, Composed
from tests.letterbox import Letterbox
from tests.mail.letters import NOW, mail, post
from tests.ways import BEGUN, SENT, goes

SERVERS = [pytest.param(True, id="SMTPUTF8"), pytest.param(False, id="ASCII")]


@pytest.fixture
def letterbox(utf8: bool) -> Iterator[Letterbox]:
    box = Letterbox(utf8=utf8).start()
    yield box
    box.stop()


@pytest.mark.parametrize("utf8", SERVERS)
@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("sara@malmö.example.se", "sara@xn--malm-8qa.example.se"),
        ("sara@straße.example", "sara@xn--strae-oqa.example"),
        ("sara@مالمو.example", "sara@xn--mgb2dbcp.example"),
        ("sara@xn--malm-8qa.example.se", "sara@xn--malm-8qa.example.se"),
    ],
)
async def test_a_domain_of_any_letters_works_from_the_answer_to_every_server(
    composed: Composed, letterbox: Letterbox, address: str, there: str
) -> None:
    caller = Caller(composed.turns)
    await goes(caller, *BEGUN, Press("meeting"), Say("A bench."), Say(f"Sara Ali {address}"), *SENT)
    await delivered(composed, mail=mail(letterbox))
    assert there in letterbox.recipients
    assert there in [letter["To"] for letter in letterbox.letters]


@pytest.mark.parametrize(
    "event", [Say("Åsa Ek åsa@example.se"), Fill("done", "", 0, 0, {"name": ("Åsa Ek",), "email": ("åsa@example.se",)})]
)
async def test_letters_before_the_at_sign_are_refused_with_what_to_do(event: Say | Fill) -> None:
    refused = Contact().read(event, None, {})
    assert isinstance(refused, Refusal)
    assert refused.words == OTHER_LETTERS


async def test_of_a_colleague_they_are_refused_as_well() -> None:
    refused = Email().read(Say("åsa@example.se"), None, {})
    assert isinstance(refused, Refusal)
    assert refused.words == OTHER_LETTERS
    assert Email().read(Say("asa@malmö.example.se"), None, {}) == "asa@malmö.example.se"


def test_an_answer_from_before_that_has_them_is_asked_again() -> None:
    assert not Contact().accepts({"name": "Åsa", "email": "åsa@example.se", "phone": ""}, {})


@pytest.mark.parametrize(("utf8", "outcome"), [(True, Delivered), (False, Gone)])
async def test_one_that_was_sent_before_is_written_to_where_the_server_can_and_else_is_final_at_once(
    letterbox: Letterbox, outcome: type
) -> None:
    reply = receipt("application", "SAM-2026-0001", NOW, "box@example.se", 1)
    carried = await Mail(letterbox.url, "guide@example.se").carry(post(reply, to="åsa@malmö.example.se"))
    assert isinstance(carried, outcome), carried
    assert letterbox.recipients == (["åsa@xn--malm-8qa.example.se"] if outcome is Delivered else [])


@pytest.mark.parametrize("utf8", SERVERS)
async def test_answers_go_to_a_mailbox_of_any_domain(letterbox: Letterbox) -> None:
    reply = receipt("application", "SAM-2026-0001", NOW, "box@example.se", 1)
    assert await Mail(letterbox.url, "guide@example.se", "box@malmö.example.se").carry(post(reply)) == Delivered()
    assert letterbox.letters[0]["Reply-To"] == "box@xn--malm-8qa.example.se"
