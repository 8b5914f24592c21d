from __future__ import annotations

import pytest

from tests.sessions import sessions


@pytest.fixture
def make_session(tmp_path):
    with sessions(tmp_path / "home") as make:
        yield make
