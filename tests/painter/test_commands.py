import re
from dataclasses import fields

import pytest

from r9s_notebook.imaging.operations import OPERATIONS, Box
from r9s_notebook.painter.commands import COMMANDS, ICONS, TOOLS, readable
from r9s_notebook.painter.ink_widget import INK
from r9s_notebook.painter.plain_page import Drag


def test_no_key_is_taken_twice():
    keys = [key for command in COMMANDS.values() for key in command.keys]
    assert len(keys) == len(set(keys))


def test_every_command_has_a_label_a_key_and_a_hint():
    assert all(command.label and command.keys and command.hint.endswith(".") for command in COMMANDS.values())


def test_every_button_has_an_icon():
    assert {name for name, command in COMMANDS.items() if command.group != "key"} <= set(ICONS)


def test_keys_are_shown_as_a_person_writes_them():
    assert [readable(key) for key in ("b", "Ctrl+Shift+z", "+", "Delete")] == ["B", "Ctrl+Shift+Z", "+", "Delete"]


def table(name):
    """The entries of a table of the browser module: name -> what stands there."""
    body = re.search(rf"^const {name} = \{{\n(.*?)^\}};", INK.module, re.MULTILINE | re.DOTALL)[1]
    return dict(re.findall(r"^  (\w+): (.*),", body, re.MULTILINE))


def test_the_kernel_and_the_page_know_the_same_operations():
    in_page = table("OPERATIONS")
    drawn = {name: operation for name, operation in OPERATIONS.items() if operation.drawn_in_page}
    assert in_page.keys() == drawn.keys() | {"bitmap"}
    assert {name for name in in_page if "outline:" in in_page[name]} == {n for n in drawn if issubclass(drawn[n], Box)}
    assert {name for name in in_page if "whole: true" in in_page[name]} == {n for n in drawn if not fields(drawn[n])}


def test_each_tool_has_a_gesture_of_the_page_and_an_operation_of_the_mask():
    assert {tool.gesture for tool in TOOLS.values()} == table("GESTURES").keys() | {"pick"}
    assert {tool.operation for tool in TOOLS.values()} <= OPERATIONS.keys()


@pytest.mark.parametrize(
    "tool", [tool for tool in TOOLS.values() if tool.gesture != "pick"], ids=lambda tool: tool.name
)
def test_without_the_module_each_tool_draws_the_same(tool):
    operation = Drag(tool, ((1, 2), (30, 4), (5, 25)), 9).operation()
    assert operation.name == tool.operation
    assert operation.erase == tool.erase
    pressed = Drag(tool, ((1, 2),), 9).operation()
    assert (pressed is None) == (tool.gesture != "brush")
