"""The key of a backup: which SECRET_KEY its links, cookies and seals were made with, and what to do so that they stay valid."""

from dataclasses import dataclass
from pathlib import Path

from bot.main.backup import SECRET
from bot.settings.secret import KEPT_SECRET
from bot.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class BackupKey:
    """The SECRET_KEY to seal with from now on, what the operator is told about it (never the key), and whether to write it to `var/secret_key`."""

    secret: str
    said: str
    kept: bool = False

    def keep(self) -> None:
        """Write the key to `var/secret_key`, if `kept`."""
        if self.kept:
            KEPT_SECRET.write_text(self.secret)


def key_of(settings: Settings, path: Path) -> BackupKey:
    """The key to use once the backup at `path` is restored. With PostgreSQL each process gets it from its environment, so we can only say so."""
    given, file = settings.secret_key.get_secret_value(), path / SECRET
    if not file.exists():
        return BackupKey(
            given, "SECRET_KEY is not in the backup: set the one that was in use then, or every link and sign-in ends"
        )
    secret = file.read_text().strip()
    if not settings.embedded:
        if secret == given:
            return BackupKey(
                given, "SECRET_KEY is the backup's: links and applicants' browsers go on, contact persons sign in anew"
            )
        return BackupKey(
            secret,
            f'SECRET_KEY is another than the backup\'s. Start web and worker with SECRET_KEY="$(cat {file})", '
            "or every link and sign-in ends",
        )
    if not KEPT_SECRET.exists() or KEPT_SECRET.read_text().strip() != given:
        return BackupKey(given, "SECRET_KEY is set, so the backup's was left alone")
    return BackupKey(secret, f"{KEPT_SECRET} is the backup's again", kept=True)
