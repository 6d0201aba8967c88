"""The log of who administers, in words: a sentence for each thing that happened."""

from dialogs.language.channels import CHANNELS
from dialogs.language.words import Text, Words, _

ON_THE_COMMAND_LINE = _("Somebody on the command line")


def _by(door: str) -> Text:
    channel = CHANNELS.get(door)
    return channel.where or channel.called if channel else door


def sentence(what: str, by: str, about: str, door: str, role: str, names: str = "") -> Words:
    """What happened, by whom ("" for the command line) and to whom; `door` is the channel by which somebody came, `role` what somebody was invited as,
    `names` are those of settings.
    """
    name: Text = by or ON_THE_COMMAND_LINE
    other, network = about or "–", _by(door)
    match what:
        case "let_in":
            return _("{name} came in by a link: {door}.", name=name, door=network)
        case "not_let_in":
            return _("A link was tried that lets nobody in: {door}.", door=network)
        case "invited" if role == "administrator":
            return _("{name} invited {other} as an administrator.", name=name, other=other)
        case "invited":
            return _("{name} invited {other} as a contact person.", name=name, other=other)
        case "role_taken":
            return _("{name} took the administrator’s role from {other}.", name=name, other=other)
        case "doors_closed":
            return _("{name} ended the sessions and chats of {other}.", name=name, other=other)
        case "settings":
            return _("The program was started with other settings than before: {names}.", names=names)
        case "chat_expired":
            return _("A chat of {other} was closed, because they had not written in it for long.", other=other)
        case "deactivated":
            return _("{name} deactivated {other}.", name=name, other=other)
    return _("Noted: {what}.", what=what)
