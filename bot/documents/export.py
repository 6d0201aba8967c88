"""Everything that is stored about one person, as a zip: a page to read, `data.json` and the files (GDPR articles 15 and 20)."""

import io
import json
import zipfile
from contextlib import suppress
from datetime import datetime
from typing import Any

from bot.documents.own import own_page
from dialogs.standing import House
from storage.database import Database
from storage.export import everything_about
from storage.files import Files


async def export_zip(database: Database, files: Files, person: int, house: House) -> bytes:
    """The bytes of the zip. It is made when it is asked for, and kept nowhere."""
    readable = await own_page(database, person, house)
    async with database.read() as connection:
        found = await everything_about(connection, person)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("my-data.html", readable)
        archive.writestr("data.json", json.dumps(found, ensure_ascii=False, indent=2, default=_plain))
        # The same file may be in several drafts, or have just been deleted.
        named = {f"files/{file['sha256'][:8]}-{file['name']}": file["sha256"] for file in found["files"]}
        for name, sha256 in named.items():
            with suppress(FileNotFoundError):
                archive.writestr(name, await files.get(sha256))
    return packed.getvalue()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
