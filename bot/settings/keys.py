"""Unguessable links and cookies. What is given away is random; what is stored is its keyed hash."""

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
        """A number of at most 15 digits that no other form has. It is not secret."""
        return secrets.randbits(49) + 1

    def hash(self, token: str) -> str:
        """What is stored in place of a token."""
        return self.derive(f"token:{token}")

    @property
    def fingerprint(self) -> str:
        """What processes compare to see that they have the same secret. It reveals nothing of the secret."""
        return self.derive("fingerprint")

    def derive(self, name: str) -> str:
        """A secret derived for one purpose, such as the one that Telegram shows with each webhook call."""
        return hmac.new(self._secret, name.encode(), hashlib.sha256).hexdigest()
