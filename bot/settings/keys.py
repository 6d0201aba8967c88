"""Unguessable links and cookies. What is stored of them is a keyed hash; what is given away is random."""

import hashlib
import hmac
import secrets


class Keys:
    """Everything derived from SECRET_KEY."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    @staticmethod
    def new() -> str:
        """A token of 192 random bits; fits a Telegram deep link (Bot API: 64 of A-Z a-z 0-9 _ -)."""
        return secrets.token_urlsafe(24)

    @staticmethod
    def number() -> int:
        """A number that no other form has; it is no secret, and has at most 15 digits."""
        return secrets.randbits(49) + 1

    def hash(self, token: str) -> str:
        """What is stored of a token."""
        return self.derive(f"token:{token}")

    @property
    def fingerprint(self) -> str:
        """What all processes can compare, to see that they have the same secret: it tells nothing of it."""
        return self.derive("fingerprint")

    def derive(self, name: str) -> str:
        """A secret of our own for a purpose, such as the one that Telegram shows with each webhook call."""
        return hmac.new(self._secret, name.encode(), hashlib.sha256).hexdigest()
