"""Ids of updates, by which what comes twice is known: numbers where a network counts, else whatever text it gives."""

from hashlib import blake2b

UpdateId = int | str
"""What a channel's network calls an update. A channel uses one of the two, and never the other."""


def stored(id: UpdateId) -> int:
    """The number under which the tables keep an id: a number (64 bits, signed) is kept as it is, of a text its BLAKE2b hash of that length.

    That two of a million texts share one has a chance of 1 in 36 million; the second would be taken for the first, and not be answered.
    """
    return id if isinstance(id, int) else int.from_bytes(blake2b(id.encode(), digest_size=8).digest(), signed=True)
