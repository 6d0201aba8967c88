"""An applicant who knows what to say: from hello to the receipt, over any `Caller`."""

from dialogs.language.events import Press, Say, Start
from dialogs.language.replies import Receipt, Reply
from tests.answers import EN, went_on
from tests.house import Caller

ANSWERS = EN.chat
"""What the applicant does at each question."""


async def sends_an_application(caller: Caller, proposal: str = "Trees, benches and light.") -> Receipt:
    """Walk through the whole application; the receipt."""
    await caller.does(Start())
    shown = await caller.taps("accept")
    while shown[-1].type == "ask":
        key = shown[-1].key
        steps = (f"say {proposal}",) if key == "proposal" else ANSWERS[key]
        for step in steps:
            verb, _space, rest = step.partition(" ")
            shown = await caller.does(Say(rest)) if verb == "say" else await caller.taps(rest)
        went_on(key, getattr(shown[-1], "key", ""), shown[-1])
    await caller.taps("send")
    return receipt_of(await caller.taps("sure"))


def receipt_of(shown: list[Reply]) -> Receipt:
    """The receipt among what was said."""
    return next(reply for reply in shown if isinstance(reply, Receipt))


async def begins(caller: Caller) -> None:
    """Read the terms and stand at the first question."""
    await caller.does(Start())
    await caller.does(Press("accept"))
