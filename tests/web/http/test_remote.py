"""Who is at the other end: what proxies may say, and what anybody could have made up."""

from ipaddress import ip_network

import pytest

from bot.settings.settings import Settings
from bot.web.http.remote import MOST_HOPS, who

PROXY = "10.0.0.1"
TRUSTED = tuple(ip_network(one) for one in ("10.0.0.0/8", "::1", "fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "lines", "expected"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),  # nobody whom we trust says it
        (PROXY, [], PROXY),
        (PROXY, [""], PROXY),
        (PROXY, ["203.0.113.7"], "203.0.113.7"),
        (PROXY, ["198.51.100.1, 203.0.113.7"], "203.0.113.7"),  # the proxy adds at the right
        (PROXY, ["198.51.100.1", "203.0.113.7"], "203.0.113.7"),  # or a line of its own
        (PROXY, ["198.51.100.1", "203.0.113.7, 10.0.0.2"], "203.0.113.7"),  # two proxies of ours
        (PROXY, ["10.1.2.3, 10.0.0.2"], "10.1.2.3"),  # somebody in the house
        (PROXY, ["10.9.9.9, 203.0.113.7"], "203.0.113.7"),  # who says to be in the house
        (PROXY, ["203.0.113.7, "], "203.0.113.7"),
        (PROXY, ["203.0.113.7:4711"], "203.0.113.7"),
        (PROXY, ["[2001:db8::1]:443"], "2001:db8::/64"),
        (PROXY, ["[2001:db8::1]"], "2001:db8::/64"),
        (PROXY, ["2001:db8::1"], "2001:db8::/64"),
        (PROXY, ["2001:db8::ffff:ffff:ffff:ffff"], "2001:db8::/64"),
        (PROXY, ["2001:db8:0:1::1"], "2001:db8:0:1::/64"),
        (PROXY, ["::ffff:203.0.113.7"], "203.0.113.7"),
        ("::ffff:10.0.0.1", ["203.0.113.7"], "203.0.113.7"),  # a socket for both kinds
        ("fd00::1", ["203.0.113.7"], "203.0.113.7"),
        ("::1", ["203.0.113.7"], "203.0.113.7"),
        (PROXY, ["203.0.113.7, unknown"], PROXY),  # what is no address counts as the hop that said it
        (PROXY, ["203.0.113.7, unknown, 10.0.0.2"], "10.0.0.2"),
        (PROXY, ["203.0.113.7, 198.51.100.1, _hidden"], PROXY),
        (PROXY, ["203.0.113.999"], PROXY),
        (PROXY, ["x" * 100_000], PROXY),
        ("fe80::1%eth0", [], "fe80::/64"),
        ("", ["203.0.113.7"], ""),
    ],
)
def test_who_it_is(peer: str, lines: list[str], expected: str) -> None:
    assert who(peer, lines, TRUSTED) == expected


def test_without_trusted_proxies_nobody_is_believed() -> None:
    assert who("127.0.0.1", ["203.0.113.7"], ()) == "127.0.0.1"


def test_a_list_without_end_is_looked_at_in_part() -> None:
    hops = [f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}" for number in range(100_000)]
    assert who(PROXY, [",".join(hops)], TRUSTED) == hops[-MOST_HOPS]


@pytest.mark.parametrize(
    ("peer", "expected"),
    [
        ("127.0.0.1", "203.0.113.7"),
        ("172.31.255.1", "203.0.113.7"),
        ("192.168.4.4", "203.0.113.7"),
        ("169.254.1.1", "203.0.113.7"),
        ("fe80::1%eth0", "203.0.113.7"),
        ("fd12:3456::1", "203.0.113.7"),
        ("172.32.0.1", "172.32.0.1"),
        ("198.51.100.1", "198.51.100.1"),
        ("2001:db8::1", "2001:db8::/64"),
    ],
)
def test_whom_the_default_trusts(peer: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRUSTED_PROXIES", raising=False)
    trusted = Settings.model_validate({"secret_key": "x" * 40}).trusted_proxies
    assert who(peer, ["203.0.113.7"], trusted) == expected
