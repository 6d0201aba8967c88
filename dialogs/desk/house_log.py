"""The log of who administers, in words: a sentence for each thing that happened."""

from dialogs.language.channels import CHANNELS
from dialogs.language.words import Text, Words, _

HAPPENED: dict[str, Words] = {
    "let_in": _("{name} came in by a link: {door}."),
    "not_let_in": _("A link was tried that lets nobody in: {door}."),
    "invited": _("{name} invited {other} as a contact person."),
    "role_given": _("{name} made {other} an administrator."),
    "role_taken": _("{name} took the administrator’s role from {other}."),
    "doors_closed": _("{name} ended the sessions and chats of {other}."),
    "deactivated": _("{name} deactivated {other}."),
}
AS_ADMINISTRATOR = _("{name} invited {other} as an administrator.")
ON_THE_COMMAND_LINE = _("Somebody on the command line")


def sentence(what: str, by: str, about: str, door: str, role: str) -> Words:
    """What happened, by whom ("" for the command line) and to whom; `door` is the channel by which somebody came, `role` what somebody was invited as."""
    said = AS_ADMINISTRATOR if (what, role) == ("invited", "administrator") else HAPPENED.get(what)
    if said is None:
        return _("Noted: {what}.", what=what)
    network = CHANNELS[door].network if door in CHANNELS else door
    values: dict[str, Text] = {"name": by or ON_THE_COMMAND_LINE, "other": about or "–", "door": network}
    return said.filled(**{name: value for name, value in values.items() if f"{{{name}}}" in said.id})
