"""Which transports a client's calls and links go over."""

from __future__ import annotations

import httpx

from r9s_notebook.client.wires import Wires


def to_api(transport: httpx.BaseTransport | None, async_transport: httpx.AsyncBaseTransport | None) -> Wires:
    """To the API: over the network, or over transports that the user brought."""
    if transport is None and async_transport is None:
        return Wires(_network, _network_async)

    def given(url: httpx.URL) -> httpx.BaseTransport:
        return _network(url) if transport is None else transport

    def given_async(url: httpx.URL) -> httpx.AsyncBaseTransport:
        return _network_async(url) if async_transport is None else async_transport

    return Wires(given, given_async, owned=False)


def to_links() -> Wires:
    """To wherever an answer's links lead, as long as that is public."""

    def guarded(url: httpx.URL) -> httpx.BaseTransport:
        from r9s_notebook.client import guard, network

        return network.transport(url, guard.resolve)

    def guarded_async(url: httpx.URL) -> httpx.AsyncBaseTransport:
        from r9s_notebook.client import guard, network

        return network.async_transport(url, guard.resolve_async)

    return Wires(guarded, guarded_async)


def _network(url: httpx.URL) -> httpx.BaseTransport:
    from r9s_notebook.client import network  # httpcore comes with the first call

    return network.transport(url)


def _network_async(url: httpx.URL) -> httpx.AsyncBaseTransport:
    from r9s_notebook.client import network

    return network.async_transport(url)
