"""Links in answers: where they lead, and which of a name's addresses they may lead to.

An answer's links are somebody else's words. Fetching one from inside a cloud machine, a school or a home must not reach
what only that place can reach. The name is resolved here, every address it has is judged, and the connection goes to
the address that was judged, so that a name cannot change its mind in between.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

import httpcore
import httpx

from r9s_notebook.errors import UnsafeURLError
from r9s_notebook.translation import Message

Resolve: TypeAlias = Callable[[str, int], list[str]]
"""From a host's name and a port to its IP addresses."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NOT_PUBLIC = tuple(  # what older Pythons take for global
    map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10", "3fff::/20"))
)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet's, also where IPv6 wraps an IPv4 address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    if any(ip in network for network in _NOT_PUBLIC if network.version == ip.version):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


def judged(host: str, found: Iterable[str]) -> list[str]:
    """The addresses of a name, all of which are public.

    Raises:
        UnsafeURLError: One is not.
    """
    found = list(found)
    for address in found:
        if not is_public(address):
            raise UnsafeURLError(
                Message(
                    "The image's link leads to {host} ({address}), an address inside a private network. It "
                    "was not fetched. Ask for the image itself with response_format='b64_json'.",
                    host=host,
                    address=address,
                )
            )
    return found


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a name, as the system resolves it.

    Raises:
        httpcore.ConnectError: There are none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(error) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolve(host: str, port: int) -> list[str]:
    """The public addresses of a name."""
    return judged(host, look_up(host, port))


# --- links, before they are followed ----------------------------------------------------------------------------------

ON_DISK: Final = re.compile(r"file:|[a-z]:[\\/]|\\\\|~/", re.IGNORECASE)
"""Begins what is surely a path of the service's own computer."""

_ABSOLUTE: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_OWN_NAMES: Final = (".local", ".localhost", ".lan", ".internal", ".intranet", ".home.arpa")


def joined(link: str, base: httpx.URL) -> str:
    """A link of an answer, written out: from the answer's own address on, and over https where that is.

    A service behind a proxy that does its TLS often takes its own address for http.
    """
    link = link.strip()
    if _ABSOLUTE.match(link) and not link.lower().startswith("http:"):
        return link  # as it is: it may be signed
    try:
        url = httpx.URL(link) if _ABSOLUTE.match(link) else base.join(link)
        if base.scheme == "https" and url.scheme == "http" and url.host == base.host and url.port in (None, base.port):
            return str(url.copy_with(scheme="https", port=base.port))
    except (httpx.InvalidURL, ValueError):
        return link
    return link if _ABSOLUTE.match(link) or ON_DISK.match(link) else str(url)


def is_own(host: str) -> bool:
    """Whether a host is this computer or one of its own network, as far as its name or its address tells."""
    try:
        return not is_public(host)
    except ValueError:
        return "." not in host or host.endswith(_OWN_NAMES)
