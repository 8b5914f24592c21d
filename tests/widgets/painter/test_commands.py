import re

from r9s_notebook.widgets.painter.commands import COMMANDS, readable
from r9s_notebook.widgets.painter.icons import PATHS
from r9s_notebook.widgets.painter.ink_widget import browser_module


def test_no_key_is_taken_twice():
    keys = [key for command in COMMANDS.values() for key in command.keys]
    assert len(keys) == len(set(keys))


def test_every_command_has_a_label_a_key_and_a_hint():
    assert all(command.label and command.keys and command.hint.endswith(".") for command in COMMANDS.values())


def test_every_button_has_an_icon():
    assert {name for name, command in COMMANDS.items() if command.group != "key"} <= set(PATHS)


def test_keys_are_shown_as_a_person_writes_them():
    assert [readable(key) for key in ("b", "Ctrl+Shift+z", "+", "Delete")] == ["B", "Ctrl+Shift+Z", "+", "Delete"]


def test_the_browser_gets_one_module_without_imports():
    source = browser_module()
    assert not re.search(r"^import ", source, re.MULTILINE)
    assert re.findall(r"^export .*", source, re.MULTILINE) == ["export default { initialize, render };"]


def test_no_name_of_the_browser_module_is_declared_in_two_files():
    names = re.findall(r"^(?:async )?(?:function|class|const|let) (\w+)", browser_module(), re.MULTILINE)
    assert len(names) == len(set(names))
