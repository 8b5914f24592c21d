"""What holds for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: the driver that they share keeps an event loop running in this thread until the end."""
    items.sort(key=lambda item: item.path.is_relative_to(BROWSER))
