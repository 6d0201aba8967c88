"""Ids of updates, by which what comes twice is known: numbers where a network counts, else whatever text it gives."""

from hashlib import blake2b

UpdateId = int | str
"""What a channel's network calls an update. A channel uses one of the two, and never the other."""
LIMIT = 2**63
"""The first number that the tables have no room for."""


def stored(id: UpdateId) -> int:
    """The number under which the tables keep an id: a number of 64 bits (signed) is kept as it is; of a longer one, and of any text whatever,
    its BLAKE2b hash of that length. Never raises: an id that could not be kept would come again for ever.

    That two of a million texts share one has a chance of 1 in 36 million; the second would be taken for the first, and not be answered.
    """
    if isinstance(id, int) and -LIMIT <= id < LIMIT:
        return id
    text = str(id).encode(errors="surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), signed=True)
