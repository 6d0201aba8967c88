"""The last thing that the contact persons' bot says in a chat that nobody used for long."""

from dialogs.language.replies import Tell
from dialogs.language.words import _, n_


def chat_closed(days: int) -> Tell:
    """That the chat is closed after so many days, and the way back."""
    said = n_(
        "You have not written here for {count} day, so this chat is closed: nobody reads anything of your cases here.",
        "You have not written here for {count} days, so this chat is closed: nobody reads anything of your cases here.",
        count=days,
    )
    return Tell((said, _("Welcome back: ask an administrator for a new link, and open it here.")), lasting=True)
