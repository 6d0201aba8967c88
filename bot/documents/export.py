"""Everything that is stored about one person, as a zip: a page to read, `data.json` and the files (GDPR articles 15 and 20)."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from bot.documents.archive import Archive
from bot.speech import catalogs
from bot.speech.template import spoken
from dialogs.engine.record import Record
from dialogs.language.channels import CHANNELS
from dialogs.language.words import Text, Words

TEMPLATES = Path(__file__).parent.parent / "web" / "templates"
"""The page on the web and the file say the same, so they share their templates."""


@dataclass(frozen=True, slots=True)
class OwnWriting:
    """Something that somebody wrote: its title, when it was sent or last touched, and its answers."""

    title: Text
    at: datetime
    record: Record


@dataclass(frozen=True, slots=True)
class Own:
    """What is stored about a person. `rows` are the rows that the export contains; the other fields put them into words."""

    locale: str
    rows: dict[str, list[dict[str, Any]]]
    drafts: tuple[OwnWriting, ...]
    sent: tuple[OwnWriting, ...]
    history: tuple[tuple[Words, datetime], ...]
    messages: tuple[tuple[str, str, datetime], ...]
    kept: tuple[Words, ...]
    """How long the data is kept, and how it is erased."""

    def where(self, channel: str) -> Text:
        """Where somebody on this channel is reached; "" when the channel's own name is to be used."""
        return CHANNELS[channel].where if channel in CHANNELS else ""


@dataclass(frozen=True, slots=True)
class OwnData:
    """The zip to be made of a person's own data, as it was at `at`. `stored` gives the path of each file, by its SHA-256."""

    own: Own
    stored: dict[str, Path]
    at: datetime

    def make(self, target: BinaryIO, scratch: Path) -> None:
        """Write the zip."""
        # The same file may be in several drafts, or have just been deleted.
        named = {f"files/{file['sha256'][:8]}-{file['name']}": file["sha256"] for file in self.own.rows["files"]}
        with Archive(target, self.at) as archive:
            archive.write("my-data.html", self._page().encode())
            archive.write("data.json", json.dumps(self.own.rows, ensure_ascii=False, indent=2, default=_plain).encode())
            for name, sha256 in named.items():
                with suppress(KeyError, FileNotFoundError):
                    archive.copy(name, self.stored[sha256])

    def _page(self) -> str:
        """The page as a standalone file that needs nothing from outside."""
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(dir=catalogs.direction, tag=catalogs.tag)
        template = environment.get_template("my_data_file.html")
        return template.render(spoken(self.own.locale), own=self.own, at=self.at)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
