"""Names for runs that sort by time: UUIDs of version 7 (RFC 9562), and the integer that orders their rows."""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from collections.abc import Callable

_MS_BITS_IN_KEY = 42  # milliseconds since 1970 fit until the year 2109
_REST_BITS_IN_KEY = 63 - _MS_BITS_IN_KEY


class Clockwork:
    """Makes ids; those of one process are in order even within one millisecond.

    Args:
        now: Seconds since 1970.
        random_bits: A whole number of that many random bits.
    """

    def __init__(
        self, now: Callable[[], float] = time.time, random_bits: Callable[[int], int] = secrets.randbits
    ) -> None:
        self._now = now
        self._random_bits = random_bits
        self._lock = threading.Lock()
        self._last = (0, 0)

    def next_id(self, at: float | None = None) -> str:
        """A new id, of now or of a given moment (seconds since 1970, not before it)."""
        if at is not None:
            return _format(max(0, int(at * 1000)), self._random_bits(12), self._random_bits(62))
        with self._lock:
            ms, sequence = int(self._now() * 1000), self._random_bits(11)
            last_ms, last_sequence = self._last
            if ms <= last_ms:  # the same millisecond, or a clock that was set back
                ms, sequence = (last_ms, last_sequence + 1) if last_sequence < 0xFFF else (last_ms + 1, 0)
            self._last = (ms, sequence)
            return _format(ms, sequence, self._random_bits(62))


def key_of(run_id: str) -> int:
    """The row's key: a positive 63-bit integer that sorts as the id does, so that rows lie on disk by time.

    Raises:
        ValueError: It is no id of a run.
    """
    value = uuid.UUID(run_id).int
    ms, sequence, tail = value >> 80, (value >> 64) & 0xFFF, (value >> 53) & 0x1FF
    return (ms & ((1 << _MS_BITS_IN_KEY) - 1)) << _REST_BITS_IN_KEY | sequence << 9 | tail


def is_id(text: str) -> bool:
    """True for what ``key_of`` takes, spelt as ``Clockwork`` spells it: the name of a file, too."""
    try:
        return str(uuid.UUID(text)) == text
    except (ValueError, AttributeError, TypeError):
        return False


def _format(ms: int, sequence: int, tail: int) -> str:
    return str(uuid.UUID(int=(ms & (1 << 48) - 1) << 80 | 0x7 << 76 | sequence << 64 | 0b10 << 62 | tail))
