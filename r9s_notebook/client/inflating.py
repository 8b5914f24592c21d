"""A compressed answer, unpacked a little at a time, so that whoever counts its bytes can stop it.

Two kilobytes can unpack to gigabytes. httpx unpacks whatever a chunk holds, in as many layers as the headers name; here
one layer is unpacked, of the encodings that were asked for, and what has more comes through as it is.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import Final

import httpx

ENCODINGS: Final = ("gzip", "deflate")
"""What is asked for."""

_PIECE: Final = 256 * 1024
_EITHER: Final = zlib.MAX_WBITS | 32  # gzip's header or zlib's
_BARE: Final = -zlib.MAX_WBITS  # neither: what some servers call deflate


def understood(encoding: str) -> bool:
    """Whether a ``Content-Encoding`` is one that is unpacked here, or none."""
    return encoding.strip().lower() in {*ENCODINGS, "x-gzip", "identity", ""}


def inflated(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """A body's chunks, unpacked.

    Raises:
        httpx.DecodingError: They are not what the encoding says.
    """
    layer = _Layer(encoding)
    for chunk in chunks:
        yield from layer.unpacked(chunk)


async def inflated_async(chunks: AsyncIterable[bytes], encoding: str) -> AsyncIterator[bytes]:
    """As ``inflated``."""
    layer = _Layer(encoding)
    async for chunk in chunks:
        for piece in layer.unpacked(chunk):
            yield piece


class _Layer:
    def __init__(self, encoding: str) -> None:
        name = encoding.strip().lower()
        self._packed = understood(name) and name not in {"identity", ""}
        self._unpacking = zlib.decompressobj(_EITHER)
        self._begun = False

    def unpacked(self, chunk: bytes) -> Iterator[bytes]:
        if not self._packed:
            yield chunk
            return
        try:
            piece = self._first(chunk) if not self._begun else self._unpacking.decompress(chunk, _PIECE)
            while piece:
                yield piece
                piece = self._unpacking.decompress(self._unpacking.unconsumed_tail, _PIECE)
        except zlib.error as error:
            raise httpx.DecodingError(f"the compressed answer is damaged: {error}") from None

    def _first(self, chunk: bytes) -> bytes:
        self._begun = bool(chunk)
        try:
            return self._unpacking.decompress(chunk, _PIECE)
        except zlib.error:
            self._unpacking = zlib.decompressobj(_BARE)
            return self._unpacking.decompress(chunk, _PIECE)
