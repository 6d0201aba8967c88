"""An applicant who knows what to say: from hello to the receipt, over any `Caller`."""

from dialogs.events import Press, Say, Start
from dialogs.replies import Receipt, Reply
from tests.house import Caller

ANSWERS: dict[str, tuple[str, ...]] = {
    "scope": ("tap yes",),
    **dict.fromkeys(("mixed_group", "established", "contribution", "value", "evidence", "democratic"), ("tap met",)),
    "actors": ("say Brf Torget\nTorgets vänner", "tap kind:a1:property_owner", "tap kind:a2:association", "tap done"),
    "cooperation": ("say We have met every month since 2024.",),
    "contributes": ("tap set:money", "say 20 000 kr a year"),
    "added_value": ("say A square for everyone.",),
    "needs": ("tap set:residents", "say A survey with 120 answers."),
    "papers": ("tap skip",),
    "decisions": ("say Open meetings, everyone has one vote.",),
    "area": ("say Möllevångstorget\nBergsgatan\nSimrishamnsgatan",),
    "challenges": ("say Dark in the evening.",),
    "opportunities": ("say Many shops and people.",),
    "confirmed": ("tap on",),
    "more": ("tap done",),
    "contact": ("say Sara Ali, sara@malmo.se",),
    "speaks_for": ("tap a1",),
}
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
            assert getattr(shown[-1], "error", None) is None, (key, step, shown[-1])
    await caller.taps("send")
    return receipt_of(await caller.taps("sure"))


def receipt_of(shown: list[Reply]) -> Receipt:
    """The receipt among what was said."""
    return next(reply for reply in shown if isinstance(reply, Receipt))


async def begins(caller: Caller) -> None:
    """Read the terms and stand at the first question."""
    await caller.does(Start())
    await caller.does(Press("accept"))
