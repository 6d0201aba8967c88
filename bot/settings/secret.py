"""The SECRET_KEY of an embedded installation, which is made at its first start."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

KEPT_SECRET = Path("var/secret_key")
"""Where an embedded installation keeps its SECRET_KEY."""
SHORTEST_SECRET = 32
"""Characters of a SECRET_KEY."""


def kept_secret(path: Path) -> str:
    """The secret of an embedded installation, readable by its owner alone; made once, whole or not at all. ValueError says what to do instead."""
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make_secret(path)
        secret = path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as error:
        raise ValueError(
            f"SECRET_KEY: {path} can be neither read nor made ({error.strerror}); mend that, or set SECRET_KEY"
        ) from None
    if len(secret) < SHORTEST_SECRET or not secret.isascii():
        raise ValueError(
            f"SECRET_KEY: {path} is empty or damaged; put back the one from the backup, "
            "or delete it for a new one, which ends every link and every sign-in, and run: python -m bot seal"
        )
    return secret


def _make_secret(path: Path) -> None:
    # A crash or a full disk leaves no half secret under the final name; of two starts at once, the first one's secret counts.
    temporary = path.with_suffix(f".{secrets.token_hex(8)}")
    try:
        with open(temporary, "x", encoding="ascii", opener=_for_its_owner) as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)
