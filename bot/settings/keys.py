"""Unguessable links and cookies. What is given away is random; what is stored is its keyed hash."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable


class Keys:
    """Everything derived from SECRET_KEY. What was given away under a key of `before` still opens what it opened; what is made is made with `secret`."""

    def __init__(self, secret: str, before: Iterable[str] = ()) -> None:
        self._secret = secret.encode()
        self.before = tuple(Keys(one) for one in before if one != secret)
        """The keys that this one took the place of."""

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

    def hashes(self, token: str) -> list[str]:
        """What may be stored in place of a token: today's hash first, then those of the keys before."""
        return [self.hash(token), *(one.hash(token) for one in self.before)]

    @property
    def fingerprint(self) -> str:
        """What processes compare to see that they have the same secret. It reveals nothing of the secret."""
        return self.derive("fingerprint")

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """The fingerprints of this key and of those before: what an installation may have."""
        return (self.fingerprint, *(one.fingerprint for one in self.before))

    def derive(self, name: str) -> str:
        """A secret derived for one purpose, such as the one that Telegram shows with each webhook call."""
        return hmac.new(self._secret, name.encode(), hashlib.sha256).hexdigest()
