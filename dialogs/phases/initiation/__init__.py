"""The initiation phase: from the idea to the Technical Committee’s first decision."""

from dialogs.language.words import _

TITLE = _("Initiation phase")
"""The phase's name, already in every catalog; shown once there is a second phase to tell it from."""
