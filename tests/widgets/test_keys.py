"""The keys of the page: what is obeyed is listed under ``?``, since both come from the same tables."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from r9s_notebook.painter.commands import COMMANDS

SCRIPTS = {
    path.name: path.read_text(encoding="utf-8")
    for room in ("page", "painter/ink", "widgets", "pictures/view")
    for path in files("r9s_notebook").joinpath(room).iterdir()
    if path.name.endswith(".js")
}
TABLE = re.compile(r"^(?:export )?(?:  )?const (\w*(?:_KEYS|Keys|_MOVES)) = \[", re.MULTILINE)
BY_HAND = re.compile(r"\b(?:key|name) [!=]== \"(.|[A-Z]\w+|\w+\+\w+)\"")
OF_THE_HOST = {"Tab", "Ctrl+s"}  # let through, not taken

tables = [table for script in SCRIPTS.values() for table in TABLE.findall(script)]


def listed() -> set[str]:
    """All keys that stand in a table."""
    rows = [row for script in SCRIPTS.values() for row in re.findall(r"\bkeys?: (\[[^\]]*\]|\"[^\"]*\")", script)]
    keys = {key for row in rows for key in re.findall(r"\"([^\"]+)\"", row)}
    return keys | {key for command in COMMANDS.values() for key in command.keys}


@pytest.mark.parametrize("file", SCRIPTS)
def test_a_key_that_is_compared_by_hand_stands_in_a_table(file):
    assert set(BY_HAND.findall(SCRIPTS[file])) <= listed() | OF_THE_HOST


def test_each_table_is_shown_in_the_list_of_keys():
    shown = set(re.findall(r"rows: (?:\[.*\.\.\.)?(\w+)", "\n".join(SCRIPTS.values())))
    assert len(tables) > 10
    assert set(tables) - shown == {"PICTURE_KEYS"}  # which has them all


def test_each_row_says_what_its_key_does():
    rows = [row for script in SCRIPTS.values() for row in re.findall(r"\{[^{}]*\bkeys: [\[A-Z][^{}]*", script)]
    assert len(rows) > 40
    assert [row for row in rows if "label" not in row and "=>" not in row and "painterKeys" not in row] == []
