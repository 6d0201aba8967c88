"""Somewhere the program is installed."""

from dataclasses import dataclass
from pathlib import Path

from bot.settings.settings import Settings
from tests.house import SECRET


@dataclass
class Place:
    """Somewhere the program is installed: a directory, a database."""

    directory: Path
    url: str

    @property
    def settings(self) -> Settings:
        """What the program is started with there."""
        return Settings.model_validate(
            {
                "database_url": self.url,
                "secret_key": SECRET,
                "files_dir": str(self.directory / "files"),
                "erased_log": str(self.directory / "erased.jsonl"),
            }
        )
