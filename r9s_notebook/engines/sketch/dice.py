"""Chance that repeats: the same seed throws the same numbers on every platform and every Python."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from random import Random
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Item = TypeVar("Item")


class Dice:
    """A source of chance for one purpose.

    Only ``Random.random`` is used, whose sequence Python promises to keep, and NumPy's raw PCG64 stream, whose values
    NumPy promises to keep. ``fork`` gives each part of a picture dice of its own, so that one more cloud does not move
    the cat.
    """

    def __init__(self, *seed: object) -> None:
        self._seed = seed
        digest = hashlib.sha256("\x1f".join(map(str, seed)).encode("utf-8", "replace")).digest()
        self._random = Random(int.from_bytes(digest[:8], "big"))  # noqa: S311 - pictures, no secrets
        self._noise_seed = int.from_bytes(digest[8:16], "big")

    def fork(self, *name: object) -> Dice:
        """Independent dice for a part."""
        return Dice(*self._seed, *name)

    def roll(self) -> float:
        """A number, 0 <= number < 1."""
        return self._random.random()

    def between(self, low: float, high: float) -> float:
        """A number from ``low`` to ``high``."""
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int((high - low + 1) * self._random.random())

    def chance(self, share: float) -> bool:
        """True in that share of the throws."""
        return self._random.random() < share

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[int(len(items) * self._random.random())]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """The items in another order."""
        keyed = [(self._random.random(), index) for index in range(len(items))]
        return [items[index] for _, index in sorted(keyed)]

    def sign(self) -> int:
        """-1 or 1."""
        return -1 if self._random.random() < 0.5 else 1

    def noise(self, width: int, height: int) -> NDArray[np.uint8]:
        """White noise, (height, width), 0 to 255; the same array at every call."""
        count = width * height
        raw = np.random.PCG64(self._noise_seed).random_raw((count + 7) // 8)
        return np.asarray(raw, dtype="<u8").view(np.uint8)[:count].reshape(height, width)
