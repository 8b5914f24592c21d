"""The options of ``python -m r9s_notebook.server``."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from r9s_notebook.server.__main__ import command_line
from tests.serving import served

DOCUMENT = Path(__file__).parents[2] / "docs" / "server.md"


def test_the_document_names_the_options_of_a_server_for_others_and_no_others():
    parser, _ = command_line([])
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", DOCUMENT.read_text("utf-8")))
    elsewhere = {"--help", "--model", "--time"}  # of engines, and of other programs
    assert named - elsewhere <= set(parser._option_string_actions)
    on_purpose = {"--latency", "--error-rate", "--error-status", "--refuse"}
    assert set(parser._option_string_actions) - on_purpose - {"-h", "--port"} <= named


def test_the_document_has_the_defaults_that_hold():
    options = command_line([])[0].parse_args([])
    for name, default in re.findall(r"^\| `--([a-z-]+) \w+` \| (\d+) \|", DOCUMENT.read_text("utf-8"), re.MULTILINE):
        assert getattr(options, name.replace("-", "_")) == int(default)
    assert f"`--grace SECONDS` ({options.grace})" in DOCUMENT.read_text("utf-8")


@pytest.mark.slow
def test_limits_are_what_the_options_say():
    with served("--workers", "0", "--max-body", "1", "--max-pixels", "100") as base:
        large = httpx.post(f"{base}/images/generations", json={"prompt": "a fox", "user": "u" * 2**20})
        assert large.status_code == 413
        assert "1 MiB" in large.json()["error"]["message"]
