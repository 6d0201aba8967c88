"""What a chat shows: the newest message that a person would go on from."""

from dataclasses import dataclass
from typing import Any, Literal

from bot.telegram.press import read
from dialogs.language.events import Press

Kind = Literal["nothing", "welcome", "languages", "ask", "review", "changes", "sure", "receipt", "home", "aside"]
ASIDE = ("writers", "invite", "takeout2", "leave", "forget2")
"""What can be pressed aside of the questions, in the menu and in the rooms of those who write together."""


@dataclass(frozen=True)
class Screen:
    """A message that says where one is, and its buttons."""

    kind: Kind = "nothing"
    message: int = 0
    buttons: tuple[tuple[str, Press], ...] = ()
    """The data of each, and what it says."""
    text: str = ""

    @property
    def acts(self) -> list[str]:
        """What the buttons say."""
        return [press.act for _data, press in self.buttons]

    @property
    def of_draft(self) -> Press:
        """The draft, the version and the question it is about; zeros and "" for none."""
        return next((press for _data, press in self.buttons if press.draft), Press(""))

    def data(self, act: str) -> str:
        """The data of a button."""
        return next(data for data, press in self.buttons if press.act == act)


def screen(chat: dict[int, dict[str, Any]]) -> Screen:
    """Where one is in a chat. A notice in between does not change that."""
    for message in reversed(chat.values()):
        if message["from"].get("is_bot") and (rows := message.get("reply_markup", {}).get("inline_keyboard")):
            data = [button["callback_data"] for row in rows for button in row]
            buttons = tuple((one, read(one)) for one in data)
            if kind := _kind([press for _data, press in buttons]):
                return Screen(kind, message["message_id"], buttons, message.get("text", ""))
    return Screen()


def _kind(presses: list[Press]) -> Kind | None:
    acts = [press.act for press in presses]
    if "accept" in acts:
        return "welcome"
    if any(press.key for press in presses):
        return "ask"
    for act, kind in (("send", "review"), ("sure", "sure"), ("new", "home")):
        if act in acts:
            return kind  # type: ignore[return-value]
    for begin, kind in (("receipt:", "receipt"), ("change:", "changes"), ("lang:", "languages")):
        if any(act.startswith(begin) for act in acts):
            return kind  # type: ignore[return-value]
    if "resume" in acts and any(act.partition(":")[0] in ASIDE for act in acts):
        return "aside"
    return None
