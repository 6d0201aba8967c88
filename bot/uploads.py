"""The door for files: what they are is read from their content, never from their name."""

from pathlib import PurePath

import filetype

from dialogs.events import Filed, Unfit
from dialogs.kinds.files import BIGGEST
from dialogs.words import cleaned
from storage.files import Files

ALLOWED = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/heic": ".heic",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
}
"""MIME type to the ending that a file of it is given."""
LONGEST_NAME = 100


async def admit(files: Files, name: str, content: bytes) -> Filed | Unfit:
    """Store a file of at most 20 MB if it is of an allowed type; otherwise say why not."""
    if not content:
        return "empty_file"
    if len(content) > BIGGEST:
        return "too_big"
    mime = filetype.guess_mime(content)
    if mime not in ALLOWED:
        return "wrong_type"
    return Filed(await files.put(content), _name(name, ALLOWED[mime]), mime, len(content))


def _name(name: str, ending: str) -> str:
    """The name without folders and unwanted characters, with the ending of what the file really is."""
    stem = PurePath(cleaned(name.replace("\\", "/").replace("\n", " "))).stem[:LONGEST_NAME].strip(". ")
    return (stem or "file") + ending
