"""Checks the TLS parameters of an address before anything starts: the driver would complain at each connection, without naming the parameter."""

import os
import ssl
from collections.abc import Iterator, Mapping

FILES = ("sslrootcert", "sslcert", "sslkey", "sslcrl")
SYSTEMS = "sslrootcert=system is not for this driver: name the file, on Debian /etc/ssl/certs/ca-certificates.crt"


def problems(said: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the TLS parameters, by libpq's names; it shows no value."""
    lost = [name for name in FILES if said.get(name) and not os.access(said[name], os.R_OK)]
    if said.get("sslrootcert") == "system":
        yield SYSTEMS
        lost.remove("sslrootcert")
    yield from (f"{name} names a file that is not there or cannot be read" for name in lost)
    for name in ("sslrootcert", "sslcrl"):
        if said.get(name, "system") != "system" and name not in lost and not _holds_certificates(said[name]):
            yield f"{name} names a file that holds no certificates in PEM"
    pair = [said[name] for name in ("sslcert", "sslkey") if said.get(name) and name not in lost]
    if len(pair) == 2 and not _belong_together(*pair):
        yield "sslcert and sslkey are no certificate and its key, without a password, in PEM"


def _holds_certificates(path: str) -> bool:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except (OSError, ValueError):  # an SSLError is an OSError
        return False
    return True


def _belong_together(certificate: str, key: str) -> bool:
    try:
        # If no password is given, OpenSSL asks for one at the terminal.
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(certificate, key, password="")
    except (OSError, ValueError):
        return False
    return True
