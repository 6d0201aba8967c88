"""Who is at the other end of a request. Law: only a proxy that we trust is believed about whom it asks for."""

from collections.abc import Collection, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

MOST_HOPS = 20
"""Entries of X-Forwarded-For that we look at, from the right."""
OF_ONE = 64
"""Bits of an IPv6 address that identify its owner: a site has the whole network behind them (RFC 6177)."""
IPAddress = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def who(peer: str, forwarded: Sequence[str], trusted: Collection[Network]) -> str:
    """The client that `peer` asks for: an IPv4 address, or the /64 of an IPv6 address, as text to count by. "" when the peer has no address.

    `forwarded` holds the lines of X-Forwarded-For as they came. They form one list (RFC 9110, 5.3), to which each proxy adds its own client
    at the right; so we read from the right for as long as the entry comes from a trusted hop. An entry that is not an address says nothing,
    and the hop that added it counts as the client.
    """
    hop = address_in(peer)
    if hop is None:
        return ""
    for entry in reversed(",".join(forwarded).rsplit(",", MOST_HOPS)[-MOST_HOPS:]):
        if not entry.strip():
            continue  # an empty entry does not count (RFC 9110, 5.6.1)
        said = address_in(entry) if _among(hop, trusted) else None
        if said is None:
            break
        hop = said
    return str(hop) if isinstance(hop, IPv4Address) else str(IPv6Network((int(hop), OF_ONE), strict=False))


def address_in(entry: str) -> IPAddress | None:
    """The address in "203.0.113.7", "203.0.113.7:4711", "2001:db8::1" or "[2001:db8::1]:443"; IPv4 mapped to IPv6 becomes IPv4. None if there is none."""
    bare = entry.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _among(address: IPAddress, networks: Collection[Network]) -> bool:
    return any(address in network for network in networks)
