"""The environment's proxy for a host, as its users know it from requests and curl, and its certificates."""

from __future__ import annotations

import ipaddress
import os
import re
import ssl
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote
from urllib.request import getproxies, proxy_bypass

import httpx

from r9s_notebook.client.keys import Secret
from r9s_notebook.errors import InputError
from r9s_notebook.translation import Message

_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_PROXY: Final = re.compile(r"((?:[a-z0-9+.-]+://)?)(?:(.*)@)?(.*)", re.IGNORECASE)  # a password may hold an @


class Proxy(NamedTuple):
    """A proxy."""

    address: str  # without its password, to connect to and to show
    variable: str  # of the environment, which names it
    login: Secret | None = None  # its user's name and password, with a colon between them

    def __str__(self) -> str:
        return str(self.told)

    @property
    def told(self) -> Message:
        """Which one it is, and who names it."""
        return Message("the proxy {address} ({variable})", address=self.address, variable=self.variable)


def proxy_for(scheme: str, host: str, port: int) -> Proxy | None:
    """The proxy that the environment names for a host; None for none, and for this computer itself.

    Raises:
        InputError: What it names cannot be used.
    """
    named = getproxies()
    value = (named.get(scheme) or named.get("all") or "").strip()
    if not value or host in _HERE or (excepted(named["no"], host, port) if "no" in named else proxy_bypass(host)):
        return None
    names = (f"{scheme}_proxy", f"{scheme}_proxy".upper(), "all_proxy", "ALL_PROXY")
    variable = next((name for name in names if os.environ.get(name, "").strip() == value), "your system")
    begins, login, bare = _PROXY.findall(value)[0]
    address = (begins or "http://") + bare
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme not in {"http", "https"} or not url.host or not (url.port or 1) < 2**16:
        # Going past it would send the key where the environment's owner did not want it to go.
        kind = Message("no HTTP proxy's URL")
        if address.startswith("socks"):
            kind = Message("a SOCKS proxy, which this client cannot use")
        told = Message(
            "{variable} is {address}: {kind}. Name one such as http://proxy.example:3128, or except the service's "
            "host (NO_PROXY).",
            variable=variable,
            address=address,
            kind=kind,
        )
        raise InputError(told)
    user, _, password = map(unquote, login.partition(":"))
    secret = Secret(f"{user}:{password}", variable) if user else None
    return Proxy(str(url.copy_with(raw_path=b"/")).rstrip("/"), variable, secret)


def excepted(entries: str, host: str, port: int) -> bool:
    """Whether ``NO_PROXY`` has a host: by name or domain, address or range, either with its port, or by ``*``."""
    host = host.strip("[]").rstrip(".").lower()
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        address = None
    for entry in re.split(r"[,\s]+", entries.lower()):
        name, own_port = entry.removeprefix("*.").strip("."), None
        found = re.fullmatch(r"(?:\[(.+)\]|([^:]+)):(\d+)", name)
        if found:
            name, own_port = found[1] or found[2], int(found[3])
        name = name.strip("[]")
        if entry == "*":
            return True
        if not name or own_port not in (None, port):
            continue
        if host == name or (address is None and host.endswith(f".{name}")):
            return True
        try:
            if address is not None and address in ipaddress.ip_network(name, strict=False):
                return True
        except ValueError:
            continue
    return False


def ssl_context() -> ssl.SSLContext:
    """What certificates are checked with: ``SSL_CERT_FILE``, ``SSL_CERT_DIR``, or the usual authorities.

    Raises:
        InputError: The environment names some that cannot be read.
    """
    return _ssl_context(*(os.environ.get(name) for name in ("SSL_CERT_FILE", "SSL_CERT_DIR")))


@cache
def _ssl_context(file: str | None, folder: str | None) -> ssl.SSLContext:
    try:
        if file:
            return ssl.create_default_context(cafile=file)
        if folder and not Path(folder).is_dir():  # which OpenSSL takes for one without certificates
            raise NotADirectoryError(0, "there is no such folder")
        return ssl.create_default_context(capath=folder) if folder else httpx.create_ssl_context()
    except (OSError, ValueError) as error:  # an SSLError among them
        variable, reason = "SSL_CERT_FILE" if file else "SSL_CERT_DIR", getattr(error, "strerror", None) or error
        raise InputError(
            Message(
                "{variable} is {path}, where no certificates can be read ({why}). Correct it, or unset it.",
                variable=variable,
                path=file or folder,
                why=reason,
            )
        ) from None
