"""The browser's code as it reaches a page."""

from __future__ import annotations

import re

import pytest

from r9s_notebook import ImageGrid
from r9s_notebook.widgets.modules import MODULES, Code, module, style


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_one_function_without_imports(name):
    source = module(name)
    assert not re.search(r"^import ", source, re.MULTILINE)
    assert re.findall(r"^export .*", source, re.MULTILINE) == ["export default () => {"]
    assert len(re.findall(r"^return .*", source, re.MULTILINE)) == 1
    assert style(name)


@pytest.mark.parametrize("name", MODULES)
def test_no_name_is_declared_in_two_files_of_a_module(name):
    names = re.findall(r"^(?:async )?(?:function|class|const|let) (\w+)", module(name), re.MULTILINE)
    assert len(names) == len(set(names))


def test_all_widgets_share_one_code_and_get_another_when_it_was_closed():
    first, second = ImageGrid(), ImageGrid()
    assert first.code == second.code == Code.of("pictures").model_id
    Code.of("pictures").close()
    assert ImageGrid().code == Code.of("pictures").model_id != first.code
