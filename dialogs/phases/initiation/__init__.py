"""The initiation phase: from the idea to the Technical Committee’s first decision."""

from dialogs.language.words import _

TITLE = _("Initiation phase")
"""Its name, in every catalog already; said from the day that there is a second phase to tell it from."""
