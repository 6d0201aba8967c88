"""An applicant who knows what to say: from hello to the receipt, over any `Caller`."""

from dialogs.language.events import Press, Start
from dialogs.language.replies import Receipt, Reply
from tests.answers import EN
from tests.house import Caller
from tests.ways import BEGUN, UpTo, goes

ANSWERS = EN.chat
"""What the applicant does at each question."""


async def sends_an_application(caller: Caller, proposal: str = "Trees, benches and light.") -> Receipt:
    """Walk through the whole application; the receipt."""
    await goes(caller, *BEGUN, UpTo("", EN.but(proposal=proposal)), "send")
    return receipt_of(await caller.taps("sure"))


def receipt_of(shown: list[Reply]) -> Receipt:
    """The receipt among what was said."""
    return next(reply for reply in shown if isinstance(reply, Receipt))


async def begins(caller: Caller) -> None:
    """Read the terms and stand at the first question."""
    await caller.does(Start())
    await caller.does(Press("accept"))
