"""A file on its way to a turn."""

from dialogs.language.events import Attach, Filed
from storage.files.files import Files
from tests.samples import PDF


async def offered(files: Files, content: bytes = PDF) -> Attach:
    """A file that lies in the store, on its way to a turn."""
    return Attach((Filed(await files.put(content), "survey.pdf", "application/pdf", len(content)),))
